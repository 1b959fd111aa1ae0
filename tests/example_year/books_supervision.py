"""What the canteen keeps to be looked at: who ate with the pupils, what was kept as samples, what was asked of them."""

from __future__ import annotations

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from example_year.office import Column, Table

if TYPE_CHECKING:
    from datetime import date

    from example_year.office import Office, Record
    from example_year.year import School

COMPANIONS, SAMPLES, SURVEYS = "校领导陪餐记录2025.xlsx", "食品留样记录2025.xlsx", "食堂满意度测评2025.xlsx"
LEADERS = (("王建民", "校长"), ("李秀芳", "副校长"), ("赵国强", "副校长"), ("周正国", "后勤主任"), ("刘玉梅", "教导主任"), ("陈志远", "政教主任"))
MENU = (
    ("土豆烧鸡块", "清炒大白菜", "米饭"), ("西红柿炒鸡蛋", "肉末豆腐", "馒头"), ("红烧肉炖土豆", "醋溜白菜", "米饭"), ("宫保鸡丁", "家常豆腐", "花卷"),
    ("肉丝炒白菜", "西红柿鸡蛋汤", "米饭"), ("木须肉", "白菜炖豆腐", "馒头"), ("鸡块炖土豆", "西红柿炒豆腐", "米饭"),
)  # fmt: skip
ADVICE = {17: ("米饭稍硬", "已告知厨师长，第二天调整水量"), 58: ("取餐口排队较长", "错峰五分钟下课，分两个窗口"), 103: ("汤偏凉", "添置保温桶"), 140: ("希望增加时令蔬菜", "已列入下周食谱")}
# Questions of a survey: how many of the returned sheets found it very good, good, fair, bad
SPRING = ("饭菜口味", "饭菜分量", "价格", "餐厅卫生", "服务态度", "打餐秩序")
AUTUMN = ("饭菜质量总体评价", "荤素搭配", "饭菜温度", "餐具清洁", "工作人员着装", "意见处理")


def write_supervision(office: Office, year: School) -> None:
    """Write all of them."""
    days = sorted({day for day, _ in year.canteen.counts})
    for sheet, own in (("春季", [day for day in days if day.month < 8]), ("秋季", [day for day in days if day.month >= 8])):
        _companions(office, sheet, own, len([day for day in days if day < own[0]]))
        _samples(office, sheet, own)
    _survey(office, "春季学期", SPRING, (420, 408), 4)
    _survey(office, "秋季学期", AUTUMN, (420, 411), 2)


def _menu(day: date) -> tuple[str, str, str]:
    return MENU[day.toordinal() % len(MENU)]


def _companions(office: Office, sheet: str, days: list[date], before: int) -> None:
    records: list[Record] = []
    for n, day in enumerate(days, before):
        leader, post = LEADERS[n % len(LEADERS)]
        advice, handled = ADVICE.get(n, ("无", None))
        records.append({
            "date": day, "weekday": f"星期{'一二三四五六日'[day.weekday()]}", "meal": "午餐", "leader": leader, "post": post, "menu": "、".join(_menu(day)),
            "quality": "良" if n in ADVICE else "优", "hygiene": "优", "order": "良" if n == 58 else "优", "service": "优", "advice": advice, "handled": handled,
        })  # fmt: skip
    columns = [Column("date", "日期", "date"), Column("weekday", "星期", width=9), Column("meal", "餐次", width=8), Column("leader", "陪餐人"), Column("post", "职务"),
               Column("menu", "食谱", "left", 32), Column("quality", "饭菜质量"), Column("hygiene", "卫生状况"), Column("order", "就餐秩序"),
               Column("service", "服务态度"), Column("advice", "意见建议", "left", 20), Column("handled", "处理结果", "left", 28)]  # fmt: skip
    office.table(COMPANIONS, sheet, Table("meal_companion", f"示例中学校领导陪餐记录表（2025年{sheet}）", columns, records, infos=("学校：示例中学", "评价：优、良、中、差"), footers=("记录人：　　　　审核人：",)))


def _samples(office: Office, sheet: str, days: list[date]) -> None:
    records: list[Record] = [
        {"date": day, "meal": "午餐", "dish": dish, "grams": 130 + 5 * ((day.toordinal() + n) % 5), "time_in": f"{day} 11:{20 + 5 * n}",
         "temp": f"{3 + (day.toordinal() + n) % 3}℃", "who": "高振华", "auditor": "孙立平", "time_out": f"{day + timedelta(days=2)} 12:30", "who_out": "高振华"}
        for day in days for n, dish in enumerate(_menu(day))
    ]  # fmt: skip
    columns = [Column("date", "日期", "date"), Column("meal", "餐次", width=8), Column("dish", "食品名称", "left", 18), Column("grams", "留样量（克）", "number", 12),
               Column("time_in", "留样时间", width=18), Column("temp", "冰箱温度"), Column("who", "留样人"), Column("auditor", "审核人"),
               Column("time_out", "处理时间", width=18), Column("who_out", "处理人")]  # fmt: skip
    office.table(SAMPLES, sheet, Table("food_sample", f"示例中学食堂食品留样记录表（2025年{sheet}）", columns, records, infos=("学校：示例中学食堂", "留样冰箱：一号"), footers=("食品安全员：",)))


def _survey(office: Office, sheet: str, questions: tuple[str, ...], sheets: tuple[int, int], worst: int) -> None:
    sent, returned = sheets
    records: list[Record] = []
    for n, question in enumerate(questions):
        bad, fair = 3 + 2 * (n == worst), 21 + 3 * n
        good = 118 + 4 * n
        satisfied = Decimal(returned - bad) * 100 / returned
        records.append({"seq": n + 1, "question": question, "sent": sent, "returned": returned, "very_good": returned - good - fair - bad, "good": good, "fair": fair,
                        "bad": bad, "rate": float(satisfied.quantize(Decimal("0.01"), ROUND_HALF_UP))})  # fmt: skip
    columns = [Column("seq", "序号", "number", 6), Column("question", "题目", "left", 22), Column("sent", "发放份数", "number"), Column("returned", "回收份数", "number"),
               Column("very_good", "非常满意", "number"), Column("good", "满意", "number"), Column("fair", "基本满意", "number"), Column("bad", "不满意", "number"),
               Column("rate", "满意率（%）", "percent")]  # fmt: skip
    office.table(SURVEYS, sheet, Table("survey", f"示例中学2025年{sheet}食堂满意度测评汇总表", columns, records, infos=("对象：学生、家长",), footers=("满意率含“基本满意”。　　膳食委员会主任：",)))
