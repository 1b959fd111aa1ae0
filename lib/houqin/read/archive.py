"""A zip of workbooks -> its files, in memory: names told, nothing unpacked that would land elsewhere."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from houqin.errors import RefusedFile
from houqin.read.notes import Member

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.read.limits import Limits
    from houqin.read.zip_check import Entry, Package

# What an office would put into an archive to be read; one without any of these is none of ours.
_TABLES = (
    ".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".xlt", ".et", ".ett", ".ods", ".ots", ".csv", ".tsv", ".zip",
)  # fmt: skip
# Parts by which documents and programs are told from an archive of files.
_OWN_PARTS = ("[content_types].xml", "mimetype", "_rels/", "docprops/", "xl/", "word/", "ppt/", "meta-inf/")
_UTF8 = 0x800
# Windows writes none of these, and what lies in an archive must be able to lie in a run's folder.
_FORBIDDEN = '<>:"|?*'
_LONGEST_NAME = 200  # bytes of one folder's or file's name; systems end at 255


def archive_members(package: Package, limits: Limits) -> tuple[Member, ...] | None:
    """Give the files of an archive in its own order, None where the container is a document or holds no table."""
    if any(name.startswith(_OWN_PARTS) for name in package.names):
        return None
    files = [member for member in package.members if not member.is_dir()]
    if not any(name.endswith(_TABLES) for name in package.names):
        return None
    if len(files) > limits.archive_files:
        raise RefusedFile("too-large", f"压缩包里有 {len(files)} 个文件")
    names = [_plain(name) for name in _names(files)]
    _check_names(names)
    return tuple(_member(package, member, name) for member, name in zip(files, names, strict=True))


def _member(package: Package, member: Entry, name: str) -> Member:
    """Give a file; one whose name cannot be written is told of and not unpacked."""
    parts = name.split("/")
    odd = any(ord(sign) < 32 or sign in _FORBIDDEN for sign in name)
    if odd or any(len(part.encode(errors="replace")) > _LONGEST_NAME or part != part.rstrip(" .") for part in parts):
        shown = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in name)
        return Member(shown, b"", "bad-member-name")
    return Member(name, package.read_member(member))


def _names(files: Sequence[Entry]) -> list[str]:
    """Give the names as they were meant.

    Where no mark says UTF-8, all are UTF-8 (macOS) or all are GBK (Chinese Windows): one short name of GBK may pass
    for UTF-8, all of an archive hardly do.
    """
    raw = [_raw_name(member) for member in files]
    unmarked = b"\n".join(name for name in raw if name is not None)
    encoding = "gb18030"
    try:
        unmarked.decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        pass
    return [
        member.filename if name is None else name.decode(encoding, "replace")
        for member, name in zip(files, raw, strict=True)
    ]


def _raw_name(member: Entry) -> bytes | None:
    """Give the bytes of a name without a mark; the library has read them as those of a PC of 1981."""
    if member.flag_bits & _UTF8:
        return None
    try:
        return member.orig_filename.encode("cp437")
    except UnicodeEncodeError:  # the library has found the true name beside it
        return None


def _plain(name: str) -> str:
    return PurePosixPath(unicodedata.normalize("NFC", name.replace("\\", "/"))).as_posix()


def _check_names(names: list[str]) -> None:
    """Refuse an archive whose files would lie outside of it or upon one another."""
    for name in names:
        if name.startswith("/") or ".." in name.split("/"):
            raise RefusedFile("unsafe", "内部的名称指向别处")
    taken: set[str] = set()
    for name in names:
        if name.casefold() in taken:
            raise RefusedFile("unsafe", f"里面有两个文件都叫“{name}”")
        taken.add(name.casefold())
    for name in names:
        if any(parent.as_posix().casefold() in taken for parent in PurePosixPath(name).parents):
            raise RefusedFile("unsafe", f"“{name}”所在的文件夹又是一个文件")
