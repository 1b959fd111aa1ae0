"""The texts of a sheet's cells as they are written -> their ids in the grid: each distinct one is looked at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.read.xml_parts import ENTITIES, NO_TEXT, unescape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.read.build import GridBuilder

_FEW_STRINGS = 256
_NUMERALS = [b"%d" % n for n in range(_FEW_STRINGS)]


class SharedIds(dict[bytes, int]):
    """Number of a shared string, as written -> id in the sheet; 0 for one that is blank."""

    def __init__(self, strings: list[str], builder: GridBuilder) -> None:
        """Start without any."""
        super().__init__({b"": 0})
        self.strings, self.builder = strings, builder
        self.blank = False  # whether one was met that is blank

    def take_all(self, most: int) -> None:
        """Take a few strings whole, which costs less than one by one as they are met; not more than `most`."""
        if len(self.strings) > min(most, _FEW_STRINGS):
            return
        index = {text: n for n, text in enumerate(self.strings, 1)}
        if len(index) == len(self.strings) and "" not in index:
            self.builder.string_index |= index
            self.update(zip(_NUMERALS, index.values(), strict=False))

    def __missing__(self, written: bytes) -> int:
        """Take a string on first sight; ValueError where its number is none."""
        if not written.isdigit() or int(written) >= len(self.strings):
            raise ValueError("a number of no string")
        text = self.strings[int(written)]
        self[written] = self.builder.string_id(text)
        self.blank = self.blank or not text
        return self[written]

    def of(self, written: Sequence[bytes]) -> list[int]:
        """Give the ids of a column of cells, 0 for one that is not there; ValueError as above."""
        if not _is_varied(written) or b"" in written:
            return list(map(self.__getitem__, written))
        if not b"".join(written).isdigit():
            raise ValueError("a number of no string")
        numbers = list(map(int, written))
        if max(numbers) >= len(self.strings):
            raise ValueError("a number of no string")
        return self.builder.ids_of([self.strings[number] for number in numbers])


class WrittenIds(dict[bytes, int]):
    """Text that stands in its cell, as written -> id in the sheet; 0 for one that is blank."""

    def __init__(self, builder: GridBuilder) -> None:
        """Start without any."""
        super().__init__({b"": 0})
        self.builder = builder

    def __missing__(self, written: bytes) -> int:
        """Take a text on first sight; ValueError where only expat can say what it is."""
        text = self._decoded(written)
        self._bound(text)
        for entity, char in ENTITIES if "&" in text else ():
            text = text.replace(entity, char)
        # Decoded from UTF-8 and without escapes, a text holds nothing else that is not kept.
        text = unescape(text) if "_x" in text else "" if text.isspace() else text
        self[written] = self.builder.string_id(text)
        return self[written]

    def of(self, written: Sequence[bytes]) -> list[int]:
        """Give the ids of a column of cells, 0 for one that is not there; ValueError as above."""
        together = b"<".join(written) if _is_varied(written) else b"&"
        if b"&" in together or b"_x" in together:
            return list(map(self.__getitem__, written))
        texts = self._decoded(together).split("<")
        self._bound(max(texts, key=len))
        if any(map(str.isspace, texts)):
            texts = ["" if text.isspace() else text for text in texts]
        return self.builder.ids_of(texts)

    def _bound(self, text: str) -> None:
        if len(text) > self.builder.limits.string_chars:
            raise ValueError("a text that is too long")

    @staticmethod
    def _decoded(written: bytes) -> str:
        if NO_TEXT.search(written):
            raise ValueError("a control character or an entity of its own")
        return written.decode()


def _is_varied(written: Sequence[bytes]) -> bool:
    """Tell a column that hardly repeats: its texts are not worth keeping to be found again."""
    return len(written) > _FEW_STRINGS and len(set(written)) * 2 > len(written)
