"""What of a ledger that comes back cannot become a decision: one question a cause, with its places."""

from __future__ import annotations

from dataclasses import dataclass, field

from houqin.model import Finding, Level, Place

_MOST = 8
# Cause -> sentence; {n} is how many, {named} which, {what} what they have in common.
_SENTENCES = {
    "added": "台账里多了 {n} 行（{named}）。台账的每一行都来自原表，新增的没有原表可记，没有照办：请在原表里加。",
    "deleted": "台账里少了 {n} 行（{named}）。没有照办：确实不要的，请在原表里删；只是为了看着方便删的，不用处理。",
    "pending": "台账里少了待定的 {n} 行（{named}）。两份原表不一致的，请把错的那份原表改对，或在台账里把两行改成一样。",
    "doubled": "同一条记录在台账里出现了两次（{named}），只看了前一行。",
    "column": "台账里没有了“{what}”这一列，这一列的数没有比较。只是删着看的，不用处理。",
    "computed": "“{what}”是程序算出来的列，改了 {n} 格（{named}），没有照办：它每次重算，请改它所依据的数。",
    "status": "“状态”不能在台账里改（{named}）：请把两份原表改成一致，“待定”就没有了。",
    "extra": "“{what}”不在表单里，程序不用它，改了 {n} 格（{named}），没有照办：要改请在原表里改。",
    "aside": "台账的表格外面写了字（{named}），不知道说的是哪一格，没有使用。要说明的请写在原表的备注里。",
    "merged": "台账里合并了单元格（{named}），看不出每一行该是多少，没有照办。请取消合并，逐格填写。",
    "unread": "“{what}”这一格{why}（{named}）。",
    "cell": "“{what}”不是从原表的某一格读来的，不能逐格更正（{named}），没有照办：请在原表里改。",
    "shared": "“{what}”在原表里是几条记录共用的一格（{why}），台账里只改了一部分（{named}），没有照办。"
    "请把这几行都改，或在原表里改。",
    "joined": "原表的那一格同时写着{why}，只改“{what}”会丢掉另一个（{named}），没有照办：请在原表里改。",
    "gone": "原表{why}不在收件箱里了，台账里改的 {n} 格（{named}）没有照办。请把原表也放进收件箱。",
    "changed": "原表{why}在那次运行以后又改过，台账里改的这 {n} 格（{named}）不知道以哪个为准，没有照办。"
    "请对照原表现在的数再看一次。",
    "period": "这本台账是 {what} 的，那一期的原表{why}和现在收件箱里的不是同一个文件，改的 {n} 格（{named}）没有照办。"
    "要更正那一期，请在那一期的收件箱里做。",
    "differ": "几本放回来的台账对同一格改得不一样（{named}：{why}），都没有照办。请只留一本，或改成一样。",
    "decided": "这一格已有较新的决定（{why}），这本台账是在那以前写的，改的数没有照办（{named}）。"
    "要改请用最近一次运行的台账。",
    "unmet": "按台账改原表的那一格以后，读出来并不是“{what}”列里改的数（{named}），没有照办：请在原表里改。",
    "beside": "照台账改“{what}”的这一格，会连带改动别的行（{named}，例如原表下面写着“同上”），没有照办：请在原表里改。",
}


@dataclass(slots=True)
class Doubts:
    """Doubts of one ledger that came back, gathered by cause, field and reason."""

    path: str
    form: str
    sheet: str = ""
    found: dict[tuple[str, str, str], list[tuple[str | None, str]]] = field(default_factory=dict)

    def add(self, cause: str, cell: str | None, label: str, *, what: str = "", why: str = "") -> None:
        """Add one place; `label` names it in the sentence."""
        self.found.setdefault((cause, what, why), []).append((cell, label))

    @property
    def findings(self) -> list[Finding]:
        """One question a cause, what and why, in the order in which they came up."""
        return [self._told(key, places) for key, places in self.found.items()]

    def _told(self, key: tuple[str, str, str], places: list[tuple[str | None, str]]) -> Finding:
        cause, what, why = key
        labels = list(dict.fromkeys(label for _, label in places))
        named = "、".join(labels[:_MOST]) + (f"等 {len(labels)} 处" if len(labels) > _MOST else "")
        message = _SENTENCES[cause].format(n=len(places), named=named, what=what, why=why)
        cells = [Place(self.path, self.sheet or None, cell) for cell, _ in places]
        return Finding(
            "ledger-unclear", Level.QUESTION, message, cells[0], form=self.form, related=tuple(cells[1:]),
            count=len(cells),
        )  # fmt: skip
