"""Buildings and grounds: faults by room, holiday works, patrols, meters, plants, water, damage, beds."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from generated.registry import makes
from generated.sheets import Column, Defect, Form, Record
from generated.spoil import Spoiler, emptied, slipped, written
from generated.words import (
    BLANK,
    CLASS_STYLES,
    DAY_STYLES,
    Said,
    cents,
    class_names,
    day,
    klass,
    money,
    number,
    person,
    school_days,
    word,
)

if TYPE_CHECKING:
    from random import Random

DEVICES = ("灯管", "风扇", "空调", "一体机", "门锁", "窗户", "插座", "讲桌", "黑板", "饮水机", "窗帘", "暖气片")


def too_early(name: str, after: str, style: str) -> Spoiler:
    """Put a day before the one that it follows."""

    def spoil(records: list[Record], rng: Random) -> int | None:
        able = [i for i, r in enumerate(records) if r.get(name, BLANK).said and _is_iso(r.get(after, BLANK).said)]
        if not able:
            return None
        at = rng.choice(able)
        records[at][name] = day(date.fromisoformat(str(records[at][after].said)) - timedelta(days=rng.randint(3, 9)),
            rng, style=style)
        return at

    return spoil


def _is_iso(text: str | None) -> bool:
    """Tell a day that was not spoilt before."""
    return bool(text) and str(text)[:4].isdigit()


@makes("repair")
def faults(rng: Random) -> Form:
    """Rooms down, devices across: what is broken, ticks for what is well."""
    style, records = rng.choice([s for s in CLASS_STYLES if s.endswith("班")]), []
    names = rng.sample(DEVICES, rng.randint(4, 8))
    well = rng.choice(["√", "", "完好", "正常"])
    way = rng.choice(["words", "crosses", "counts"])
    for n, (grade, cls) in enumerate(class_names(rng, rng.randint(5, 18)), 1):
        room = klass(grade, cls, rng, style=style)
        record: Record = {"+seq": number(n), "room": room}
        for j in range(len(names)):
            if rng.random() < (0.85 if well else 0.5):  # of blanks alone nobody could tell a list
                record[f"@{j}"] = Said(well or None, None)
            elif way == "counts":
                count = rng.randint(1, 4)
                record[f"@{j}"] = Said(count, str(count))
            else:
                text = "×" if way == "crosses" else rng.choice(["损坏", "不亮", "松动", "缺1个"])
                record[f"@{j}"] = Said(text, text)
        records.append(record)
    columns = [
        Column("+seq", ["序号"], 0.6), Column("room", ["教室", "地点", "班级", "房间"]),
        *[Column(f"@{j}", [name]) for j, name in enumerate(names)],
        Column(None, ["检查人", "班主任签字", "签字"], 0.6), Column(None, ["备注"], 0.5),
    ]  # fmt: skip
    return Form(
        "repair", ["教室设施检修登记表", "开学教室设备检查表", "班级设施检查情况表"], columns, records,
        infos=("检查日期：2025年8月28日",) if rng.random() < 0.5 else (),
        context={}, across={f"@{j}": {"device": name} for j, name in enumerate(names)}, value="fault",
    )  # fmt: skip


@makes("holiday_works")
def holiday_works(rng: Random) -> Form:
    """One row a job of the holiday, with its budget and its days."""
    jobs = ["教学楼屋面防水", "操场跑道修补", "宿舍楼水管更换", "教室墙面粉刷", "配电箱检修", "门窗维修", "围墙加固", "食堂排烟清洗", "路灯更换", "卫生间改造"]
    style, records = rng.choice([s for s in DAY_STYLES if s != "short"]), []
    for n, job in enumerate(rng.sample(jobs, rng.randint(4, len(jobs))), 1):
        start = date(2026, 1, rng.randint(20, 28))
        records.append({
            "seq": number(n), "item": word(job, rng), "place": word(rng.choice(["教学楼", "宿舍楼", "操场", "食堂"])),
            "content": word(f"{job}，更换损坏部分"), "qty": number(rng.randint(1, 200)),
            "uom": word(rng.choice(["㎡", "处", "个"])),
            "budget": money(Decimal(rng.randint(5, 300)) * 100, rng), "owner": word(person(rng)),
            "plan_start": day(start, rng, style=style), "plan_end": day(start + timedelta(days=rng.randint(3, 20)), rng,
                style=style),
            "fund": word("公用经费"), "state": Said("未开工", "未完成") if rng.random() < 0.5 else BLANK,
        })  # fmt: skip
    for record in records:
        if record["uom"].said == "㎡":
            record["uom"] = Said("平方米", "平方米")
    columns = [
        Column("seq", ["序号"], 0.8), Column("item", ["维修项目", "项目", "项目名称"]), Column("place", ["地点", "维修地点", "位置"]),
        Column("content", ["维修内容", "内容", "主要内容"]), Column("qty", ["数量", "工程量"], 0.6), Column("uom", ["单位"], 0.5),
        Column("budget", ["预算", "预算金额（元）", "预算金额", "预算（元）"]), Column("owner", ["责任人", "负责人"]),
        Column("plan_start", ["计划开工", "计划开工时间", "开工日期"]), Column("plan_end", ["计划完工", "计划完工时间", "完工日期"]),
        Column("state", ["完成情况", "进展情况"], 0.6), Column("fund", ["资金来源", "经费来源"], 0.6), Column("remark", ["备注"], 0.5),
    ]  # fmt: skip
    return Form(
        "holiday_works", ["2026年寒假维修计划表", "寒假维修项目安排表", "假期维修计划"], columns, records, totals=("budget",), unit="元",
        defects=(
            Defect("ends before it begins", ("bad-date",), "plan_end", too_early("plan_end", "plan_start", style)),
            Defect("nobody answers", ("missing",), "owner", emptied("owner")),
            Defect("no such state", ("unknown-word",), "state", written("state", "看情况")),
        ),
    )  # fmt: skip


@makes("patrol")
def patrol(rng: Random) -> Form:
    """One row a place looked at on a day; most are in order."""
    style, records = rng.choice(DAY_STYLES), []
    for n, when in enumerate(school_days(rng, rng.randint(6, 25)), 1):
        bad = rng.random() < 0.3
        records.append({
            "seq": number(n), "date": day(when, rng, style=style),
            "area": word(rng.choice(["教学楼", "宿舍楼", "操场", "食堂", "配电室"]), rng),
            "content": word(rng.choice(["消防器材", "门窗栏杆", "电路插座", "墙面屋顶"])),
            "hazard": word(rng.choice(["灭火器压力不足", "栏杆松动", "插座裸露"])) if bad else Said("无", "无"),
            "measure": word("更换并加固") if bad else BLANK, "fixer": word(person(rng)) if bad else BLANK,
            "done_date": day(when + timedelta(days=rng.randint(0, 4)), rng, style=style) if bad else BLANK,
            "state": Said("已整改", "已整改") if bad else BLANK, "patroller": word(person(rng)),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.7), Column("date", ["巡查日期", "日期", "检查日期"]),
        Column("area", ["巡查区域", "巡查地点", "检查部位", "区域"]), Column("content", ["巡查内容", "检查内容"]),
        Column("hazard", ["发现隐患", "安全隐患", "存在隐患", "存在问题"]), Column("measure", ["整改措施", "处理措施"]),
        Column("fixer", ["整改人", "整改责任人"], 0.8), Column("done_date", ["完成时间", "整改完成时间", "整改时间"]),
        Column("state", ["整改情况", "整改结果"], 0.6), Column("patroller", ["巡查人", "检查人", "巡查人员"]),
        Column("remark", ["备注"], 0.4),
    ]  # fmt: skip

    def left_open(rows: list[Record], chance: Random) -> int | None:
        able = [i for i, r in enumerate(rows) if r["hazard"].said != "无"]
        if not able:
            return None
        at = chance.choice(able)
        for name in ("measure", "fixer", "done_date", "state"):
            rows[at][name] = BLANK
        return at

    return Form(
        "patrol", ["校舍安全巡查记录表", "校园安全巡查登记表", "安全隐患排查记录"], columns, records,
        defects=(
            Defect("nothing done", ("not-closed",), "hazard", left_open),
            Defect("mended before it was seen", ("bad-date",), "done_date", too_early("done_date", "date", style)),
            Defect("no day", ("bad-date",), "date", written("date", "9.31", "上周")),
        ),
    )  # fmt: skip


@makes("utility")
def utility(rng: Random) -> Form:
    """One row a meter of one month, or the months of one meter."""
    of_month = rng.random() < 0.6
    kind, records = rng.choice(["水", "电"]), []
    rate, reading = Decimal(rng.randint(50, 400)) / 100, rng.randint(1000, 9000)
    style = rng.choice(["{m}月", "2025年{m}月", "2025.{m:02d}", "2025-{m:02d}"])
    areas = ["教学楼", "办公楼", "宿舍楼", "食堂", "操场", "实验楼", "图书馆"]
    by_name = not of_month and style == "{m}月"  # without a year months are of the school year
    for n in range(4 if by_name else rng.randint(4, 7)):
        use, factor = rng.randint(20, 400), rng.choice([1, 10, 20]) if kind == "电" and of_month else 1
        previous = rng.randint(1000, 9000) if of_month else reading
        reading = previous + use
        month = 10 if of_month else 9 + n if by_name else 5 + n
        records.append({
            "seq": number(n + 1), "period": Said(style.format(m=month), f"2025-{month:02d}"), "kind": word(kind),
            "meter": word(f"{(kind == '水' and 'S') or 'D'}{n + 1:02d}" if of_month else "总表"),
            "area": word(areas[n] if of_month else "全校"), "factor": number(factor), "prev": number(previous),
            "curr": number(reading), "use": number(use * factor, rng), "rate": number(rate),
            "cost": money(cents(use * factor * rate), rng), "reader": word("王五"),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.6), Column("period", ["月份", "抄表月份", "时间"]), Column("kind", ["类别", "水电类别"], 0.5),
        Column("meter", ["表号", "水表编号" if kind == "水" else "电表编号", "表计编号"], 0.7),
        Column("area", ["区域", "用电部位" if kind == "电" else "用水部位", "使用区域"]),
        *([Column("factor", ["倍率", "互感器倍率"])] if kind == "电" and of_month else []),
        Column("prev", ["上月读数", "上期读数", "上月止数", "上月表底"]), Column("curr", ["本月读数", "本期读数", "本月止数", "本月表底"]),
        Column("use", ["用量", "实用量", "本月用量", "用电量（度）" if kind == "电" else "用水量（吨）"]),
        Column("rate", ["单价", "单价（元）"]), Column("cost", ["金额", "金额（元）", "费用", "电费（元）" if kind == "电" else "水费（元）"]),
        Column("reader", ["抄表人", "抄表员"], 0.7), Column("remark", ["备注"], 0.5),
    ]  # fmt: skip
    return Form(
        "utility", ["水电用量统计表", "2025年水费统计表" if kind == "水" else "2025年电费统计表", "水电抄表记录"], columns, records,
        totals=("use", "cost"),
        defects=(
            Defect("wrong cost", ("amount-mismatch",), "cost", slipped("cost")),
            Defect("wrong use", ("sum-mismatch", "amount-mismatch"), "use", slipped("use")),
            Defect("runs backwards", ("meter-backwards", "sum-mismatch"), "curr", backwards),
        ),
    )  # fmt: skip


def backwards(records: list[Record], rng: Random) -> int:
    """Read a meter below the month before."""
    at = len(records) - 1 if rng.random() < 0.5 else rng.randrange(len(records))
    records[at]["curr"] = number(int(records[at]["prev"].said or 0) - rng.randint(50, 300))
    return at


@makes("greening")
def greening(rng: Random) -> Form:
    """One row a job among the plants."""
    style, records = rng.choice(DAY_STYLES), []
    for n, when in enumerate(school_days(rng, rng.randint(6, 20)), 1):
        job, chem, quantity, uom = rng.choice([("修剪", "", 0, ""), ("浇水", "", 0, ""), ("施肥", "复合肥", 5, "公斤"),
            ("除草", "", 0, ""), ("补植", "", 0, "")])
        records.append({
            "seq": number(n), "date": day(when, rng, style=style),
            "area": word(rng.choice(["教学楼前", "操场东侧", "校门两侧", "宿舍楼后"]), rng),
            "plant": word(rng.choice(["冬青", "草坪", "月季", "法桐"])), "work": word(job),
            "chem": word(chem) if chem else BLANK, "chem_qty": number(quantity) if chem else BLANK,
            "uom": word(uom) if uom else BLANK, "worker": word(person(rng)), "checker": word("王五"),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.7), Column("date", ["日期", "养护日期", "养护时间"]),
        Column("area", ["区域", "养护区域", "地点", "绿化区域"]), Column("plant", ["植物", "植物名称", "苗木名称"]),
        Column("work", ["养护内容", "养护项目", "作业内容"]),
        Column("chem", ["用药用肥", "药肥名称", "农药（肥料）名称"]), Column("chem_qty", ["用量", "药肥用量", "使用量"]),
        Column("uom", ["单位"], 0.6), Column("worker", ["作业人", "养护人", "作业人员"]), Column("checker", ["检查人", "验收人"], 0.7),
        Column("remark", ["备注"], 0.5),
    ]  # fmt: skip

    def sprays(rows: list[Record], chance: Random) -> int:
        at = chance.randrange(len(rows))
        rows[at]["work"], rows[at]["chem"] = word("打药除虫"), word("吡虫啉")
        return at

    def no_chem(rows: list[Record], chance: Random) -> int | None:
        able = [i for i, r in enumerate(rows) if r["work"].said == "施肥"]
        if not able:
            return None
        at = chance.choice(able)
        rows[at]["chem"] = BLANK
        return at

    return Form(
        "greening", ["绿化养护记录表", "校园绿化养护登记表"], columns, records,
        defects=(
            Defect("sprays among pupils", ("on-school-day",), "date", sprays, ("work",)),
            Defect("does not say what", ("missing",), "chem", no_chem),
            Defect("no day", ("bad-date",), "date", written("date", "9.31", "上周")),
        ),
    )  # fmt: skip


@makes("water")
def disinfected(rng: Random) -> Form:
    """One row a drinking fountain cleaned."""
    style, records = rng.choice(DAY_STYLES), []
    first = school_days(rng, 1)[0]
    for n in range(1, rng.randint(6, 18)):
        when = first + timedelta(days=n // 6)
        records.append({
            "seq": number(n), "date": day(when, rng, style=style), "device": word(f"YSJ-{n:02d}"),
            "place": word(f"教学楼{rng.randint(1, 5)}楼东"), "model": word("JN-2"),
            "content": word(rng.choice(["更换滤芯", "内胆除垢", "整机清洗消毒"])),
            "agent": word("二氧化氯250mg/L"), "minutes": number(rng.choice([20, 30, 40])), "operator": word(person(rng)),
            "checker": word("王五"), "next_date": day(when + timedelta(days=150), rng, style="dashes"),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.7), Column("date", ["日期", "清洗日期", "清洗消毒日期", "消毒时间"]),
        Column("device", ["设备编号", "饮水机编号", "编号"], 0.7), Column("place", ["位置", "安装位置", "放置地点"]),
        Column("model", ["型号", "设备型号"], 0.5),
        Column("content", ["清洗内容", "清洗消毒内容", "消毒内容"]), Column("agent", ["消毒剂及浓度", "消毒剂名称及浓度", "消毒药品"]),
        Column("minutes", ["时长（分钟）", "消毒时长（分钟）", "作用时间（分钟）"], 0.7),
        Column("operator", ["操作人", "消毒人", "操作人员"]), Column("checker", ["检查人", "监督人"], 0.7),
        Column("next_date", ["下次时间", "下次清洗日期", "下次消毒时间"], 0.5), Column("remark", ["备注"], 0.4),
    ]  # fmt: skip
    return Form(
        "water", ["饮水机清洗消毒记录表", "直饮水设备消毒登记表"], columns, records,
        defects=(
            Defect("next time before this", ("bad-date",), "next_date", too_early("next_date", "date", "dashes")),
            Defect("no day", ("bad-date",), "date", written("date", "9.31", "上周")),
        ),
    )  # fmt: skip


@makes("water")
def tested(rng: Random) -> Form:
    """One row an item of a water test."""
    style, records = rng.choice(DAY_STYLES), []
    items = [("总大肠菌群", "不得检出", "未检出"), ("菌落总数", "≤100", "12"), ("浑浊度", "≤1", "0.3"), ("pH", "6.5-8.5", "7.2"),
        ("游离余氯", "≥0.05", "0.12")]
    when, report = school_days(rng, 1)[0], f"JC2025{rng.randint(1000, 9999)}"
    for n, (place, (item, limit, result)) in enumerate([(p, i) for p in ("食堂末梢水",
        "教学楼饮水机")[: rng.randint(1, 2)] for i in items], 1):
        records.append({
            "seq": number(n), "place": word(place), "date": day(when, rng, style=style), "lab": word("示例检测有限公司"),
            "item": word(item), "standard": word(limit), "result": word(result), "verdict": Said("合格", "合格"),
            "report_no": word(report), "report_date": day(when + timedelta(days=7), rng, style=style),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.7), Column("place", ["采样点", "采样地点", "取样地点"]), Column("date", ["采样日期", "采样时间", "取样日期"]),
        Column("lab", ["检测单位", "检测机构", "检验单位"]), Column("item", ["检测项目", "检验项目", "项目"]),
        Column("standard", ["标准限值", "标准值", "限值"], 0.6), Column("result", ["检测结果", "结果", "检测值"]),
        Column("verdict", ["结论", "单项结论", "检测结论", "是否合格"]), Column("report_no", ["报告编号", "检测报告编号"]),
        Column("report_date", ["报告日期"], 0.6), Column("remark", ["备注"], 0.4),
    ]  # fmt: skip

    def early(rows: list[Record], chance: Random) -> int:
        at = chance.randrange(len(rows))
        rows[at]["report_date"] = day(when - timedelta(days=4), chance, style=style)
        return at

    return Form(
        "water", ["水质检测台账", "末梢水检测结果登记表"], columns, records,
        merged=("place",) if rng.random() < 0.3 else (),
        defects=(
            Defect("not fit", ("unfit",), "verdict", written("verdict", "不合格")),
            Defect("reported before it was drawn", ("bad-date",), "report_date", early),
            Defect("no verdict", ("unknown-word",), "verdict", written("verdict", "还行")),
        ),
    )  # fmt: skip
