"""What a workbook says of itself beside its sheets: the properties that people and programs add."""

from __future__ import annotations

from lxml import etree

from houqin.package.faults import CannotEdit, NoPackage
from houqin.package.parts import Package
from houqin.package.xml import local

_LARGE = 1 << 62


def property_of(data: bytes, name: str) -> str | None:
    """Give a property's text; None where the file has none, or is no workbook of parts."""
    try:
        package = Package(data, _LARGE)
        part = package.related("", "custom-properties") or package.related("", "customProperties")
        if part is None:
            return None
        for each in package.tree(part):
            if local(each) == "property" and each.get("name") == name:
                return "".join(each.itertext()).strip()
    except (NoPackage, CannotEdit, ValueError, KeyError, etree.LxmlError):
        return None
    return None
