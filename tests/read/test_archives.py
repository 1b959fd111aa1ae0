"""An archive stands for the files in it, and nothing that it holds can land elsewhere or fill the memory."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest
from read.hostile import Book, Member, container, one, rows, swollen

from houqin.errors import RefusedFile
from houqin.read import Reader, read_files, read_folder, read_settings
from houqin.read.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from houqin.model import SourceFile

BOOK = Book().build()


def other(text: str) -> bytes:
    """Give another workbook."""
    return one(rows([["编号", "数量"], [text, 3]]))


def packed(files: Mapping[str, bytes]) -> bytes:
    """Give an archive, names marked as UTF-8 where they need it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(zipfile.ZipInfo(name), data)
    return stream.getvalue()


def read(folder: Path, data: bytes, name: str = "资料.zip", **more: object) -> dict[str, SourceFile]:
    """Put an archive into a folder and read that."""
    (folder / name).write_bytes(data)
    return {file.path: file for file in read_folder(folder, **more)}  # type: ignore[arg-type]


def told(files: Mapping[str, SourceFile]) -> dict[str, tuple[str, str | None]]:
    """Give status and code of each file."""
    return {path: (file.status, file.code) for path, file in files.items()}


def test_an_archive_is_read_as_its_files_each_under_its_way_there(tmp_path: Path) -> None:
    """Folders within it count; lock files and what a Mac adds are passed over; warnings name the member."""
    data = packed({
        "七年级/收发存.xlsx": BOOK, "八年级/表.xls": "编号,数量\nA,1\n".encode(), "七年级/~$收发存.xlsx": b"x" * 165,
        "__MACOSX/七年级/._收发存.xlsx": b"x", "通知.pdf": b"%PDF-1.7",
    })  # fmt: skip
    files = read(tmp_path, data)
    assert told(files) == {
        "资料.zip/七年级/收发存.xlsx": ("read", None),
        "资料.zip/七年级/~$收发存.xlsx": ("skipped", None),
        "资料.zip/八年级/表.xls": ("read", None),
        "资料.zip/__MACOSX/七年级/._收发存.xlsx": ("skipped", None),
        "资料.zip/通知.pdf": ("refused", "not-a-workbook"),
    }
    assert files["资料.zip/七年级/收发存.xlsx"].grids[0].cell(2, 2).value == "一年级"
    (warning,) = files["资料.zip/八年级/表.xls"].warnings
    assert (warning.code, warning.place and warning.place.file) == ("other-format", "资料.zip/八年级/表.xls")
    assert [path.name for path in tmp_path.iterdir()] == ["资料.zip"]


def test_an_archive_is_known_by_its_content(tmp_path: Path) -> None:
    """Renamed, so that a mail filter lets it pass, it is the same."""
    assert told(read(tmp_path, packed({"表.xlsx": BOOK}), "资料.jpg")) == {"资料.jpg/表.xlsx": ("read", None)}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_without_a_mark_are_gbk_or_utf_8(tmp_path: Path, encoding: str) -> None:
    """Chinese Windows writes GBK, macOS UTF-8 without saying so."""
    plain = packed({"aaaa/bbbbbb.xlsx": BOOK})
    name = "联通/收发存.xlsx".encode(encoding)
    data = container([Member("a" * len(name), BOOK, flags=0)]).replace(b"a" * len(name), name)
    assert plain
    assert list(read(tmp_path, data)) == ["资料.zip/联通/收发存.xlsx"]


def test_copies_in_archives_count_once(tmp_path: Path) -> None:
    """The same workbook beside an archive, in it and in another: the one that lies open counts."""
    (tmp_path / "表(1).xlsx").write_bytes(BOOK)
    (tmp_path / "甲.zip").write_bytes(packed({"表.xlsx": BOOK, "乙.xlsx": other("乙")}))
    files = read(tmp_path, packed({"乙 - 副本.xlsx": other("乙"), "丙.xlsx": other("丙")}), "丁.zip")
    assert {path: (file.status, file.same_as) for path, file in files.items()} == {
        "丁.zip/丙.xlsx": ("read", None), "丁.zip/乙 - 副本.xlsx": ("skipped", "甲.zip/乙.xlsx"),
        "甲.zip/乙.xlsx": ("read", None), "甲.zip/表.xlsx": ("skipped", "表(1).xlsx"), "表(1).xlsx": ("read", None),
    }  # fmt: skip


def test_an_archive_twice_is_a_copy_as_a_whole(tmp_path: Path) -> None:
    """One line says so, not one for each of its files."""
    data = packed({"表.xlsx": BOOK})
    (tmp_path / "资料(1).zip").write_bytes(data)
    files = read(tmp_path, data)
    assert {path: file.same_as for path, file in files.items()} == {
        "资料(1).zip": "资料.zip", "资料.zip/表.xlsx": None,
    }  # fmt: skip


def test_one_archive_within_another_is_opened_and_no_further(tmp_path: Path) -> None:
    """The third level is refused by name, the rest is read."""
    inner = packed({"表.xlsx": BOOK, "底.zip": packed({"深.xlsx": other("深")})})
    assert told(read(tmp_path, packed({"七年级.zip": inner, "总.xlsx": other("总")}))) == {
        "资料.zip/七年级.zip/表.xlsx": ("read", None),
        "资料.zip/七年级.zip/底.zip": ("refused", "nested-archive"),
        "资料.zip/总.xlsx": ("read", None),
    }


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (container([Member("../表.xlsx", BOOK)]), "unsafe"),
        (container([Member("/etc/表.xlsx", BOOK)]), "unsafe"),
        (container([Member("C:/表.xlsx", BOOK)]), "unsafe"),
        (container([Member("..\\表.xlsx", BOOK)]), "unsafe"),
        (container([Member("表.xlsx", BOOK), Member("表.xlsx", other("二"))]), "unsafe"),
        (container([Member("A.xlsx", BOOK), Member("a.xlsx", other("二"))]), "unsafe"),
        (container([Member("a.xlsx", BOOK), Member("a.xlsx/b.xlsx", other("二"))]), "unsafe"),
        (container([Member("表.xlsx", BOOK), Member("二.xlsx", BOOK, same_body_as=0)]), "unsafe"),
        (container([swollen("表.csv", b"", b"0", 500, b"")]), "too-large"),
        (container([Member("表.csv", b"x" * 5000, size=10)]), "corrupt"),
        (packed({f"{n}.csv": b"a" for n in range(1001)}), "too-large"),
        (packed({"表.xlsx": BOOK})[:-40], "corrupt"),
        (packed({"说明.txt": b"x", "图.png": b"x"}), "not-a-workbook"),
        (packed({"表.xlsx": b""})[:30] + b"x", "corrupt"),
    ],
)
def test_an_archive_that_is_not_what_it_says_is_refused_as_a_whole(tmp_path: Path, data: bytes, code: str) -> None:
    """Names that lead elsewhere, doubles, bombs and halves: one refusal, and nothing is written."""
    files = read(tmp_path, data)
    assert told(files) == {"资料.zip": ("refused", code)}
    assert files["资料.zip"].reason is not None
    assert "没有读取" in files["资料.zip"].reason
    assert "Excel 打开" not in files["资料.zip"].reason
    assert [path.name for path in tmp_path.iterdir()] == ["资料.zip"]


def test_archives_within_an_archive_share_its_limits(tmp_path: Path) -> None:
    """Ten archives of ten files are a hundred files."""
    reader = Reader(Limits(archive_files=50))
    inner = {f"{n}.zip": packed({f"{n}-{m}.csv": b"a,b" for m in range(10)}) for n in range(10)}
    assert told(read(tmp_path, packed(inner), reader=reader)) == {"资料.zip": ("refused", "too-large")}
    reader.close()


def test_a_member_whose_name_cannot_be_written_is_refused_alone(tmp_path: Path) -> None:
    """Windows could not hold it; the others are read."""
    files = read(tmp_path, packed({"表?.xlsx": BOOK, "二.xlsx": other("二")}))
    assert told(files) == {"资料.zip/表?.xlsx": ("refused", "bad-member-name"), "资料.zip/二.xlsx": ("read", None)}


def test_a_hidden_folder_of_an_archive_is_passed_over_once(tmp_path: Path) -> None:
    """As one of the inbox is."""
    files = read(tmp_path, packed({".缓存/一.xlsx": BOOK, ".缓存/二.xlsx": other("二"), "三.xlsx": other("三")}))
    assert told(files) == {"资料.zip/.缓存": ("skipped", None), "资料.zip/三.xlsx": ("read", None)}


def test_a_locked_archive_needs_its_password(tmp_path: Path) -> None:
    """Refused without, refused with a wrong one under a code of its own, and read with the right one."""
    data = locked_zip("表.csv", "编号,数量\nA,1\n".encode(), "密码1")
    assert told(read(tmp_path, data)) == {"资料.zip": ("refused", "encrypted")}
    assert told(read(tmp_path, data, passwords=lambda _: ["错"])) == {"资料.zip": ("refused", "wrong-password")}
    files = read(tmp_path, data, passwords=lambda name: ["错", "密码1"] if name == "资料.zip" else [])
    assert told(files) == {"资料.zip/表.csv": ("read", None)}


def test_settings_are_no_archive(tmp_path: Path) -> None:
    """They are refused in a sentence, not by a fault of ours."""
    (tmp_path / "学校设置.xlsx").write_bytes(packed({"一.xlsx": BOOK, "二.xlsx": other("二")}))
    with pytest.raises(RefusedFile, match="压缩包"):
        read_settings(tmp_path / "学校设置.xlsx")


def test_a_single_archive_is_read_by_name(tmp_path: Path) -> None:
    """On the command line too."""
    (tmp_path / "资料.zip").write_bytes(packed({"表.xlsx": BOOK}))
    assert [file.path for file in read_files([tmp_path / "资料.zip"])] == ["资料.zip/表.xlsx"]


def locked_zip(name: str, data: bytes, password: str) -> bytes:
    """Write an archive of one stored file, locked by zip's old method."""
    keys = [0x12345678, 0x23456789, 0x34567890]
    table = [_crc_step(n) for n in range(256)]

    def crc(byte: int, value: int) -> int:
        return (value >> 8) ^ table[(value ^ byte) & 0xFF]

    def update(byte: int) -> None:
        keys[0] = crc(byte, keys[0])
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = crc(keys[1] >> 24, keys[2])

    def lock(byte: int) -> int:
        mask = keys[2] | 2
        locked = byte ^ (((mask * (mask ^ 1)) >> 8) & 0xFF)
        update(byte)
        return locked

    for byte in password.encode():
        update(byte)
    checksum = zipfile.crc32(data)  # type: ignore[attr-defined]
    head = bytes(11) + struct.pack("<I", checksum)[3:]
    body = bytes(lock(byte) for byte in head + data)
    return container([Member(name, data, stored=True, packed=body, flags=0x801)])


def _crc_step(value: int) -> int:
    for _ in range(8):
        value = (value >> 1) ^ (0xEDB88320 if value & 1 else 0)
    return value
