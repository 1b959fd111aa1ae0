"""各校数据.parquet read again by a reader of our own, made from the format's pages alone."""

from __future__ import annotations

import gzip
import struct
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from report.test_bureau import many

from houqin.report.bureau_columns import write_columns
from houqin.report.parquet import DECIMAL, TEXT, WHOLE, Column, write_parquet

if TYPE_CHECKING:
    from pathlib import Path


class Thrift:
    """Reads Thrift's compact protocol: structs become field number -> value."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        """Begin at a byte."""
        self.data, self.at = data, at

    def byte(self) -> int:
        """Give the next byte."""
        self.at += 1
        return self.data[self.at - 1]

    def varint(self) -> int:
        """Give an unsigned number."""
        number = shift = 0
        while True:
            byte = self.byte()
            number |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return number

    def value(self, kind: int) -> Any:
        """Give a value by its type."""
        if kind in {5, 6}:
            number = self.varint()
            return number >> 1 ^ -(number & 1)
        if kind == 8:
            size = self.varint()
            self.at += size
            return self.data[self.at - size : self.at]
        if kind == 9:
            head = self.byte()
            size = self.varint() if head >> 4 == 15 else head >> 4
            return [self.value(head & 15) for _ in range(size)]
        assert kind == 12
        return self.struct()

    def struct(self) -> dict[int, Any]:
        """Give a struct."""
        fields: dict[int, Any] = {}
        number = 0
        while head := self.byte():
            number += head >> 4
            fields[number] = self.value(head & 15)
        return fields


def read(path: Path) -> dict[str, list[Any]]:
    """Give the columns of a file; integers and decimals as they are stored, with the scale applied."""
    data = path.read_bytes()
    assert data[:4] == data[-4:] == b"PAR1"
    size = struct.unpack("<I", data[-8:-4])[0]
    footer = Thrift(data[-8 - size : -8]).struct()
    (group,) = footer[4]
    schema = footer[2][1:]
    assert footer[2][0][5] == len(schema) == len(group[1])
    found = {}
    for element, chunk in zip(schema, group[1], strict=True):
        assert chunk[3][3] == [element[4]]
        found[element[4].decode()] = page(data, chunk[3], element, footer[3])
    return found


def page(data: bytes, told: dict[int, Any], element: dict[int, Any], rows: int) -> list[Any]:
    """Give the values of a column's one page."""
    reader = Thrift(data, told[9])
    header = reader.struct()
    body = gzip.decompress(data[reader.at : reader.at + header[3]])
    assert (len(body), header[5][1], reader.at + header[3] - told[9]) == (header[2], rows, told[7])
    levels = Thrift(body, 4)
    end = 4 + struct.unpack("<I", body[:4])[0]
    there: list[int] = []
    while levels.at < end:
        length = levels.varint()
        assert length % 2 == 0  # a run of one value
        there += [levels.byte()] * (length >> 1)
    assert len(there) == rows
    at, values = end, []
    for is_there in there:
        if not is_there:
            values.append(None)
        elif element[1] == 2:
            number = struct.unpack_from("<q", body, at)[0]
            values.append(Decimal(number).scaleb(-element[7]) if 7 in element else number)
            at += 8
        else:
            size = struct.unpack_from("<I", body, at)[0]
            values.append(body[at + 4 : at + 4 + size].decode())
            at += 4 + size
    assert at == len(body)
    return values


def test_every_kind_of_value_comes_back(tmp_path: Path) -> None:
    """Text, whole numbers and decimals, below 0 and null among them; more columns than a short list holds."""
    values = {
        "学校": (TEXT, ["甲", None, "", "乙" * 200]), "人数": (WHOLE, [1, -5, None, 2**62]),
        "金额": (DECIMAL, [Decimal("0.1"), Decimal("-999999999999.999999"), None, Decimal(3)]),
        **{f"第{n}列": (WHOLE, [n, n, n, None]) for n in range(20)},
    }  # fmt: skip
    write_parquet(tmp_path / "一.parquet", [Column(name, *pair) for name, pair in values.items()])
    assert read(tmp_path / "一.parquet") == {name: given for name, (_, given) in values.items()}
    write_parquet(tmp_path / "空.parquet", [Column("学校", TEXT, [])])
    assert read(tmp_path / "空.parquet") == {"学校": []}


def test_what_would_be_cut_is_refused(tmp_path: Path) -> None:
    """An exact amount is never rounded in silence, and no column is shorter than the others."""
    with pytest.raises(ValueError, match="more than 6 decimals"):
        write_parquet(tmp_path / "一.parquet", [Column("金额", DECIMAL, [Decimal("0.0000001")])])
    with pytest.raises(ValueError, match="as many values"):
        write_parquet(tmp_path / "一.parquet", [Column("甲", WHOLE, [1]), Column("乙", WHOLE, [])])


def test_every_school_has_its_row(tmp_path: Path) -> None:
    """In the order of the workbook; a school without a result has nulls, not 0; twice the same bytes."""
    bureau = many(300)
    write_columns(tmp_path / "一.parquet", bureau)
    write_columns(tmp_path / "二.parquet", bureau)
    assert (tmp_path / "一.parquet").read_bytes() == (tmp_path / "二.parquet").read_bytes()
    found = read(tmp_path / "一.parquet")
    assert found["学校"] == [each.name for each in bureau.schools]
    assert found["情况"][:5] == ["未报送", "退回", "退回", "退回", "缺表"]
    assert found["金额（元）"][:4] == [None, None, Decimal("2.25"), Decimal("3.25")]
    assert found["必须改"][:4] == [None, None, 2, 2]
    assert found["基本支出中公用经费"][7] == 7
    assert (found["规模"][0], found["在校生数"][0]) == ("300 人及以下", 100)
