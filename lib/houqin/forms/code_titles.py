"""What a clerk reads for a finding's code, also for the codes that no form may use; no list shows a bare code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.forms.words import CODES

if TYPE_CHECKING:
    from collections.abc import Mapping

# Reading, cleaning, joining and answers have codes of their own.
_OTHERS = {
    "ambiguous-class": "班级拿不准",
    "bad-cell": "文件里有无法判断的单元格",
    "bad-class": "班级读不成",
    "bad-encoding": "文件的文字编码前后不一",
    "bad-grade": "年级读不成",
    "bad-id-number": "身份证号有误",
    "bad-member-name": "压缩包里的文件名不合用",
    "bad-name": "文件名是乱码",
    "bad-number": "数字读不成",
    "bad-size": "尺码不像",
    "broken-link": "链接指向的文件不在了",
    "canteen-consolidation": "食堂怎样并账没有定",
    "class-missing": "有的班没有交表",
    "computed-formula": "公式由本机算出",
    "conflicting-copies": "两份表不同，待定",
    "copy-not-marked": "没有做出标注副本",
    "corrupt": "文件已损坏",
    "doubtful-number": "数字拿不准",
    "duplicate-record": "两份表相同，只计一次",
    "empty": "文件是空的",
    "encrypted": "文件设有打开密码",
    "fee-untreated": "收费项目没有写明钱归哪里",
    "filtered-rows": "工作表正在筛选",
    "form-tie": "像两种表",
    "fractional-count": "个数不是整数",
    "html-table": "文件其实是网页",
    "linked-folder": "是指向别处的文件夹",
    "lost-digits": "长号码丢了位数",
    "month-for-year": "一个月的余额表，不是全年",
    "near-column": "列名近似，没有取",
    "nested-archive": "压缩包里套压缩包",
    "no-sheets": "文件里没有工作表",
    "no-table": "没有找到表格",
    "not-a-file": "不是普通文件",
    "not-a-workbook": "不是表格文件",
    "not-allowed": "填写的词不在规定之列",
    "not-filled": "印着名称没有填",
    "other-book": "别的账套，没有计入",
    "other-period": "别的期间的余额表，没有计入",
    "other-school": "像是别的学校的表",
    "outdated-decision": "更正所据的格子变了",
    "reader-died": "文件使读取停止",
    "settings-differ": "两份学校设置不一样",
    "settlement-mismatch": "决算勾稽不符",
    "skipped-file": "跳过的文件",
    "superseded": "原表由标注副本代替",
    "timeout": "文件读得太久",
    "too-large": "太大",
    "two-columns": "两列像同一项",
    "unclear-answer": "处理意见看不懂",
    "unknown-class": "设置里没有这个班",
    "unknown-table": "认不出的表",
    "unreadable": "文件打不开",
    "unsafe": "文件内部结构不正常",
    "unstored-formula": "公式没有存下结果",
    "unsure-table": "表的位置拿不准",
    "wrong-password": "给的密码不对",
    "wrong-period": "不是年末的余额表",
    "xml-2003": "文件是旧的 XML 表格",
    "year-added-up": "各月相加成全年",
}
TITLES: Mapping[str, str] = CODES | _OTHERS
_OWN = "本单位自己的检查"


def code_title(code: str) -> str:
    """Give a code's words; an office's own form may bring a code that nobody here knows."""
    return TITLES.get(code, f"{_OWN}（{code}）")
