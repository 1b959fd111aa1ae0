"""What inspectors ask the canteen for: who ate with the pupils, what was looked at, who may cook."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from generated.makers_canteen import DISHES
from generated.makers_meals import weekday
from generated.registry import makes
from generated.sheets import Column, Defect, Form, Record
from generated.spoil import emptied, repeated, written
from generated.words import (
    BLANK,
    DAY_STYLES,
    Said,
    day,
    number,
    person,
    school_days,
    word,
)

if TYPE_CHECKING:
    from random import Random


@makes("meal_companion")
def meal_companion(rng: Random) -> Form:
    """Leaders who ate with the pupils."""
    style, said = rng.choice(DAY_STYLES), rng.choice(["星期", "周"])
    grades = [("优", "优"), ("良", "良"), ("良好", "良"), ("中", "中"), ("一般", "中"), ("优秀", "优")]

    def graded() -> Said:
        return Said(*rng.choice(grades))

    records: list[Record] = []
    for n, when in enumerate(school_days(rng, rng.randint(5, 30)), 1):
        told = rng.random() < 0.2
        records.append({
            "seq": number(n), "date": day(when, rng, style=style), "weekday": weekday(when, said), "meal": Said(*rng.choice([("午餐", "午餐"), ("中餐", "午餐")])),
            "leader": word(person(rng)), "post": word(rng.choice(["校长", "副校长", "总务主任", "教导主任"])), "menu": word("、".join(rng.sample(DISHES, 3))),
            "quality": graded(), "hygiene": graded(), "order": graded(), "service": graded(), "waste": word("较少浪费"),
            "advice": word("汤偏咸") if told else rng.choice([BLANK, word("无")]), "handled": word("已告知厨师") if told else BLANK,
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.5), Column("date", ["日期", "陪餐日期", "陪餐时间"]), Column("weekday", ["星期"], 0.6), Column("meal", ["餐次", "餐别"], 0.8),
        Column("leader", ["陪餐人", "陪餐领导", "陪餐人员"]), Column("post", ["职务"], 0.7), Column("menu", ["食谱", "菜品", "当日食谱"], 0.6),
        Column("quality", ["饭菜质量", "饭菜口味"]), Column("hygiene", ["卫生状况", "环境卫生", "食堂卫生"]), Column("order", ["就餐秩序", "学生就餐秩序"], 0.8),
        Column("service", ["服务态度"], 0.8), Column("waste", ["节约情况", "浪费情况"], 0.4), Column("advice", ["意见建议", "意见和建议", "存在问题"]),
        Column("handled", ["处理结果", "整改情况", "处理情况"]), Column("sign", ["签字", "陪餐人签字"], 0.4), Column("remark", ["备注"], 0.3),
    ]  # fmt: skip
    return Form(
        "meal_companion", ["学校领导陪餐记录表", "陪餐登记表", "校领导陪餐记录"], columns, records,
        defects=(
            Defect("no answer", ("open-issue",), "handled", _unanswered, ("advice",)),
            Defect("no such grade", ("not-allowed", "unknown-word"), "quality", written("quality", "还凑合吧", "说不好")),
            Defect("no day", ("bad-date",), "date", written("date", "昨天", "2025.9.31")),
        ),
    )  # fmt: skip


def _unanswered(rows: list[Record], rng: Random) -> int | None:
    at = rng.randrange(len(rows))
    rows[at]["advice"], rows[at]["handled"] = word("米饭偏硬"), BLANK
    return at


@makes("meal_companion")
def parent_companion(rng: Random) -> Form:
    """Parents who came to eat."""
    style, said = rng.choice(DAY_STYLES), rng.choice(["星期", "周"])
    grades = [("优", "优"), ("良好", "良"), ("好", "良"), ("一般", "中"), ("满意", "良")]
    records: list[Record] = []
    for n, when in enumerate(school_days(rng, rng.randint(4, 20)), 1):
        records.append({
            "seq": number(n), "date": day(when, rng, style=style), "weekday": weekday(when, said), "leader": word(person(rng)),
            **{part: Said(*rng.choice(grades)) for part in ("hygiene", "order", "service", "quality")}, "advice": rng.choice([BLANK, word("无")]),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.5), Column("date", ["日期", "陪餐日期"]), Column("weekday", ["星期"], 0.6), Column("leader", ["家长姓名", "陪餐家长", "家长代表"]),
        Column("hygiene", ["食堂卫生状况", "食堂环境卫生"]), Column("order", ["学生就餐秩序"]), Column("service", ["食堂员工工作情况", "食堂工作人员服务"]),
        Column("quality", ["饭菜质量", "饭菜质量评价"]), Column("advice", ["意见建议", "其他情况说明"]), Column("sign", ["家长签字", "家长签名"], 0.5),
        Column("remark", ["备注"], 0.3),
    ]  # fmt: skip
    return Form(
        "meal_companion", ["家长代表陪餐记录表", "家长陪餐评价表"], columns, records,
        defects=(
            Defect("no such grade", ("not-allowed", "unknown-word"), "quality", written("quality", "还凑合吧", "说不好")),
            Defect("no day", ("bad-date",), "date", written("date", "昨天", "2025.9.31")),
        ),
    )  # fmt: skip


@makes("food_safety_log")
def food_safety_daily(rng: Random) -> Form:
    """日管控: a row a thing to look at."""
    things = ["从业人员晨检合格、持证上岗", "原料来源可追溯", "食品在保质期内", "餐用具清洗消毒", "留样符合要求", "加工过程生熟分开", "环境卫生整洁", "冷藏冷冻温度正常",
              "三防设施完好", "添加剂专人专柜"]  # fmt: skip
    yes = rng.choice([("√", "是"), ("是", "是"), ("合格", "是"), ("符合", "是")])
    no = {"√": "×", "是": "否", "合格": "不合格", "符合": "不符合"}[yes[0]]
    records: list[Record] = []
    for n, thing in enumerate(things[: rng.randint(5, 10)], 1):
        bad = rng.random() < 0.1
        records.append({
            "seq": number(n), "area": word(rng.choice(["操作间", "仓库", "餐厅"])), "item": word(thing), "result": Said(no, "否") if bad else Said(*yes),
            "problem": word("个别未佩戴口罩") if bad else BLANK, "handled": word("已现场整改") if bad else BLANK,
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.9), Column("area", ["检查区域", "检查部位"], 0.4), Column("item", ["检查事项", "检查内容", "检查项目"]),
        Column("result", ["检查情况", "检查结果"]), Column("problem", ["存在问题", "存在主要问题", "不符合项说明"]),
        Column("handled", ["处置结果", "整改情况", "处理结果"]), Column("remark", ["备注"], 0.4),
    ]  # fmt: skip

    def no_problem(rows: list[Record], rng: Random) -> int | None:
        at = rng.randrange(len(rows))
        rows[at] |= {"result": Said(no, "否"), "problem": BLANK, "handled": word("已整改")}
        return at

    return Form(
        "food_safety_log", ["每日食品安全检查记录", "食品安全日管控检查记录表"], columns, records, titled=True,
        infos=("检查日期：2025年9月8日　　检查人：李四",), context={"check_date": "2025-09-08"},
        defects=(
            Defect("no and nothing said", ("open-issue",), "problem", no_problem, ("result", "handled")),
            Defect("no such result", ("not-allowed", "unknown-word"), "result", written("result", "待定", "再看")),
        ),
    )  # fmt: skip


@makes("food_safety_log")
def food_safety_weekly(rng: Random) -> Form:
    """周排查: a row a risk."""
    style = rng.choice(DAY_STYLES)
    risks = ["冷藏柜温度偏高", "消毒记录不全", "库房垫板不足", "纱窗破损", "留样标签缺项", "地面积水"]
    records: list[Record] = []
    for n in range(1, rng.randint(4, 15)):
        when = date(2025, 9, 5) + timedelta(days=7 * (n - 1))
        records.append({
            "seq": number(n), "week": word(f"第{n}周"), "check_date": day(when, rng, style=style), "checker": word("李四"), "risk": word(rng.choice(risks)),
            "cause": word("检查不细"), "measure": word("立即整改"), "person": word("张三"), "done": word("已完成"),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.4), Column("week", ["周次"]), Column("check_date", ["排查时间", "排查日期", "日期"]), Column("checker", ["排查人", "排查人员"], 0.7),
        Column("risk", ["风险隐患", "排查出的风险隐患", "存在的风险隐患"]), Column("cause", ["原因分析", "原因"], 0.7), Column("measure", ["整改措施", "治理措施"]),
        Column("person", ["责任人", "整改责任人"]), Column("done", ["完成情况", "整改完成情况", "是否完成"]), Column("remark", ["备注"], 0.4),
    ]  # fmt: skip
    return Form(
        "food_safety_log", ["每周食品安全排查治理报告", "食品安全周排查记录表"], columns, records, titled=True,
        defects=(
            Defect("not closed", ("open-issue",), "done", emptied("done"), ("risk",)),
            Defect("no measure", ("open-issue",), "measure", emptied("measure"), ("risk",)),
            Defect("no day", ("bad-date",), "check_date", written("check_date", "上周五", "2025.9.31")),
        ),
    )  # fmt: skip


@makes("food_safety_log")
def food_safety_monthly(rng: Random) -> Form:
    """月调度: a row a meeting."""
    style = rng.choice(DAY_STYLES)
    records: list[Record] = []
    for n, month in enumerate(range(9, 9 + rng.randint(2, 4)), 1):
        records.append({
            "seq": number(n), "check_date": day(date(2025, month, 26), rng, style=style), "host": word("王校长"), "attendees": word("张三、李四、王五"),
            "report": word("本月检查22次，发现问题3个"), "problem": word("消毒记录不全"), "focus": word("加强晨检"), "person": word("张三"),
        })  # fmt: skip
        records[-1]["report"] = word("本月检查22次，发现问题3个")
    columns = [
        Column("seq", ["序号"], 0.6), Column("check_date", ["会议时间", "调度日期", "时间"]), Column("host", ["主持人"]), Column("attendees", ["参会人员", "参加人员"]),
        Column("report", ["食品安全总监汇报情况", "本月工作汇报", "工作汇报"]), Column("problem", ["存在问题", "存在的问题"]),
        Column("focus", ["下月工作重点", "下月重点工作", "下步工作安排"]), Column("sign", ["签字"], 0.4), Column("remark", ["备注"], 0.4),
    ]  # fmt: skip
    return Form(
        "food_safety_log", ["每月食品安全调度会议纪要", "食品安全月调度会议记录"], columns, records, titled=True,
        defects=(Defect("no day", ("bad-date",), "check_date", written("check_date", "月底", "2025.9.31")),),
    )  # fmt: skip


@makes("staff_health")
def staff_health(rng: Random) -> Form:
    """Who cooks, and until when the certificate holds."""
    style = rng.choice([s for s in DAY_STYLES if s != "short"])
    records: list[Record] = []
    for n, name in enumerate(dict.fromkeys(person(rng) for _ in range(rng.randint(5, 20))), 1):
        issued = date(2025, rng.randint(3, 8), rng.randint(1, 28))
        records.append({
            "seq": number(n), "staff": word(name, rng), "sex": rng.choice([Said("男", "男"), Said("女", "女")]), "job": word(rng.choice(["厨师", "面点师", "帮厨", "保洁员", "仓管员"])),
            "cert_no": word(f"3703{issued:%Y}{n:05d}"), "issue": day(issued, rng, style=style), "expire": day(issued.replace(year=2026), rng, style=style),
            "trained": day(date(2025, 8, 28), rng, style=style),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.9), Column("staff", ["姓名", "员工姓名"]), Column("sex", ["性别"], 0.8), Column("job", ["岗位", "工种", "职务"]),
        Column("cert_no", ["健康证号", "健康证编号", "健康证明编号"]), Column("issue", ["发证日期", "办证日期", "体检日期"]),
        Column("expire", ["有效期至", "到期日期", "有效期限"]), Column("trained", ["培训日期", "培训时间"], 0.5), Column("remark", ["备注"], 0.4),
    ]  # fmt: skip
    return Form(
        "staff_health", ["食堂从业人员健康证登记表", "食堂工作人员健康证台账"], columns, records,
        defects=(
            Defect("expired", ("expired",), "expire", written("expire", "2025.11.30", "2025-10-01"), ("issue",)),
            Defect("one certificate twice", ("duplicate",), "cert_no", repeated("cert_no")),
            Defect("no name", ("missing",), "staff", emptied("staff")),
        ),
    )  # fmt: skip
