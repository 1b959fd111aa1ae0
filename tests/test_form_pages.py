"""The page of all forms is what the form files say, and leaves nothing out."""

from __future__ import annotations

from make_form_pages import PAGE, page_text

from houqin.forms import load_forms
from houqin.report.words import RULES

FORMS = load_forms()
TEXT = PAGE.read_text(encoding="utf-8")


def test_the_page_is_what_the_form_files_say() -> None:
    """After a change to a form: `python tests/make_form_pages.py`."""
    assert page_text(FORMS) == TEXT, "表单描述变了，请运行 python tests/make_form_pages.py"


def test_the_page_has_every_form_field_layout_and_check() -> None:
    """Each under its form, by its id and its title."""
    for form in FORMS:
        own = _section(form.title, form.id)
        ids = [*(f.id for f in form.fields), *(x.id for x in form.layouts), *(c.id for c in form.checks)]
        assert [each for each in ids if f"`{each}`" not in own] == [], form.id
        assert [check.id for check in form.checks if check.message not in own] == []


def test_the_page_has_every_alias_that_a_file_writes_out() -> None:
    """A name made of parts stands as its parts."""
    for form in FORMS:
        own = _section(form.title, form.id)
        for each in form.fields:
            parts = [set(part) for part in each.parts]
            made = {a for a in each.aliases if parts and all(word in set().union(*parts) for word in a.split("/"))}
            assert [name for name in each.aliases if name not in own and name not in made] == [], (form.id, each.id)
            assert [word for part in each.parts for word in part if word not in own] == []


def test_the_page_has_every_tie_out_and_cleaning_rule() -> None:
    """What is compared with what, and what is changed in a cell."""
    assert [tie.id for tie in FORMS.tie_outs if f"`{tie.id}`" not in TEXT or tie.why not in TEXT] == []
    assert [rule for rule, text in RULES.items() if f"| `{rule}` | {text} |" not in TEXT] == []


def _section(title: str, form_id: str) -> str:
    start = TEXT.index(f"### {title} `{form_id}`")
    return TEXT[start : TEXT.find("\n### ", start + 1) if "\n### " in TEXT[start + 1 :] else TEXT.index("\n## 表间")]
