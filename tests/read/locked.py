"""Workbooks that need a password to open, as Excel 97, 2007 and 2010 lock them."""

from __future__ import annotations

import hashlib
import io
import struct
from hashlib import md5
from pathlib import Path

import olefile
import openpyxl
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.ecma376_standard import ECMA376Standard
from msoffcrypto.method.rc4 import DocumentRC4
from read.hostile import Case
from read.hostile_contents import ole

LEGACY = Path(__file__).parent / "legacy.xls"
WORD = "secret123"


def locked_xlsx(password: str = WORD) -> bytes:
    """Give a workbook as Excel locks it since 2010."""
    stream = io.BytesIO()
    OOXMLFile(io.BytesIO(plain_xlsx())).encrypt(password, stream)
    return stream.getvalue()


def plain_xlsx() -> bytes:
    """Give a workbook of more than a stream's least size, as the locking library wants it."""
    workbook, stream = openpyxl.Workbook(), io.BytesIO()
    for n in range(200):
        workbook.active.append([f"物品{n}", n])
    workbook.save(stream)
    return stream.getvalue()


def locked_2007(password: str = WORD) -> bytes:
    """Give a workbook as Excel 2007 and some systems of today lock it: AES by blocks, 50,000 rounds of SHA-1."""
    salt, verifier = bytes(range(16)), bytes(range(16, 32))
    told = (0x660E, 0x8004, 128, 24)
    key = ECMA376Standard.makekey_from_password(password, *told[:2], told[3], told[2], 16, salt)

    def lock(data: bytes) -> bytes:
        aes = Cipher(algorithms.AES(key), modes.ECB()).encryptor()  # noqa: S305  (what Excel 2007 did)
        return aes.update(data.ljust(-(-len(data) // 16) * 16, b"\0")) + aes.finalize()

    name = "Microsoft Enhanced RSA and AES Cryptographic Provider\0".encode("utf-16-le")
    header = struct.pack("<8I", 0x24, 0, *told, 0, 0) + name
    info = struct.pack("<HHII", 4, 2, 0x24, len(header)) + header + struct.pack("<I", 16) + salt
    proof = hashlib.sha1(verifier).digest()  # noqa: S324  (as above)
    info += lock(verifier) + struct.pack("<I", 20) + lock(proof)
    plain = plain_xlsx()
    package = struct.pack("<Q", len(plain)) + lock(plain) + b"filled up"  # as some writers fill a stream
    return ole({"EncryptionInfo": info.ljust(4096, b"\0"), "EncryptedPackage": package})


def locked_xls(password: str = WORD) -> bytes:
    """Give a legacy workbook as Excel 97 to 2003 locked it: every record's body by RC4, a key for each 1,024 bytes."""
    source = olefile.OleFileIO(LEGACY).openstream("Workbook").read()
    salt, verifier = bytes(range(16)), bytes(range(16, 32))
    proof = DocumentRC4.decrypt(password, salt, io.BytesIO(verifier + md5(verifier).digest())).read()  # noqa: S324
    lock = struct.pack("<HHHHH", 0x2F, 54, 1, 1, 1) + salt + proof
    records, at = [], 0
    while at + 4 <= len(source):
        number, size = struct.unpack_from("<HH", source, at)
        body = source[at + 4 : at + 4 + size]
        if number == 0x85:  # where a sheet begins: further down by the record that we put in
            body = struct.pack("<I", struct.unpack_from("<I", body)[0] + len(lock)) + body[4:]
        records.append((number, body))
        if at == 0:
            records.append((0x2F, lock[4:]))
        at += 4 + size
        if number == 0 and size == 0:
            break
    plain = b"".join(struct.pack("<HH", number, len(body)) + body for number, body in records)
    whole = DocumentRC4.decrypt(password, salt, io.BytesIO(plain), blocksize=1024).read()
    made, at = b"", 0
    for number, body in records:
        open_bytes = len(body) if number in (0x809, 0x2F, 0xE1) else 4 if number == 0x85 else 0
        made += plain[at : at + 4 + open_bytes] + whole[at + 4 + open_bytes : at + 4 + len(body)]
        at += 4 + len(body)
    return ole({"Workbook": made.ljust(4096, b"\0")})


CASES = [
    Case("密码2007.xlsx", "reject", "encrypted", locked_2007),
    Case("密码2010.xlsx", "reject", "encrypted", locked_xlsx),
    Case("密码97.xls", "reject", "encrypted", locked_xls),
    Case("结构保护.xlsx", "accept", "", lambda: locked_2007("VelvetSweatshop"), {"A1": "物品0"}),
]
