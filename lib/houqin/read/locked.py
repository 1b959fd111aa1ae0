"""A workbook with a password to open -> the workbook, in memory alone."""

from __future__ import annotations

import io
import struct
from types import SimpleNamespace

from houqin.errors import RefusedFile
from houqin.read.ole import Storage

_ENCRYPTED_STREAM = "EncryptedPackage"
_BOOKS = ("Workbook", "Book")
_FILEPASS = 0x2F
_BLOCK = 16  # bytes that AES takes at once
# Excel itself encrypts with this where only the workbook's structure is protected: nobody is asked for a password.
_EXCELS_OWN = "VelvetSweatshop"
_FIRST_RECORDS = 4  # FILEPASS follows BOF, at most a WRITEPROTECT between


def is_locked(data: bytes) -> bool:
    """Tell an OLE container whose workbook is encrypted."""
    storage = Storage(data)
    if _ENCRYPTED_STREAM in storage.names:
        return True
    head, at = next((start for name in _BOOKS if (start := storage.first_sector(name))), b""), 0
    for _ in range(_FIRST_RECORDS):
        if at + 4 > len(head):
            return False
        number, size = struct.unpack_from("<HH", head, at)
        if number == _FILEPASS:
            return True
        at += 4 + size
    return False


def unlock(data: bytes, password: str | None) -> bytes:
    """Decrypt a workbook; RefusedFile `encrypted` where no password is given, `wrong-password` where it is another."""
    try:
        Storage(data).check()
        return _decrypted(data, _EXCELS_OWN)
    except RefusedFile as fault:
        if password is None:
            raise RefusedFile("encrypted", "") from None
        if fault.code != "wrong-password":
            raise
    return _decrypted(data, password)


def _decrypted(data: bytes, password: str) -> bytes:
    import msoffcrypto  # noqa: PLC0415  (most runs never need it)
    from msoffcrypto.exceptions import InvalidKeyError  # noqa: PLC0415
    from msoffcrypto.format import ooxml, xls97  # noqa: PLC0415

    # It would put the decrypted workbook into a file for a moment.
    xls97.tempfile = SimpleNamespace(TemporaryFile=io.BytesIO)
    opened = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        if isinstance(file, ooxml.OOXMLFile):
            file.load_key(password=password, verify_password=True)
            package = _whole_blocks(file.file.openstream(_ENCRYPTED_STREAM).read())
            file.file = SimpleNamespace(openstream=lambda _: io.BytesIO(package))
        else:
            file.load_key(password=password)
        file.decrypt(opened)
    except InvalidKeyError as fault:
        raise RefusedFile("wrong-password", "") from fault
    except MemoryError:
        raise
    except Exception as fault:  # it dies in many ways on odd files
        raise RefusedFile("corrupt", "加密的部分读不出来") from fault
    return opened.getvalue()


def _whole_blocks(stream: bytes) -> bytes:
    """Cut a locked package to what its own size says, in blocks: some writers fill the stream up with more."""
    (size,) = struct.unpack_from("<Q", stream)
    return stream[: 8 + -(-size // _BLOCK) * _BLOCK]
