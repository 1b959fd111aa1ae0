"""Words that several sheets share: terms, dates, names of cleaning rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.model import Finding
    from houqin.school import School

SEMESTERS = {1: "第一学期", 2: "第二学期"}

# What a clerk reads for the rules of `values` and `clean`; a rule not listed here is shown by its own name.
RULES = {
    "approximate": "约数暂按所写的数",
    "brackets": "括号里的数按负数",
    "chinese-date": "中文日期改为数字日期",
    "chinese-number": "中文数字改为数字",
    "class-as-date": "被 Excel 变成日期的班级改回班级",
    "class-code": "班级代号改为班级名称",
    "code-split": "编码与名称分成两栏",
    "class-in-grade": "按所在年级补全班级",
    "class-name": "班级名称统一",
    "class-number": "班号改为班级名称",
    "class-ten": "被 Excel 去掉末尾 0 的班号改回",
    "column-unit": "整列换算单位",
    "decision": "按决定更正",
    "currency": "去掉金额前后的货币符号",
    "date-number": "数字改为日期",
    "date-text": "文字日期改为日期",
    "excel-serial": "日期序号改为日期",
    "formula-text": "算式文字算出结果",
    "full-width": "全角改为半角",
    "goods-alias": "物品改用正式名称",
    "grade-name": "年级名称统一",
    "inner-blanks": "去掉字间空格",
    "listed-word": "改为规定的写法",
    "lost-digits": "数字位数已丢失，按文字保留",
    "lost-zero": "补回日期末尾丢失的 0",
    "magnitude": "按百、千、亿换算",
    "month-day-number": "月.日数字改为日期",
    "month-of-title": "按标题的月份补全日期",
    "week-of-title": "按标题里一周的起止日期补全日期",
    "month-only": "只写到月",
    "no-value": "“—、无”按空白",
    "percent": "去掉百分号",
    "percent-text": "百分数统一",
    "punctuation": "去掉数字后的标点",
    "quantity-unit": "去掉数字后的单位",
    "rounded": "按规定的小数位四舍五入",
    "scientific": "科学记数展开",
    "season": "按季节或学期改为日期",
    "sex-code": "性别代号改为男女",
    "sex-word": "性别统一为男女",
    "share": "小数改为百分数",
    "span-end": "起止日期取截止的一天",
    "span-start": "起止日期取开始的一天",
    "size-word": "尺码写法统一",
    "text-number": "文字数字改为数字",
    "thousands": "去掉千分位逗号",
    "tick": "勾叉统一为是否",
    "trailing-text": "去掉数字后的说明",
    "two-digit-year": "两位年份补全",
    "wan-yuan": "万元换算为元",
    "weekday-mismatch": "日期与星期不一致，按日期",
    "year-from-term": "按学期补上年份",
    "year-only": "只写到年",
    "zero-like": "“—、无”按 0",
}


def rule_title(rule: str) -> str:
    """Give the Chinese words of a cleaning rule."""
    return RULES.get(rule, rule)


def term(school: School) -> str:
    """Give 2025—2026 学年第一学期."""
    return f"{school.school_year.replace('-', '—')} 学年{SEMESTERS.get(school.semester, '')}"


def chinese_date(iso: str) -> str:
    """Give 2025年9月1日 of an ISO date."""
    year, month, day = iso.split("-")
    return f"{year}年{int(month)}月{int(day)}日"


def verdict_of(findings: Sequence[Finding]) -> str:
    """Give the verdict that a head shows: 不符 while something must be mended, 待答 while something is asked."""
    errors = sum(f.level == "error" for f in findings)
    questions = sum(f.level == "question" for f in findings)
    if errors:
        return f"不符：{errors} 处必须改" + (f"，{questions} 处请确认" if questions else "")
    return f"待答：{questions} 处请确认" if questions else "通过"
