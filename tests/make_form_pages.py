"""Write notebooks/说明/表单大全.md from the form files: `python tests/make_form_pages.py`.

Every form, field, alias, layout and check, every tie-out, cleaning rule and code; a test holds the page to the files.
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from houqin.forms import TYPES, load_forms
from houqin.forms.words import CODES, NAMED_RULES
from houqin.model import Level
from houqin.report.plan_table import PLAN
from houqin.report.words import RULES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from houqin.forms import Check, Field, Form, Forms, Layout, Side, TieOut

PAGE = Path(__file__).parents[1] / "notebooks" / "说明" / "表单大全.md"
BAR = "\\|"  # within a cell of a table
KINDS = {"choice": "选一个", "tick": "勾叉"}
RELATIONS = {"equal": "＝", "at-most": "≤"}
AGGREGATES = {"sum": "之和", "count": "条数", "max": "最大", "first": "第一个"}
CONTEXT = {"@sheet": "工作表名", "@title": "标题", "@file": "文件名"}
INTRODUCTION = """# 表单大全

由表单描述（`templates/*.toml`）写出，不要手改：改了描述，运行 `python tests/make_form_pages.py` 重写。
叫法后面带的单位不用写，`单价(元)` 按 `单价` 认；空格、星号、题号、（必填）、繁体、帐/账都不影响。列的先后也不影响。
"""


def page_text(forms: Forms) -> str:
    """Give the whole page."""
    checks = sum(len(form.checks) for form in forms)
    fields = sum(len(form.fields) for form in forms)
    counts = f"{len(forms)} 种表单，{fields} 个字段，{checks} 项检查，{len(forms.tie_outs)} 项表间勾稽"
    lines = [
        INTRODUCTION,
        f"{counts}，{len(RULES)} 条清洗规则。",
        "",
        "## 工作计划与表单",
        "",
        *_table(["条目", "内容", "表单"], ((e.number, e.title, _links(e.forms, forms)) for e in PLAN)),
        "## 各表单",
        "",
    ]
    for form in forms:
        lines += _form_lines(form)
    lines += ["## 表间勾稽", "", "缺了一边的表，结论是“未核”，并写明缺哪张表、哪一列。", ""]
    heads = ["勾稽", "左边", "关系", "右边", "级别", "只有一边", "为什么"]
    lines += _table(heads, (_tie_out_cells(tie, forms) for tie in forms.tie_outs))
    lines += ["## 清洗规则", "", "每改一处都记下单元格、改前、改后和规则。", ""]
    lines += _table(["规则", "意思"], ((f"`{rule}`", text) for rule, text in sorted(RULES.items())))
    lines += ["## 检查用的代码", "", *_table(["代码", "意思"], ((f"`{c}`", text) for c, text in sorted(CODES.items())))]
    return "\n".join(lines).rstrip() + "\n"


def _form_lines(form: Form) -> Iterator[str]:
    titles = {each.id: each.title for each in form.fields}
    yield from (f"### {form.title} `{form.id}`", "")
    yield f"- 一行是什么：{form.grain}。空白工作簿：《{form.workbook}》。工作计划：{'、'.join(form.plan) or '—'}。"
    yield f"- 同一条记录靠 {'、'.join(titles[key] for key in form.key) or '—'} 认出。"
    yield f"- 必须有的列：{'、'.join(titles[name] for name in form.required) or '—'}。"
    if form.distinctive:
        least = f"，至少要有 {form.least} 个" if form.least else ""
        yield f"- 特有的列：{'、'.join(titles[name] for name in form.distinctive)}{least}。"
    if form.titles:
        yield f"- 标题里有这些词更像：{'、'.join(form.titles)}。"
    if form.foreign_titles:
        yield f"- 标题里有这些词就不是：{'、'.join(form.foreign_titles)}。"
    if form.foreign:
        yield f"- 有这些列就不是：{'、'.join(form.foreign)}。"
    if form.others:
        yield f"- 认得但不进台账的列：{'、'.join(form.others)}。"
    yield ""
    yield from _table(["字段", "编号", "类型", "必填", "叫法"], map(_field_cells, form.fields))
    yield from (f"- 版式 `{layout.id}`：{_layout_text(layout, titles)}" for layout in form.layouts)
    yield ""
    if form.checks:
        heads = ["检查", "级别", "代码", "怎么查", "说什么"]
        yield from _table(heads, (_check_cells(check) for check in form.checks))


def _field_cells(each: Field) -> Sequence[str]:
    kind = KINDS.get(each.type) or TYPES[each.type][2].partition("，")[0].partition("：")[0]
    unit = f"，单位 {each.unit}" if each.unit else ""
    marks = "；学生数据，不外发" if each.sensitive else ""
    return each.title, f"`{each.id}`", f"{kind}{unit}{marks}", "是" if each.required else "", _names_text(each)


def _names_text(each: Field) -> str:
    """Write the other names of a field; those that its parts make stand as the parts."""
    made = {"/".join(words) for order in (each.parts, each.parts[::-1]) for words in product(*order) if each.parts}
    said = ["、".join(name for name in each.aliases if name not in made)]
    if each.parts:
        said.append("两级表头 " + " × ".join(f"[{'、'.join(part)}]" for part in each.parts))
    if each.values:
        words = (f"{word}（{'、'.join(other)}）" if other else word for word, other in each.values.items())
        said.append(f"可填 {'；'.join(words)}")
    return "。".join(part for part in said if part)


def _layout_text(layout: Layout, titles: Mapping[str, str]) -> str:
    said = ["一行一条"]
    if layout.kind == "matrix":
        row, across, value = (titles.get(name or "", "") for name in (layout.row, layout.across, layout.value))
        said = [f"矩阵，竖着是{row}，横着是{across}，格子里是{value}"]
    if layout.across_values:
        words = (f"{w}（{'、'.join(others)}）" if others else w for w, others in layout.across_values.items())
        said.append(f"横着的词：{'、'.join(words)}")
    if layout.required:
        said.append(f"还要有 {'、'.join(titles[name] for name in layout.required)}")
    if layout.titles:
        said.append(f"标题或工作表名里有 {'、'.join(layout.titles)}")
    if layout.ignore:
        said.append(f"不看的列：{'、'.join(layout.ignore)}")
    places = [f"{titles[i]}（{'、'.join(CONTEXT.get(w, w) for w in words)}）" for i, words in layout.context.items()]
    if places:
        said.append(f"也可以写在表外：{'、'.join(places)}")
    return "；".join(said) + "。"


def _check_cells(check: Check) -> Sequence[str]:
    how = f"`{check.rule}`"
    if check.use:
        details = "；".join(f"{name}＝{_words(value)}" for name, value in check.args.items())
        how = f"`{check.use}` {details}"
    if check.rule and check.where:
        how += f"，只查 `{check.where}`"
    if check.tolerance != "0":
        how += f"，容许 {check.tolerance}"
    return f"`{check.id}`", Level(check.level).title, f"`{check.code}`", how, check.message


def _tie_out_cells(tie: TieOut, forms: Forms) -> Sequence[str]:
    only = Level(tie.only_in).title if tie.only_in else "不提"
    sides = (_side_text(tie.left, forms), RELATIONS.get(tie.relation, tie.relation), _side_text(tie.right, forms))
    return f"{tie.title} `{tie.id}`", *sides, Level(tie.level).title, only, tie.why


def _side_text(side: Side, forms: Forms) -> str:
    title = forms[side.form].title if side.form in forms.by_id else "学校设置的班级"
    by = f"，按 {'、'.join(side.by)}" if side.by else ""
    where = f"，只取 `{side.where}`" if side.where else ""
    return f"{title} `{side.value}` {AGGREGATES.get(side.aggregate, side.aggregate)}{by}{where}"


def _links(ids: Iterable[str], forms: Forms) -> str:
    return "、".join(f"{forms[each].title} `{each}`" for each in ids if each in forms.by_id)


def _words(value: object) -> str:
    if isinstance(value, dict):
        return "、".join(f"{name} {word}" for name, word in value.items())
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        cells = (cell.replace("|", BAR) for cell in row)
        yield f"| {' | '.join(cells)} |"
    yield ""


def main() -> None:
    """Write the page; say which named rules no form uses."""
    forms = load_forms()
    PAGE.write_text(page_text(forms), encoding="utf-8", newline="\n")
    used = {check.use for form in forms for check in form.checks}
    unused = sorted(set(NAMED_RULES) - used)
    sys.stdout.write(f"{PAGE}\n" + (f"没有表单用到的规则：{'、'.join(unused)}\n" if unused else ""))


if __name__ == "__main__":
    main()
