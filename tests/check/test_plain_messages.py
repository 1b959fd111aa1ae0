"""Each check of the plainer forms says its sentence at its cell, and nothing where all is in order."""

from __future__ import annotations

import pytest
from check.tables import make_school, make_table

from houqin.check import check_ledgers, check_table
from houqin.forms import load_forms
from houqin.ledger import join_tables

FORMS = load_forms()
PLAIN = ("holiday_works", "patrol", "utility", "greening", "water", "damage", "dorm", "meeting", "work_log", "feedback",
         "event")  # fmt: skip
SCHOOL = make_school({})
DAY = "2025-09-12"

# form.check -> columns, rows, the last of which has the fault; the cell; the level and what is said
CASES: dict[str, tuple[str, list[list[object]], str, str]] = {
    "holiday_works.dates-in-order": (
        "item plan_start plan_end", [["屋面防水", "2026-02-02", "2026-01-30"]], "C4",
        "必须改｜“屋面防水”计划完工 2026-01-30 早于计划开工 2026-02-02，请核对。"),
    "holiday_works.somebody-answers": (
        "item place owner", [["屋面防水", "教学楼", "周某"], ["换灯", "实验楼", None]], "C5",
        "请确认｜实验楼“换灯”的“责任人”没有填，审批时会被退回。请补上。"),
    "holiday_works.state-words": (
        "item state", [["屋面防水", "已完成"], ["换灯", "快了"]], "B5",
        "请确认｜完成情况填的是“快了”，不在 已完成、未完成、进行中 之列，请选一个。"),
    "holiday_works.late": (
        "item place plan_end state", [["换灯", "实验楼", "2025-08-20", "已完成"], ["粉刷", "食堂", "2025-08-31", None]],
        "C5", "提醒｜食堂“粉刷”计划 2025-08-31 完工，已过 12 天，表上还没有写“已完成”。"),
    "holiday_works.one-row-an-item": (
        "item place content", [["换锁", "宿舍", "锁芯"], ["换锁", "宿舍", "锁芯"]], "A5",
        "请确认｜宿舍“换锁”列了 2 次（A4、A5），预算会多算。请看是不是重复填报。"),
    "patrol.hazard-is-followed": (
        "date area hazard measure", [["2025-09-01", "东楼", "无", None], ["2025-09-02", "西楼", "灭火器过期", None]],
        "C5", "请确认｜2025-09-02 西楼发现“灭火器过期”，后面没有整改措施、整改人，也没有完成时间。请补上怎么处理的。"),
    "patrol.hazard-still-open": (
        "date area hazard state", [["2025-09-10", "东楼", "漏水", "整改中"], ["2025-09-02", "西楼", "墙皮脱落", "未整改"]],
        "D5", "提醒｜2025-09-02 西楼的隐患“墙皮脱落”，过了 10 天仍是“未整改”。"),
    "patrol.state-words": (
        "area state", [["东楼", "差不多"]], "B4",
        "请确认｜整改情况填的是“差不多”，不在 已整改、未整改、整改中 之列，请选一个。"),
    "patrol.dates-in-order": (
        "date area done_date", [["2025-09-03", "锅炉房", "2025-09-02"]], "C4",
        "请确认｜锅炉房整改完成时间 2025-09-02 早于巡查日期 2025-09-03，请核对。"),
    "utility.reads-on": (
        "area meter kind factor prev curr use", [["食堂", "D3", "电", 1, 90, 100, 10], ["食堂", "D4", "电", 2, 9950, 150, 400]],
        "F5", "请确认｜食堂 D4电表本月读数 150 小于上月读数 9,950，按用量看像是走满一圈归零。换了表或走满一圈归零的，请在备注写明。"),
    "utility.use-is-the-difference": (
        "area meter factor prev curr use loss", [["东楼", "D1", 30, 10, 20, 303, 3], ["西楼", "D2", 30, 10, 20, 3000, None]],
        "F5", "必须改｜西楼 D2：（本月 20 − 上月 10）× 倍率，加损耗，应为 300，用量填的是 3,000，可能多打了一个 0。"),
    "utility.cost": (
        "area meter use rate cost", [["东楼", "S1", 130, 3.2, 416], ["西楼", "S2", 130, 3.2, 461]], "E5",
        "必须改｜西楼 S2：用量 130 × 单价 3.20 = 416.00 元，金额填的是 461.00 元，像是两个数字写颠倒了。"),
    "utility.meter-goes-on": (
        "period meter area prev curr", [["2025-09", "S1", "东楼", 560, 690], ["2025-10", "S1", "东楼", 960, 1080]], "D5",
        "请确认｜东楼 S1：2025-10的上月读数是 960，而 2025-09的本月读数是 690，接不上。请核对，换过表的请写明。"),
    "utility.one-row-a-meter": (
        "period meter curr", [["2025-09", "S1", 690], ["2025-09", "S1", 690]], "B5",
        "必须改｜表号 S1 在 2025-09 登记了 2 次（B4、B5），用量会多算。"),
    "utility.one-row-an-area": (
        "period area curr", [["2025-09", "东楼", 690], ["2025-09", "东楼", 690]], "B5",
        "必须改｜“东楼”在 2025-09 登记了 2 次（B4、B5），用量会多算。"),
    "utility.parts-within-the-whole": (
        "period kind area use", [["2025-09", "电", "东楼", 700], ["2025-09", "电", "西楼", 400], ["2025-09", "电", "总表", 1000]],
        "D6", "请确认｜2025-09 电各分表用量合计 1,100，多于总表 1,000，多 100。请核对读数和倍率。"),
    "greening.no-spraying-among-pupils": (
        "date area work", [["2025-09-06", "操场", "打药"], ["2025-08-20", "操场", "打药"], ["2025-09-03", "操场", "打药"]], "A6",
        "请确认｜操场 2025-09-03（星期三）打药，是学期内的上课日。校园打药应避开学生在校时间，请核对日期，或写明放学后作业、设警示。"),
    "greening.what-was-sprayed": (
        "date area work chem", [["2025-09-06", "操场", "修剪", None], ["2025-09-07", "操场", "施肥", None]], "D5",
        "请确认｜2025-09-07 操场 施肥，没有写用的什么药、什么肥，和领用登记对不上。请补上。"),
    "greening.twice-the-same": (
        "date area plant work", [["2025-09-06", "操场", "草坪", "修剪"], ["2025-09-06", "操场", "草坪", "修剪"]], "A5",
        "请确认｜2025-09-06 操场 草坪修剪登记了 2 次（A4、A5），请看是不是重复填写。"),
    "water.water-is-fit": (
        "date place item verdict remark", [["2025-08-26", "食堂", "菌落总数", "不合格", "已停用并复检"],
                                           ["2025-08-26", "一楼", "菌落总数", "不合格", None]], "D5",
        "必须改｜一楼 2025-08-26 水质检测“菌落总数”不合格，备注没有写怎么处理。请立即停用，清洗消毒后复检，并写明结果。"),
    "water.verdict-words": (
        "date place verdict", [["2025-08-26", "食堂", "还行"]], "C4",
        "请确认｜结论填的是“还行”，不在 合格、不合格 之列，请选一个。"),
    "water.dates-in-order": (
        "date place next_date", [["2025-08-28", "二楼", "2025-07-28"]], "C4",
        "必须改｜二楼下次时间 2025-07-28 早于本次 2025-08-28，请核对。"),
    "water.report-after-sample": (
        "date place report_date", [["2025-08-28", "二楼", "2025-07-28"]], "C4",
        "请确认｜二楼报告日期 2025-07-28 早于采样日期 2025-08-28，请核对。"),
    "water.turn-has-come": (
        "date place device next_date", [["2025-07-05", "一楼", "Y1", "2025-08-05"], ["2025-08-05", "一楼", "Y1", "2025-09-05"]],
        "D5", "提醒｜一楼 Y1应在 2025-09-05 再次清洗消毒，已过 7 天，没有见到记录。"),
    "water.twice-the-same": (
        "date place device content", [["2025-08-05", "一楼", "Y1", "内胆"], ["2025-08-05", "一楼", "Y1", "内胆"]], "A5",
        "请确认｜一楼 Y1 2025-08-05 登记了 2 次（A4、A5），请看是不是重复填写。"),
    "damage.as-the-rule-says": (
        "class who item qty orig comp_std comp", [["七年级(1)班", "甲", "凳子", 2, 45, "双倍", 180],
                                                  ["七年级(1)班", "乙", "门锁", 1, 30, "原价", 300]], "G5",
        "必须改｜七年级(1)班 乙“门锁”：标准 原价 30 元 × 数量 1 = 30.00 元，赔偿金额填的是 300.00 元，可能多打了一个 0。"),
    "damage.money-has-a-receipt": (
        "class who item comp receipt", [["七年级(1)班", "甲", "凳子", 0, None], ["七年级(1)班", "乙", "门锁", 30, None]], "E5",
        "请确认｜七年级(1)班 乙“门锁”赔偿 30.00 元，没有收据号。总务开单、会计室收款，收了的请补收据号，没收的请写明。"),
    "damage.wear-is-free": (
        "class item cause comp", [["七年级(1)班", "凳子", "自然损坏", 0], ["七年级(1)班", "桌面", "自然老化", 60]], "D5",
        "请确认｜七年级(1)班“桌面”的原因是“自然老化”，又填了赔偿 60.00 元。自然损坏不赔，请核对原因或金额。"),
    "damage.one-receipt-one-day": (
        "who item comp receipt", [["甲", "凳子", 30, "01"], ["甲", "凳子", 30, "01"]], "D5",
        "请确认｜收据 01（甲“凳子” 30.00 元）登记了 2 次（D4、D5），请调出收据核对。"),
    "dorm.beds-add-up": (
        "building room beds used free", [["1号楼", "101", 8, 7, 1], ["1号楼", "102", 8, 6, 3]], "C5",
        "必须改｜1号楼 102：已住 6 + 空床 3 = 9，床位数填的是 8。"),
    "dorm.a-bed-each": (
        "building room beds used", [["1号楼", "103", 8, 9]], "D4",
        "必须改｜1号楼 103已住 9 人，只有 8 张床，多 1 人。"),
    "dorm.one-sex-a-room": (
        "building room sex", [["1号楼", "101", "男"], ["2号楼", "101", "女"], ["1号楼", "101", "女"]], "C6",
        "必须改｜1号楼 101里男女都有（C4、C6），请核对房间号或性别。"),
    "dorm.one-row-a-room": (
        "building room beds", [["1号楼", "101", 8], ["2号楼", "101", 8], ["1号楼", "101", 8]], "B6",
        "必须改｜1号楼 101登记了 2 次（B4、B6），床位会多算。"),
    "dorm.one-bed-a-pupil": (
        "room pupil class", [["101", "甲", "七年级(1)班"], ["102", "甲", "七年级(1)班"]], "B5",
        "请确认｜七年级(1)班 甲安排了 2 个床位（B4、B5）。请看是同名，还是重复安排。"),
    "meeting.heads-add-up": (
        "date topic should present absent", [["2025-09-05", "作风学习", 12, 10, 1]], "D4",
        "必须改｜2025-09-05“作风学习”实到 10 + 缺席 1 人，与应到 12 人相差 1 人。"),
    "meeting.no-more-than-called": (
        "date topic should present", [["2025-09-08", "食堂培训", 8, 9]], "D4",
        "请确认｜2025-09-08“食堂培训”实到 9 人，多于应到 8 人。请核对，或写明列席的人。"),
    "meeting.in-term": (
        "date topic", [["2024-09-08", "食堂培训"]], "A4",
        "提醒｜“食堂培训”的日期 2024-09-08 不在本学期（2025-09-01 至 2026-01-23），请核对。"),
    "meeting.signed-twice": (
        "date topic person dept", [["2025-09-08", "培训", "郑一", "食堂"], ["2025-09-08", "培训", "郑一", "食堂"]], "C5",
        "请确认｜郑一在“培训”签到表上出现了 2 次（C4、C5），请看是不是同名。"),
    "work_log.problem-is-handled": (
        "date duty work problem handling", [["2025-09-01", "周某", "巡查", "正常。", None], ["2025-09-02", "吴某", "检修", "缺灯管", None]],
        "D5", "请确认｜2025-09-02 吴某记的问题“缺灯管”没有写怎么处理的。请补上处理情况，没处理完的写明谁在办。"),
    "work_log.in-term": (
        "date work", [["2024-09-04", "搬课桌"]], "A4",
        "提醒｜日志日期 2024-09-04 不在本学期（2025-09-01 至 2026-01-23），请核对年份和月份。"),
    "work_log.twice-the-same": (
        "date duty work", [["2025-09-05", "吴某", "搬课桌"], ["2025-09-05", "吴某", "搬课桌"]], "C5",
        "请确认｜2025-09-05 吴某同样的内容记了 2 次（C4、C5），请看是不是重复填写。"),
    "feedback.somebody-answers": (
        "source content owner done", [["教师", "延长午休", None, "不采纳"], ["家长", "加雨棚", None, "进行中"]], "C5",
        "请确认｜家长的意见“加雨棚”没有填“责任人”。每条意见都要有责任人和办结时限，请补上。"),
    "feedback.late": (
        "source content due done", [["教师", "修灯", "2025-09-05", "已完成"], ["学生", "加热汤", "2025-09-08", "进行中"]], "C5",
        "提醒｜学生的意见“加热汤”应在 2025-09-08 前办结，已过 4 天，还没有写完成。"),
    "feedback.done-says-how": (
        "source content measure done", [["教师", "修灯", "换灯", "已完成"], ["学生", "加热汤", None, "已完成"]], "C5",
        "请确认｜学生的意见“加热汤”写了已完成，没有写整改措施。请补上做了什么。"),
    "feedback.done-words": (
        "content done", [["修灯", "再说"]], "B4",
        "请确认｜完成情况填的是“再说”，不在 已完成、未完成、进行中、不采纳 之列，请选一个。"),
    "feedback.dates-in-order": (
        "date content due", [["2025-09-04", "延长午休", "2025-09-01"]], "C4",
        "必须改｜“延长午休”的完成时限 2025-09-01 早于提出日期 2025-09-04，请核对。"),
    "event.somebody-answers": (
        "event goods owner", [["运动会", "帐篷", "周某"], ["运动会", "饮水", None]], "C5",
        "请确认｜运动会“饮水”没有写负责人，届时找不到人。请补上。"),
    "event.no-more-back-than-out": (
        "event goods qty returned", [["运动会", "话筒", 4, 5]], "D4",
        "必须改｜运动会“话筒”借出 4，归还填的是 5，多 1。请核对。"),
    "event.not-back-yet": (
        "event date goods return_state", [["典礼", "2025-09-01", "桌布", "已归还"], ["典礼", "2025-09-01", "帐篷", "未归还"]],
        "D5", "提醒｜典礼（2025-09-01）借的“帐篷”至今 11 天仍是“未归还”，请催还或写明去向。"),
    "event.return-words": (
        "event goods return_state", [["典礼", "帐篷", "在路上"]], "C4",
        "请确认｜归还情况填的是“在路上”，不在 已归还、未归还、部分归还、不用归还 之列，请选一个。"),
    "event.dates-in-order": (
        "event date goods return_date", [["典礼", "2025-09-01", "帐篷", "2025-08-30"]], "D4",
        "请确认｜典礼“帐篷”归还日期 2025-08-30 早于活动时间 2025-09-01，请核对。"),
}  # fmt: skip


def test_every_check_of_a_plain_form_has_its_case():
    """A message that nobody has read may say anything."""
    assert {f"{name}.{check.id}" for name in PLAIN for check in FORMS[name].checks} == set(CASES)


@pytest.mark.parametrize("case", CASES)
def test_a_check_says_its_sentence_at_its_cell(case: str):
    """Level, cell and words; the rows before the last are in order and say nothing of it."""
    columns, rows, cell, said = CASES[case]
    form = FORMS[case.partition(".")[0]]
    table = make_table(form, columns, rows)
    ledger, _ = join_tables([table], form, None)
    findings = [*check_table(table, form, SCHOOL), *check_ledgers({form.id: ledger}, FORMS, SCHOOL, DAY)]
    check = next(each for each in form.checks if case.endswith(f".{each.id}"))
    told = [f for f in findings if f.code == check.code and f.place and f.place.cell == cell]
    assert [f"{f.level.title}｜{f.message}" for f in told] == [said]
    own = [f for f in findings if f.code == check.code and f.level == check.level]
    assert len(own) == 1, [f.line for f in own]
