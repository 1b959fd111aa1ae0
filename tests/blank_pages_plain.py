"""The blank workbooks of the plainer forms: lists of repairs in the holidays, rounds, meters, meetings and the like."""

from __future__ import annotations

from blank_page import Page

FILLED_BY = "填报单位（盖章）："
TERM = "学期：    学年度第  学期"
FOOTER = ("制表人：", "审核人：", "负责人：")

PLAIN_PAGES: dict[str, tuple[Page, ...]] = {
    "holiday_works": (
        Page("假期维修计划", "寒暑假维修计划表", (FILLED_BY, "填报日期：    年  月  日", "单位：元"),
             ("seq", "item", "place", "content", "qty", "uom", "budget", "owner", "plan_start", "plan_end", "state",
              "fund", "remark"), FOOTER,
             ("说明：一行一个项目；预算合计不超过维修（护）费的预算。完工后填完成情况。",),
             widths={"item": 16, "place": 13, "content": 22, "uom": 6}, totals=("budget",)),
    ),
    "patrol": (
        Page("巡查记录", "校舍安全巡查记录表", (FILLED_BY, TERM),
             ("seq", "date", "time", "area", "item", "content", "finding", "hazard", "measure", "fixer", "done_date",
              "state", "patroller", "remark"), ("安全负责人：", "审核人：", "负责人："),
             ("说明：没有隐患的“隐患”栏填“无”；有隐患的要写整改措施、整改人和完成时间。",),
             widths={"area": 13, "content": 14, "hazard": 16, "measure": 16}),
    ),
    "utility": (
        Page("水电用量", "水电用量统计表", (FILLED_BY, "抄表日期：    年  月  日", "单位：元"),
             ("seq", "period", "kind", "meter", "area", "factor", "prev", "curr", "loss", "use", "rate", "cost",
              "reader", "remark"), ("抄表人：", "审核人：", "负责人："),
             ("说明：用量＝（本月读数－上月读数）×倍率＋损耗；金额＝用量×单价。换表、走满归零的在备注写明。",),
             widths={"area": 13}, totals=("use", "cost")),
    ),
    "greening": (
        Page("绿化养护", "绿化养护记录表", (FILLED_BY, TERM),
             ("seq", "date", "area", "plant", "work", "chem", "chem_qty", "uom", "worker", "checker", "remark"),
             ("养护负责人：", "审核人：", "负责人："),
             ("说明：打药、施肥的写明名称和用量，与领用登记对得上；打药避开学生在校时间。",),
             widths={"area": 13, "work": 16, "chem": 13, "uom": 6}),
    ),
    "water": (
        Page("清洗消毒", "饮水机清洗消毒记录", (FILLED_BY, TERM),
             ("seq", "date", "device", "place", "model", "content", "agent", "minutes", "operator", "checker",
              "next_date", "remark"), ("负责人：", "审核人：", "校长："),
             ("说明：开学前每台都要清洗消毒并登记；一台一行。",),
             headers={"date": "清洗日期", "minutes": "时长(分钟)"}, widths={"place": 14, "content": 16, "agent": 14}),
        Page("水质检测", "水质检测台账", (FILLED_BY, TERM),
             ("seq", "date", "place", "lab", "item", "standard", "result", "verdict", "report_no", "report_date",
              "remark"), ("登记人：", "审核人：", "负责人："),
             ("说明：一行一个检测项目；不合格的在备注写明停用、清洗和复检的情况。检测报告要公示。",),
             headers={"date": "采样日期", "place": "采样点"}, widths={"place": 14, "lab": 16, "report_no": 14}),
    ),
    "damage": (
        Page("损坏赔偿", "公物损坏赔偿登记表", (FILLED_BY, TERM, "单位：元"),
             ("seq", "date", "class", "who", "item", "qty", "state", "cause", "orig", "comp_std", "comp", "receipt",
              "handler", "sign", "remark"), ("登记人：", "会计：", "负责人："),
             ("说明：自然损坏不赔；赔偿金额＝赔偿标准×数量。总务开单，会计室收款，收据号填全。",
              "本表含学生姓名，公示只列班级合计。"),
             widths={"item": 13, "state": 13}, totals=("comp",)),
    ),
    "dorm": (
        Page("床位统计", "宿舍床位安排表", (FILLED_BY, "统计日期：    年  月  日"),
             ("seq", "building", "room", "sex", "beds", "used", "free", "class", "head", "warden", "remark"),
             ("宿管：", "审核人：", "负责人："),
             ("说明：一行一间；已住＋空床＝床位数。",), totals=("beds", "used", "free")),
        Page("住宿生名单", "住宿生床位名单", (FILLED_BY, "统计日期：    年  月  日"),
             ("seq", "building", "room", "bed_no", "pupil", "sex", "class", "teacher", "remark"),
             ("宿管：", "审核人：", "负责人："),
             ("说明：一行一人。本表含学生姓名，只在内部使用。",), rows=40, portrait=True),
    ),
    "meeting": (
        Page("会议培训台账", "会议培训台账", (FILLED_BY, TERM),
             ("seq", "date", "topic", "place", "host", "should", "present", "absent", "people", "outcome", "recorder",
              "remark"), FOOTER, ("说明：一行一次；实到＋缺席＝应到。签到表附后。",),
             widths={"topic": 20, "people": 14, "outcome": 20}),
        Page("签到表", "会议（培训）签到表", ("主题：", "时间：    年  月  日", "地点：", "主持人："),
             ("seq", "person", "dept", "post", "sign", "remark"), ("记录人：", "审核人："),
             ("说明：本人签到，不代签。",),
             widths={"sign": 14}, portrait=True),
    ),
    "work_log": (
        Page("工作日志", "后勤工作日志", (FILLED_BY, TERM),
             ("seq", "date", "weekday", "weather", "duty", "work", "done", "problem", "handling", "remark"),
             ("记录人：", "负责人："), ("说明：一天一行；有问题的写明怎么处理、谁在办。",),
             widths={"weekday": 7, "weather": 7, "work": 30, "problem": 18, "handling": 18}),
    ),
    "feedback": (
        Page("意见台账", "意见征集整改台账", (FILLED_BY, TERM),
             ("seq", "date", "source", "content", "category", "owner", "measure", "due", "done_date", "done", "reply",
              "remark"), ("登记人：", "审核人：", "负责人："),
             ("说明：一行一条意见，每条都要有责任人和完成时限；办完的写整改措施和反馈。",),
             widths={"content": 26, "measure": 22}),
    ),
    "event": (
        Page("活动保障", "活动保障任务单", (FILLED_BY, TERM),
             ("seq", "event", "date", "place", "host_dept", "goods", "qty", "uom", "owner", "done", "returned",
              "return_state", "return_date", "remark"), ("保障负责人：", "主办部门：", "审核人："),
             ("说明：一行一种物品；借用的填归还数量、归还情况和归还日期，消耗品选“不用归还”。",),
             widths={"event": 16, "place": 12, "goods": 14, "uom": 6}),
    ),
}  # fmt: skip
