"""The words of form files that are neither field ids nor free text: codes of findings, named rules, tie-out words."""

from __future__ import annotations

# Code -> what a clerk reads. A form may use a further word of this manner, as long as it resembles none of these.
CODES = {
    "amount-mismatch": "数量×单价≠金额",
    "balance-mismatch": "期初＋入库－出库≠结存",
    "total-mismatch": "合计与各行之和不符",
    "sum-mismatch": "分项之和不符",
    "duplicate": "重复登记",
    "over-limit": "超过上限",
    "negative": "出现负数",
    "missing": "必填项空缺",
    "bad-unit": "单位混用",
    "bad-date": "日期有误",
    "ambiguous-date": "日期不明确",
    "words-mismatch": "大小写金额不符",
    "price-outlier": "单价异常",
    "carry-mismatch": "期初与上期期末不符",
    "capitalise": "固定资产标准",
    "error-cell": "公式出错",
    "unknown-word": "填写的词不在列表里",
    "both-filled": "两栏不应同时填写",
    "rate-mismatch": "比率计算有误",
    "over-budget": "超出预算",
    "open-too-long": "久未修复",
    "progress-gap": "执行进度偏离",
    "class-size-mismatch": "班级人数各表不一致",
    "tie-out-mismatch": "表间不符",
    "below-minimum": "低于最低库存",
    "similar-names": "同一物品两种写法",
    "stocktake-mismatch": "盘盈盘亏算错",
    "reason-missing": "没有写原因",
    "plan-mismatch": "申购数与需求、库存不符",
    "one-person": "不相容的事由同一人经办",
    "overdue": "到期没有完成",
    "not-closed": "有问题没有下文",
    "meter-backwards": "表的读数倒退",
    "on-school-day": "上课日打药",
    "unfit": "检测不合格",
    "free-of-charge": "不该收的填了金额",
    "mixed-room": "同室男女混住",
}

# Named rule -> argument -> what it holds. `field` and `fields` are ids of the form, `styles` a map field -> 款式 of the
# settings' prices, `where` a condition that chooses records. A `?` at the end: may be left out.
NAMED_RULES: dict[str, dict[str, str]] = {
    "unique": {"fields": "fields", "where": "where?"},
    "required": {"fields": "fields", "where": "where?"},
    "allowed": {"field": "field"},
    "at-most": {"field": "field", "limit": "field"},
    "date-order": {"earlier": "field", "later": "field"},
    "in-term": {"fields": "fields"},
    "parent-sum": {"code": "field", "values": "fields"},
    "uniform-amount": {"amount": "field", "styles": "styles"},
    "open-too-long": {"date": "field", "done": "field", "state": "field", "finished": "words?"},
    "pace": {"spent": "field", "budget": "field", "by": "fields?", "not": "words?", "where": "where?"},
    "price-outlier": {"by": "fields", "price": "field"},
    "capitalise": {"price": "field", "booked": "text"},
    "invoice-once": {"invoice": "field", "amount": "field", "apart": "fields", "same": "fields?"},
    "one-of": {"fields": "fields", "where": "where?"},
    "not-the-same": {"fields": "fields", "where": "where?"},
    "follow-up": {"cause": "field", "fields": "fields", "nothing": "words?"},
    "never": {"field": "field", "words": "words", "unless": "fields?"},
    "one-value": {"field": "field", "by": "fields"},
    "school-day": {"date": "field", "where": "where?"},
    "meter-backwards": {"prev": "field", "curr": "field", "use": "field", "factor": "field?"},
    "meter-chain": {"prev": "field", "curr": "field", "order": "field", "by": "fields", "names": "fields"},
    "sub-meters": {"value": "field", "by": "fields", "names": "fields", "main": "words"},
    "compensation": {"amount": "field", "standard": "field", "orig": "field", "qty": "field"},
    "overdue": {"due": "field", "state": "field", "done": "field?", "finished": "words?", "days": "text?",
                "where": "where?"},
    "next-due": {"date": "field", "next": "field", "by": "fields"},
}

# What the message of a rule may quote besides fields of the form and {found}.
RULE_WORDS: dict[str, tuple[str, ...]] = {
    "rule": ("expected", "diff", "left", "right", "hint"),
    "unique": ("count", "cells"),
    "required": ("title",),
    "allowed": ("expected",),
    "at-most": ("limit", "diff"),
    "date-order": ("earlier", "later"),
    "in-term": ("start", "end"),
    "parent-sum": ("title", "expected", "diff"),
    "uniform-amount": ("detail", "expected", "diff", "hint"),
    "open-too-long": ("days", "limit"),
    "pace": ("rate", "passed", "diff", "pace"),
    "price-outlier": ("median", "percent"),
    "capitalise": ("limit",),
    "invoice-once": ("cells", "why"),
    "one-of": (),
    "not-the-same": (),
    "follow-up": (),
    "never": (),
    "one-value": ("cells",),
    "school-day": ("weekday",),
    "meter-backwards": ("hint",),
    "meter-chain": ("month", "expected"),
    "sub-meters": ("left", "right", "diff"),
    "compensation": ("detail", "expected", "diff", "hint"),
    "overdue": ("days",),
    "next-due": ("days",),
}
TIE_OUT_WORDS = frozenset({"left", "right", "diff", "key", "count", "limit", "more", "factor", "base", "units"})

# Fields of @classes, the class list of the settings.
CLASS_FIELDS = ("class", "grade", "pupils")
AGGREGATES = ("sum", "count", "max", "first")
RELATIONS = ("equal", "at-most", "covered")
THRESHOLDS = frozenset(
    {
        "spare_desks",
        "class_size_gap",
        "progress_gap",
        "repair_open_days",
        "capitalise",
        "price_gap",
        "first_page_findings",
    }
)
