"""Every example of the office's numbers, dates, classes, sizes and words, and what each is read as."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houqin.model import Cell, Kind
from houqin.values import (
    ClassNaming,
    amount_in_words,
    canonical_text,
    canonical_texts,
    date_of_serial,
    find_class,
    find_grade,
    is_date_format,
    natural_key,
    natural_keys,
    normal,
    number_of,
    parse_amount_words,
    parse_class,
    parse_date,
    parse_grade,
    parse_number,
    parse_sex,
    parse_size,
    parse_tick,
    serial_of_date,
    shown,
    split_unit,
    year_in,
)

YEAR_OF = year_in("2025-2026")
FIVE_FOUR = ClassNaming("five_four", "2025-2026")
SIX_THREE = ClassNaming("six_three", "2025-2026")
KNOWN = ClassNaming("five_four", "2025-2026", frozenset(f"七年级({n})班" for n in range(1, 7)))


@pytest.mark.parametrize(
    ("header", "name", "unit"),
    [
        ("单价\n（元）", "单价", "元"),
        ("数 量", "数量", None),
        ("＊资产名称", "资产名称", None),
        ("★学校名称", "学校名称", None),
        ("帐面数量", "账面数量", None),
        ("單價", "单价", None),
        ("单价/元", "单价", "元"),
        ("单价：元", "单价", "元"),
        ("单价元", "单价", "元"),
        ("单价(元/套)", "单价", "元/套"),
        ("执行率(%)", "执行率", "%"),
        ("身高cm", "身高", "cm"),
        ("扫帚（把）", "扫帚", "把"),
        ("规格(型号)", "规格(型号)", None),
        ("追加(减)数", "追加(减)数", None),
        ("本期入库/数量", "本期入库/数量", None),
        ("1. 班级（必填）", "班级", None),
        ("⽤途\u200b", "用途", None),
    ],
)
def test_a_header_is_compared_without_blanks_marks_and_unit(header: str, name: str, unit: str | None) -> None:
    """Domain 2.2: one normal form, the trailing unit kept apart."""
    assert split_unit(header) == (name, unit)


def test_normal_text_is_the_same_twice() -> None:
    """Normalising again changes nothing, or look-ups would depend on how often it was done."""
    for header in ("Ｎｏ．", "*单　价（元）", "帳面數量", "班级："):
        assert normal(normal(header)) == normal(header)


@given(st.lists(st.text("Ａ4 \u3000\u200b七0(２e\u0301\n-", max_size=6), max_size=8))
def test_many_texts_are_normalised_as_each_is(texts: list[str]) -> None:
    """Taken together they are as one by one: marks that combine do not reach over to the next text."""
    assert canonical_texts(texts) == [canonical_text(text) for text in texts]
    assert natural_keys(texts) == [natural_key(text) for text in texts]


def test_canonical_text_keeps_inner_blanks() -> None:
    """Only NFKC and outer white space, the zero-width ones too."""
    assert canonical_text("\u3000Ａ４ 纸\u200b ") == "A4 纸"


@pytest.mark.parametrize(
    ("text", "value", "unit", "rules"),
    [
        ("1234.5", "1234.5", None, ()),
        ("1,234.50", "1234.50", None, ("thousands",)),
        ("１２３４．５", "1234.5", None, ("full-width",)),
        ("¥1234", "1234", "元", ("currency",)),
        ("￥1,234.50元", "1234.50", "元", ("currency", "thousands")),
        ("1234元整", "1234", "元", ("currency",)),
        ("5元5角", "5.50", "元", ("currency",)),
        ("1.2万", "12000", None, ("wan-yuan",)),
        ("3.5万元", "35000", "元", ("currency", "wan-yuan")),
        ("(123.45)", "-123.45", None, ("brackets",)),
        ("（123.45）", "-123.45", None, ("brackets", "full-width")),
        ("-123.45", "-123.45", None, ()),
        ("−5", "-5", None, ()),
        ("一千二百", "1200", None, ("chinese-number",)),
        ("十二把", "12", "把", ("chinese-number",)),
        ("壹仟贰佰元整", "1200", "元", ("chinese-number",)),
        ("52,119.00 ", "52119.00", None, ("thousands",)),
        ("30个", "30", "个", ("quantity-unit",)),
        ("１２盒", "12", "盒", ("quantity-unit", "full-width")),
        ("25kg", "25", "kg", ("quantity-unit",)),
        ("60斤/件", "60", "斤/件", ("quantity-unit",)),
        ("3千克", "3", "千克", ("quantity-unit",)),
        ("46（人）", "46", "人", ("quantity-unit", "full-width")),
        ("85%", "85", "%", ("percent",)),
        ("—", "0", None, ("zero-like",)),
        ("/", "0", None, ("zero-like",)),
        ("无", "0", None, ("zero-like",)),
        ("3 500", "3500", None, ("inner-blanks",)),
    ],
)
def test_a_number_is_read_without_doubt(text: str, value: str, unit: str | None, rules: tuple[str, ...]) -> None:
    """Domain 2.5: each spelling of a number, the unit it names and what was done to it."""
    read = parse_number(text)
    assert read is not None
    assert (read.value, read.unit, read.rules, read.doubtful) == (Decimal(value), unit, rules, False)


@pytest.mark.parametrize(
    ("words", "number"),
    [("一千二", 1200), ("一千零二", 1002), ("一百二", 120), ("十", 10), ("廿三", 23), ("三万五", 35000),
     ("两千", 2000),
     ("三万零五", 30005), ("一万二千三百四十五", 12345)],
)  # fmt: skip
def test_numbers_are_read_as_they_are_spoken(words: str, number: int) -> None:
    """一千二 is 1200 and 一千零二 1002."""
    read = parse_number(words)
    assert read is not None
    assert read.value == number


@pytest.mark.parametrize(
    ("text", "value"),
    [("约30", "30"), ("30左右", "30"), ("2*12", "24"), ("=3*4", "12"), ("30+5", "35"), ("12,34", "1234"),
     ("46人多", "46"),
     ("1.2E+05", "120000"), ("12坏的", "12"), ("两三个", "23")],
)  # fmt: skip
def test_an_uncertain_number_is_doubtful(text: str, value: str) -> None:
    """A guess is never silent."""
    read = parse_number(text)
    assert read is not None
    assert (read.value, read.doubtful) == (Decimal(value), True)


@pytest.mark.parametrize(
    "text", ["", "  ", "一体机", "3箱12个", "12-15", "46人(借读2)", "见附表", "万", "个", ".", "-个"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    """Words and two numbers in a cell are left to a person."""
    assert parse_number(text) is None


def test_a_dash_is_no_number_where_blanks_are_no_zero() -> None:
    """A field may say that a dash is a blank."""
    assert parse_number("—", zero_like=False) is None


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_plain_decimals_are_read_as_they_are(number: Decimal) -> None:
    """What stands there as digits is never changed by a digit."""
    read = parse_number(format(number, "f"))
    assert read is not None
    assert read.value == number
    grouped = parse_number(format(number, ",f"))
    assert grouped is not None
    assert grouped.value == number


@pytest.mark.parametrize(
    ("stored", "exact"),
    [(0.1 + 0.2, "0.3"), (38.4 + 2448 - 2479.2, "7.20000000000027"), (1e15, "1000000000000000"), (9.1, "9.1"),
     (-0.005, "-0.005"),
     (1234567.891, "1234567.891")],
)  # fmt: skip
def test_a_stored_number_has_fifteen_digits(stored: float, exact: str) -> None:
    """Excel keeps and shows no more, so the noise of binary numbers ends there."""
    assert number_of(stored) == Decimal(exact)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1409.50", "人民币壹仟肆佰零玖元伍角"),
        ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "人民币叁佰贰拾伍元零肆分"),
        ("6007.14", "人民币陆仟零柒元壹角肆分"),
        ("1680.32", "人民币壹仟陆佰捌拾元零叁角贰分"),
        ("107000.53", "人民币壹拾万柒仟元零伍角叁分"),
        ("1000.00", "人民币壹仟元整"),
        ("0", "人民币零元整"),
        ("0.05", "人民币伍分"),
        ("0.505", "人民币伍角壹分"),
        ("100500", "人民币壹拾万零伍佰元整"),
        ("10001", "人民币壹万零壹元整"),
        ("100000000", "人民币壹亿元整"),
        ("100000001", "人民币壹亿零壹元整"),
        ("-12.3", "人民币负壹拾贰元叁角"),
    ],
)
def test_amounts_are_written_as_the_rule_says(amount: str, words: str) -> None:
    """支付结算办法 annex 1: the characters, the zeros, and 整 only after 元."""
    assert amount_in_words(Decimal(amount)) == words


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("人民币壹仟陆佰捌拾元叁角贰分", "1680.32"),
        ("壹拾万零柒仟元伍角叁分", "107000.53"),
        ("（大写）捌仟叁佰玖拾叁元柒角贰分", "8393.72"),
        ("人民币 壹仟肆佰零玖圆伍角整", "1409.50"),
        ("一千二百元", "1200"),
    ],
)
def test_either_spelling_of_an_amount_is_read(words: str, amount: str) -> None:
    """Both legal spellings of zeros, 圆 and 元, with or without the prefix."""
    assert parse_amount_words(words) == Decimal(amount)


@given(st.integers(min_value=0, max_value=10**13))
def test_an_amount_survives_its_words(cents: int) -> None:
    """Writing and reading again gives the same 分."""
    amount = Decimal(cents).scaleb(-2)
    assert parse_amount_words(amount_in_words(amount)) == amount


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2025.9.1", "2025-09-01"),
        ("2025.09.01", "2025-09-01"),
        ("2025/9/1", "2025-09-01"),
        ("2025-9-1", "2025-09-01"),
        ("2025-09-01 08:30:00", "2025-09-01"),
        ("20250901", "2025-09-01"),
        (20250901.0, "2025-09-01"),
        ("2025年9月1日", "2025-09-01"),
        ("2025 年 9 月 1 日", "2025-09-01"),
        ("2025年9月", "2025-09"),
        ("2025.9", "2025-09"),
        (2025.9, "2025-09"),
        ("2019-09", "2019-09"),
        ("25.9.1", "2025-09-01"),
        ("9月1日", "2025-09-01"),
        ("9.1", "2025-09-01"),
        ("9/1", "2025-09-01"),
        ("8月9号", "2025-08-09"),
        ("1月5日", "2026-01-05"),
        ("二〇二五年九月一日", "2025-09-01"),
        ("二○二五年", "2025"),
        ("二零二五年", "2025"),
        (45901.0, "2025-09-01"),
        ("45901", "2025-09-01"),
        ("9月1日(周一)", "2025-09-01"),
        ("9月1日 星期一", "2025-09-01"),
        (9.15, "2025-09-15"),
    ],
)
def test_a_date_is_read_without_doubt(value: str | float, iso: str) -> None:
    """Domain 2.6: every way in which an office writes a day or a month."""
    read = parse_date(value, year_of=YEAR_OF)
    assert read is not None
    assert (read.iso, read.doubtful) == (iso, False)
    assert read.precision == {4: "year", 7: "month", 10: "day"}[len(iso)]


@pytest.mark.parametrize(
    ("value", "iso", "rule"),
    [
        (9.1, "2025-09-01", "month-day-number"),  # 9月1日 or 9月10日
        (2025.1, "2025-01", "month-only"),  # January or October
        ("2025年秋", "2025-09", "season"),
        ("9月1日(周二)", "2025-09-01", "weekday-mismatch"),
        ("1/9/2025", "2025-01-09", "date-text"),
        ("08.09.01", "2008-09-01", "two-digit-year"),
    ],
)
def test_an_uncertain_date_is_doubtful(value: str | float, iso: str, rule: str) -> None:
    """What may be two dates is read as one and says so."""
    read = parse_date(value, year_of=YEAR_OF)
    assert read is not None
    assert (read.iso, read.rules[0], read.doubtful) == (iso, rule, True)


@pytest.mark.parametrize("value", ["", "2025.13.1", "2025-02-30", "下周", "32", 0.5, 13.5, "教务处", "9.1-9.5"])
def test_what_is_no_date_is_none(value: str | float) -> None:
    """No day is invented."""
    assert parse_date(value, year_of=YEAR_OF) is None


def test_a_day_without_a_year_needs_the_term() -> None:
    """Without a school nobody knows the year."""
    assert parse_date("9月1日") is None
    assert parse_date("2025.9.1") is not None


@given(st.dates())
def test_a_date_survives_its_serial(day: object) -> None:
    """Excel's days and ISO dates are one after 1 March 1900."""
    iso = str(day)
    if iso >= "1900-03-01":
        assert date_of_serial(serial_of_date(iso)) == iso


VARIANTS = [
    "七年级(3)班", "七年级（3）班", "七年级3班", "七年级三班", "七(3)班", "七（三）班", "七.3", "七·3", "七-3",
    "7.3", "7-3", "7.3班", "7年级3班",
    "2024级七年级3班", "初二3班", "初二(3)", "初二三班", "2024级3班", "24级3班", "2024级(3)班", "七3",
    7.3, "七年级 （3） 班",
]  # fmt: skip


@pytest.mark.parametrize("written", VARIANTS)
def test_every_name_of_a_class_is_the_class(written: str | float) -> None:
    """Domain 2.8, in a school of the five-four system in 2025-2026."""
    read = parse_class(written, FIVE_FOUR)
    assert read is not None
    assert (read.text, read.grade, read.number, read.doubtful) == ("七年级(3)班", "七年级", 3, False)


def test_only_width_is_no_change_of_a_class() -> None:
    """The canonical name in full-width brackets needs no rule."""
    for written in ("七年级(3)班", "七年级（3）班"):
        read = parse_class(written, FIVE_FOUR)
        assert read is not None
        assert read.rules == ()


@pytest.mark.parametrize(
    ("written", "five_four", "six_three"),
    [("初一1班", "六年级(1)班", "七年级(1)班"), ("初四2班", "九年级(2)班", None),
     ("2025级1班", "六年级(1)班", "七年级(1)班"),
     ("2026届4班", "九年级(4)班", "九年级(4)班"), ("九(10)班", "九年级(10)班", "九年级(10)班")],
)  # fmt: skip
def test_the_system_says_what_a_junior_grade_is(written: str, five_four: str, six_three: str | None) -> None:
    """初一 is the sixth grade in a five-four school and the seventh in a six-three one."""
    for naming, wanted in ((FIVE_FOUR, five_four), (SIX_THREE, six_three)):
        read = parse_class(written, naming)
        assert (read and read.text) == wanted


def test_a_bare_class_needs_its_grade() -> None:
    """3班 alone could be any; with the grade of a merged cell or a sheet's name it is one."""
    assert parse_class("3班", FIVE_FOUR) is None
    for written in ("3班", "三班", "(3)班", 3.0, "3"):
        read = parse_class(written, FIVE_FOUR, grade="七年级")
        assert read is not None
        assert read.text == "七年级(3)班"


def test_the_traps_of_class_names_are_doubtful() -> None:
    """A lost zero, a room's number and a date are read and asked about, unless the school's classes settle it."""
    lost_zero = parse_class(7.1, FIVE_FOUR)
    room = parse_class("703", FIVE_FOUR)
    as_date = parse_class(float(serial_of_date("2026-07-03")), KNOWN, is_date=True)
    assert lost_zero is not None
    assert room is not None
    assert as_date is not None
    assert [r.text for r in (lost_zero, room, as_date)] == ["七年级(1)班", "七年级(3)班", "七年级(3)班"]
    assert all(r.doubtful for r in (lost_zero, room, as_date))
    for written in (7.1, "703", "0703"):
        read = parse_class(written, KNOWN)
        assert read is not None
        assert not read.doubtful


@pytest.mark.parametrize("written", ["库房", "教师办公室", "5.3", "合计", "七年级", "", "301", "七(0)班"])
def test_what_is_no_class_is_none(written: str) -> None:
    """Store rooms and totals stand in class columns too."""
    read = parse_class(written, FIVE_FOUR)
    assert read is None or read.doubtful


@pytest.mark.parametrize(
    ("written", "grade"),
    [("七年级", "七年级"), ("初二", "七年级"), ("七", "七年级"), ("7", "七年级"), (7.0, "七年级"),
     ("7年级", "七年级"),
     ("2024级", "七年级"), ("毕业班", "九年级"), ("初四", "九年级")],
)  # fmt: skip
def test_every_name_of_a_grade_is_the_grade(written: str | float, grade: str) -> None:
    """Domain 2.8, five-four."""
    read = parse_grade(written, FIVE_FOUR)
    assert read is not None
    assert read.text == grade


def test_titles_and_sheet_names_speak_of_a_class_or_a_grade() -> None:
    """One class or one grade is found; two are none."""
    found = find_class("示例中学七年级（3）班校服征订表", FIVE_FOUR)
    assert found is not None
    assert found.text == "七年级(3)班"
    assert find_class("七(1)班和七(2)班", FIVE_FOUR) is None
    grade = find_grade("2025年秋初二年级就餐人数", FIVE_FOUR)
    assert grade is not None
    assert grade.text == "七年级"
    assert find_grade("六年级、七年级", FIVE_FOUR) is None


@pytest.mark.parametrize(
    ("written", "size"),
    [("165", "165"), ("165码", "165"), ("160#", "160"), ("165号", "165"), ("165cm", "165"), ("165.0", "165"),
     ("xl", "XL"),
     ("XXL", "2XL"), ("xxxl", "3XL"), ("加大", "XL"), ("大号", "L"), ("L码", "L"), ("中", "M"),
     ("165/88A", "165/88A"),
     ("165-88A", "165/88A"), ("165/88", "165/88"), ("特体", "特体"), ("定制", "特体")],
)  # fmt: skip
def test_a_size_has_one_spelling(written: str, size: str) -> None:
    """Domain 7: letters, heights, and pairs of height and girth."""
    read = parse_size(written)
    assert read is not None
    assert (read.text, read.doubtful) == (size, False)


@pytest.mark.parametrize("written", ["160/165", "99", "两件", "", "S-M"])
def test_what_is_no_size_is_none(written: str) -> None:
    """Two sizes in a cell are a person's to choose from."""
    assert parse_size(written) is None


def test_an_uncertain_size_is_doubtful() -> None:
    """Sizes run in steps of five centimetres, and a letter beside a height may contradict it."""
    for written, size in (("163", "163"), ("165(L)", "165"), ("XL/175", "175")):
        read = parse_size(written)
        assert read is not None
        assert (read.text, read.doubtful) == (size, True)


def test_sex_and_ticks_have_two_words() -> None:
    """男、女 and 是、否, whatever mark was used; a code is read with doubt."""
    assert [s and s.text for s in map(parse_sex, ("男", "女生", "m", "未填"))] == ["男", "女", "男", None]
    assert [t and t.text for t in map(parse_tick, ("√", "✓", "V", "×", "x", "不同意", "？"))] == [
        "是", "是", "是", "否", "否", "否", None,
    ]  # fmt: skip
    code = parse_sex("1")
    assert code is not None
    assert code.doubtful


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (35.0, "General", "35"),
        (0.1 + 0.2, "General", "0.3"),
        (3.14159265358979, "General", "3.141592654"),
        (3.7030312345678e17, "General", "3.70303E+17"),
        (1234.5, "0.00", "1234.50"),
        (1.005, "0.00", "1.01"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (-5.0, "#,##0;(#,##0)", "(5)"),
        (0.7803, "0.00%", "78.03%"),
        (0.85, "0%", "85%"),
        (7.0, "00", "07"),
        (12.0, '0"个"', "12个"),
        (1234.0, "[$¥-804]#,##0.00", "¥1,234.00"),
        (0.0, '0;-0;"—"', "—"),
        (0.0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (45901.0, "yyyy-mm-dd", "2025-09-01"),
        (45901.0, 'yyyy"年"m"月"d"日"', "2025年9月1日"),
        (45901.0, 'm"月"d"日"', "9月1日"),
        (45901.0, "[$-804]aaaa", "星期一"),
        (45901.5, "yyyy/m/d h:mm", "2025/9/1 12:00"),
    ],
)
def test_a_cell_is_shown_as_excel_shows_it(value: float, number_format: str, text: str) -> None:
    """Messages quote the user's cell, so they must quote what the user sees."""
    kind = Kind.DATE if is_date_format(number_format) else Kind.NUMBER
    assert shown(Cell(kind, value, number_format)) == text


def test_texts_blanks_and_booleans_are_shown_too() -> None:
    """A text as it is, a blank as nothing, a truth value in Excel's words."""
    assert [shown(c) for c in (Cell(Kind.TEXT, " a "), Cell(Kind.BLANK, None), Cell(Kind.BOOL, True))] == [
        " a ",
        "",
        "TRUE",
    ]
