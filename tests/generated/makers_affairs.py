"""People and paper: meetings, who came, the daily log, opinions, events."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from generated.makers_upkeep import too_early
from generated.registry import makes
from generated.sheets import Column, Defect, Form, Record
from generated.spoil import above, emptied, repeated, written
from generated.words import BLANK, DAY_STYLES, Said, day, number, person, school_days, word

if TYPE_CHECKING:
    from random import Random

TOPICS = ("食品安全培训", "后勤工作例会", "消防演练部署", "资产清查培训", "开学准备会", "水电节约专题会")
DEPTS = ("总务处", "教务处", "食堂", "宿管组", "保卫科")


@makes("meeting")
def meetings(rng: Random) -> Form:
    """One row a meeting or a training."""
    style, records = rng.choice(DAY_STYLES), []
    for n, when in enumerate(school_days(rng, rng.randint(4, 14)), 1):
        should = rng.randint(8, 40)
        absent = rng.choice([0, 0, 1, 2])
        records.append({
            "seq": number(n), "date": day(when, rng, style=style), "topic": word(rng.choice(TOPICS), rng),
            "place": word(rng.choice(["会议室", "报告厅"])), "host": word(person(rng)), "recorder": word("王五"),
            "should": number(should, rng, unit="人"), "present": number(should - absent), "absent": number(absent),
            "outcome": word("布置本周工作，明确分工"),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.8), Column("date", ["日期", "会议时间", "培训日期", "时间"]),
        Column("topic", ["会议主题", "主题", "会议名称", "培训内容", "学习内容"]), Column("place", ["地点", "会议地点"]),
        Column("host", ["主持人", "主讲人", "主持"]),
        Column("recorder", ["记录人"], 0.6), Column("should", ["应到人数", "应到"]), Column("present", ["实到人数", "实到"]),
        Column("absent", ["缺席人数", "缺席", "请假人数"], 0.8),
        Column("outcome", ["会议纪要", "主要内容", "会议内容摘要"][:1], 0.5), Column("remark", ["备注"], 0.5),
    ]  # fmt: skip
    return Form(
        "meeting", ["后勤会议培训台账", "会议记录汇总表", "2025年秋季培训台账"], columns, records,
        defects=(
            Defect("more than were called", ("over-limit", "sum-mismatch"), "present", above("present", "should")),
            Defect("no day", ("bad-date",), "date", written("date", "9.31", "上周")),
        ),
    )  # fmt: skip


@makes("meeting")
def signed_in(rng: Random) -> Form:
    """Who came to one meeting, its time and topic above."""
    topic, when = rng.choice(TOPICS), school_days(rng, 1)[0]
    records: list[Record] = [
        {"seq": number(n), "person": word(name, rng), "dept": word(rng.choice(DEPTS)),
            "post": word(rng.choice(["职员", "组长", "主任"])), "sign": BLANK}
        for n, name in enumerate(dict.fromkeys(person(rng) for _ in range(rng.randint(8, 30))), 1)
    ]  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.9), Column("person", ["姓名", "参会人员姓名"][:1]), Column("dept", ["部门", "处室", "单位"]),
        Column("post", ["职务", "岗位"], 0.8), Column("sign", ["签到", "签名", "签字"]), Column("remark", ["备注"], 0.5),
    ]  # fmt: skip
    written_day = f"{when.year}年{when.month}月{when.day}日"
    infos = (f"会议主题：{topic}　　时间：{written_day}　　地点：会议室",) if rng.random() < 0.6 else (f"会议主题：{topic}",
        f"时间：{written_day}　　地点：会议室　　主持人：张三")
    return Form(
        "meeting", ["会议签到表", "培训签到表"], columns, records, infos=infos,
        context={"topic": topic, "date": when.isoformat(), "place": "会议室"} | ({"host": "张三"} if len(infos) > 1 else {}),
        defects=(Defect("signed twice", ("duplicate",), "person", repeated("person", "dept")),),
    )  # fmt: skip


@makes("work_log")
def work_log(rng: Random) -> Form:
    """One row a day on duty."""
    style, records = rng.choice(DAY_STYLES), []
    jobs = ["检查各楼层卫生", "发放办公用品", "维修三楼灯管", "巡查宿舍水电", "验收食材", "修剪绿化带"]
    for n, when in enumerate(school_days(rng, rng.randint(6, 30)), 1):
        bad = rng.random() < 0.25
        records.append({
            "seq": number(n), "date": day(when, rng, style=style), "weekday": word(f"星期{'一二三四五六日'[when.weekday()]}"),
            "weather": word(rng.choice(["晴", "多云", "小雨"])), "duty": word(person(rng)),
            "work": word(rng.choice(jobs), rng), "done": word("已完成"),
            "problem": word("二楼水管渗漏") if bad else rng.choice([BLANK, word("无")]),
            "handling": word("已报修") if bad else BLANK,
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.5), Column("date", ["日期", "值班日期"]), Column("weekday", ["星期"], 0.6),
        Column("weather", ["天气", "天气情况"], 0.7), Column("duty", ["值班人", "值班人员", "记录人"]),
        Column("work", ["工作内容", "当日工作", "主要工作内容"]),
        Column("done", ["完成情况", "落实情况"]), Column("problem", ["存在问题", "发现问题", "问题"]),
        Column("handling", ["处理", "处理情况", "处理结果"]), Column("remark", ["备注"], 0.5),
    ]  # fmt: skip

    def left_open(rows: list[Record], chance: Random) -> int | None:
        able = [i for i, r in enumerate(rows) if r["handling"].said]
        if not able:
            return None
        at = chance.choice(able)
        rows[at]["handling"] = BLANK
        return at

    return Form(
        "work_log", ["后勤工作日志", "总务处值班日志", "后勤值班记录"], columns, records,
        defects=(
            Defect("nothing done", ("not-closed",), "problem", left_open, ("handling",)),
            Defect("no work", ("missing",), "work", emptied("work")),
            Defect("no day", ("bad-date",), "date", written("date", "9.31", "上周")),
        ),
    )  # fmt: skip


@makes("feedback")
def feedback(rng: Random) -> Form:
    """One row an opinion, until it is answered."""
    style, records = rng.choice(DAY_STYLES), []
    for n, when in enumerate(school_days(rng, rng.randint(5, 18)), 1):
        done = rng.random() < 0.7
        records.append({
            "seq": number(n), "date": day(when, rng, style=style), "source": word(rng.choice(["教师", "学生", "家长"])),
            "content": word(rng.choice(["午餐菜品单一", "厕所异味较大", "教室灯光偏暗", "饮水机水温低"]) + f"（第{n}条）", rng),
            "category": word(rng.choice(["食堂", "卫生", "设施"])), "owner": word(person(rng)), "measure": word("安排专人整改"),
            "due": day(when + timedelta(days=100), rng, style=style),
            "done_date": day(when + timedelta(days=rng.randint(1, 12)), rng, style=style) if done else BLANK,
            "done": rng.choice([Said("已完成", "已完成"), Said("已整改", "已完成")]) if done else Said("整改中", "进行中"),
            "reply": word("满意") if done else BLANK,
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.9), Column("date", ["日期", "征集日期", "提出时间"]), Column("source", ["来源", "意见来源", "提出人"]),
        Column("content", ["意见建议", "意见内容", "意见或建议", "征集意见"]), Column("category", ["类别", "意见类别"], 0.7),
        Column("owner", ["责任人", "责任部门", "整改责任人"]),
        Column("measure", ["整改措施", "处理措施", "整改措施及办法"][:2]), Column("due", ["完成时限", "整改时限", "整改期限"]),
        Column("done_date", ["完成时间", "完成日期"], 0.4), Column("done", ["完成情况", "整改情况", "落实情况"]),
        Column("reply", ["反馈", "反馈情况", "反馈意见"], 0.6), Column("remark", ["备注"], 0.4),
    ]  # fmt: skip
    return Form(
        "feedback", ["意见征集整改台账", "师生意见建议收集整改表"], columns, records,
        defects=(
            Defect("due before it was said", ("bad-date",), "due", too_early("due", "date", style)),
            Defect("no such word", ("unknown-word",), "done", written("done", "再议")),
            Defect("nothing said", ("missing",), "content", emptied("content")),
        ),
    )  # fmt: skip


@makes("event")
def event(rng: Random) -> Form:
    """One row a thing that an event needs."""
    style, records = rng.choice(DAY_STYLES), []
    things = [("音响", "套"), ("桌子", "张"), ("椅子", "把"), ("矿泉水", "瓶"), ("横幅", "条"), ("帐篷", "顶"), ("对讲机", "台")]
    names = ["秋季运动会", "开学典礼", "家长开放日", "元旦晚会"]
    for name, when in zip(rng.sample(names, rng.randint(2, 4)), school_days(rng, 4), strict=False):
        owner, place, dept = person(rng), rng.choice(["操场", "报告厅"]), rng.choice(["德育处", "团委", "体育组"])
        for thing, uom in rng.sample(things, rng.randint(1, 5)):
            quantity = rng.randint(2, 100)
            back = thing not in {"矿泉水", "横幅"}
            records.append({
                "seq": number(len(records) + 1), "event": word(name), "date": day(when, rng, style=style),
                "place": word(place), "host_dept": word(dept), "goods": word(thing, rng), "uom": word(uom),
                "qty": number(quantity),
                "owner": word(owner), "done": Said("已到位", "已完成"), "returned": number(quantity) if back else BLANK,
                "return_state": Said("已归还", "已归还") if back else Said("不用归还", "不用归还"),
            })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.8), Column("event", ["活动名称", "活动", "活动主题"]),
        Column("date", ["时间", "活动时间", "日期", "活动日期"]), Column("place", ["地点", "活动地点"]),
        Column("host_dept", ["主办部门", "承办部门", "申请部门"]),
        Column("goods", ["需求物品", "所需物品", "物品名称", "保障物资"]), Column("uom", ["单位"], 0.5), Column("qty", ["数量", "需求数量"]),
        Column("owner", ["负责人", "保障责任人", "责任人"]), Column("done", ["完成情况", "落实情况"]), Column("returned", ["归还数量"], 0.6),
        Column("return_state", ["归还情况", "是否归还", "归还"]), Column("remark", ["备注"], 0.5),
    ]  # fmt: skip
    return Form(
        "event", ["活动保障任务单", "大型活动后勤保障登记表", "活动后勤保障物资清单"], columns, records,
        merged=rng.choice([(), ("event",), ("event", "place", "host_dept")]),
        defects=(
            Defect("more back than out", ("over-limit",), "returned", above("returned", "qty")),
            Defect("nobody answers", ("missing",), "owner", emptied("owner")),
            Defect("no such word", ("unknown-word",), "return_state", written("return_state", "不记得")),
        ),
    )  # fmt: skip
