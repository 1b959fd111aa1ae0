"""The blanks of the canteen: meals, money, food, and the records that inspectors read."""

from __future__ import annotations

from blank_page import Page

SCHOOL = "学校（盖章）："
DAYS = [f"{day}日" for day in range(1, 32)]
SIGNED = ("制表人：", "审核人：", "负责人：")
_DAY_OF_ONE_MEAL = ("说明：一行一个班，一列一天，格内填这一餐的就餐人数；没有供餐的留空。标题里写明年、月。",)


def _month_of(meal: str) -> Page:
    return Page(meal, f"    年  月各班{meal}就餐人数统计表", (SCHOOL, "单位：人"), ("class",), ("统计人：",
        "食堂负责人："),
                _DAY_OF_ONE_MEAL, rows=24, words=(*DAYS, "备注"), headers={"class": "班级"})  # fmt: skip


MEAL_PAGES: dict[str, tuple[Page, ...]] = {
    "meal_daily": (
        Page("每日就餐", "每日就餐人数统计表", ("日期：    年  月  日", "星期：", "单位：人"),
             ("seq", "date", "class", "enrolled", "present", "breakfast", "lunch", "dinner", "leave", "remark"),
             ("值班教师：", "食堂签收：", "审核人："),
             ("说明：每天早上 9:00 前报食堂。实到＋请假＝应到；各餐人数不超过应到人数。",),
             rows=24, totals=("enrolled", "present", "breakfast", "lunch", "dinner", "leave")),
        *(_month_of(meal) for meal in ("早餐", "午餐", "晚餐")),
    ),
    "meal_fee": (
        Page("餐费收退", "餐费收退费表", ("班级：", "班主任：", "学期：    学年度第  学期", "单位：元"),
             ("seq", "pupil", "plan", "unit_price", "plan_meals", "prepaid", "real_meals", "due", "refund", "topup",
              "carry", "refund_way", "sign", "remark"),
             ("班主任：", "食堂会计：", "审核人：", "负责人："),
             ("说明：餐标×实际就餐餐数＝应收；预收－应收为正的填应退（或结转），为负的填应补。退费原路退回，不退现金。",
              "本表含学生姓名，只在学校内部使用；公示只列班级合计。"),
             rows=50, headers={"sign": "家长签字"}, widths={"pupil": 10, "sign": 12, "refund_way": 10},
             totals=("prepaid", "due", "refund", "topup", "carry")),
    ),
    "meal_price": (
        Page("餐标测算", "餐标成本测算表", ("餐次：", "月就餐人次：", "核定餐标：", "单位：元"),
             ("seq", "item", "uom", "month_qty", "price", "month_amt", "cost", "ratio", "remark"),
             ("测算人：", "膳食委员会主任：", "家长代表：", "校长："),
             ("说明：月用量×单价＝月金额；月金额÷月就餐人次＝每餐成本；各项每餐成本之和＝餐标，不超过核定餐标。",),
             widths={"item": 16, "remark": 14}, headers={"ratio": "占比(%)"}, totals=("month_amt", "cost", "ratio")),
    ),
    "food_receipt": (
        Page("采购验收", "食材采购验收台账", (SCHOOL, "月份：    年  月", "单位：元"),
             ("seq", "receipt_date", "food_class", "food", "spec", "uom", "qty", "price", "amount", "prod_date",
              "shelf_life", "supplier", "supplier_addr", "phone", "certs", "sensory", "checker1", "checker2", "buyer",
              "remark"),
             ("采购员：", "验收人（两人）：", "保管员：", "负责人："),
             ("说明：每批一行，由两名不同的人验收。肉、奶、油、米面要有检疫（检验）合格证明。一列单位只用一种：斤或公斤。",),
             widths={"seq": 4, "food": 11, "uom": 5, "qty": 6, "price": 7, "supplier": 11, "supplier_addr": 10,
                     "certs": 9, "sensory": 8, "checker1": 7, "checker2": 7, "buyer": 7, "food_class": 7},
             totals=("amount",)),
    ),
    "food_issue": (
        Page("出库登记", "食材出库登记表", (SCHOOL, "月份：    年  月", "单位：元"),
             ("seq", "out_date", "doc_no", "meal", "food_class", "food", "spec", "uom", "qty", "price", "amount", "use",
              "receiver", "issuer", "remark"),
             ("保管员：", "食堂会计：", "负责人："),
             ("说明：领一次登一行，当天用多少领多少；单价按入库单价或加权平均单价。退回库房的写负数，备注写明。",),
             widths={"seq": 4, "food": 12, "uom": 5, "qty": 7, "price": 7, "use": 12, "receiver": 8, "issuer": 8},
             totals=("amount",)),
    ),
    "food_stock": (
        Page("收发存", "食堂食材收发存月报表", (SCHOOL, "月份：    年  月", "单位：元"),
             ("seq", "category", "name", "spec", "uom", "open_qty", "open_price", "open_amt", "in_qty", "in_price",
              "in_amt", "out_qty", "out_price", "out_amt", "close_qty", "close_price", "close_amt", "remark"),
             ("保管员：", "食堂会计：", "审核人：", "负责人："),
             ("说明：期初＋入库－出库＝结存；数量×单价＝金额。一列单位只用一种：斤或公斤。",),
             widths={"seq": 4, "name": 12, "uom": 5}, totals=("open_amt", "in_amt", "out_amt", "close_amt")),
        Page("月末盘点", "食堂食材月末盘点表", (SCHOOL, "盘点日期：    年  月  日"),
             ("seq", "name", "spec", "uom", "book_qty", "real_qty", "gain_qty", "loss_qty", "reason", "remark"),
             ("盘点人：", "监盘人：", "保管员：", "负责人："),
             ("说明：盘盈＝实盘－账面，盘亏＝账面－实盘，只填一栏；有差异的写明原因。",),
             widths={"name": 14, "reason": 16}),
    ),
    "food_sample": (
        Page("留样记录", "食品留样记录表", (SCHOOL, "月份：    年  月"),
             ("seq", "date", "meal", "dish", "grams", "time_in", "temp", "who", "auditor", "time_out", "who_out",
              "remark"),
             ("食品安全员：", "负责人："),
             ("说明：每餐每个品种留样不少于 125 克，专用冰箱冷藏不少于 48 小时。留样、处理时间写到几点几分。",),
             headers={"grams": "留样量(g)"}, widths={"dish": 14, "time_in": 15, "time_out": 15}),
    ),
    "meal_companion": (
        Page("陪餐记录", "学校负责人陪餐记录表", (SCHOOL, "月份：    年  月"),
             ("seq", "date", "weekday", "meal", "leader", "post", "menu", "quality", "hygiene", "order", "service",
              "waste", "advice", "handled", "sign"),
             ("食堂负责人：", "校长："),
             ("说明：每餐至少一名学校负责人陪餐。评价填优、良、中、差；提出的意见要写处理结果。",),
             widths={"menu": 16, "advice": 16, "handled": 14, "weekday": 6, "meal": 7}),
        Page("家长陪餐", "家长代表陪餐记录表", (SCHOOL, "月份：    年  月"),
             ("date", "weekday", "meal", "leader", "hygiene", "order", "service", "quality", "advice", "sign",
                 "remark"),
             ("食堂负责人：", "校长："),
             headers={"leader": "陪餐家长", "hygiene": "食堂卫生状况", "order": "学生就餐秩序",
                 "service": "食堂员工工作",
                      "advice": "其他情况说明", "sign": "家长签字"},
             widths={"advice": 18, "sign": 12}),
    ),
    "canteen_journal": (
        Page("日记账", "食堂日记账", (SCHOOL, "月份：    年  月", "单位：元"),
             ("date", "voucher", "summary", "account", "income", "expense", "balance", "person", "remark"),
             ("食堂会计：", "出纳：", "负责人："),
             ("说明：日清月结，逐笔登记；上一笔余额＋收入－支出＝余额。月末与专户银行对账单核对。",),
             widths={"summary": 24}, totals=("income", "expense")),
    ),
    "canteen_statement": (
        Page("收支公示", "食堂收支公示表", (SCHOOL, "月份：    年  月", "单位：元"),
             ("seq", "item", "month_amt", "year_amt", "ratio", "remark"),
             ("编制人：", "审核人：", "单位（盖章）："),
             ("说明：按一、伙食费收入，二、伙食费支出（1.菜品 2.米、油 3.调味品 4.其他物料 5.燃气 6.水电 7.工资），",
              "三、税金及附加，四、管理费用，五、财务费用，六、营业利润，九、营业利润率的次序填写。",
              "本表于每月 15 日前公示，公示期    天，监督电话：        。"),
             widths={"item": 30, "month_amt": 15, "year_amt": 15, "remark": 16}, portrait=True),
    ),
    "food_safety_log": (
        Page("每日检查", "每日食品安全检查记录表", (SCHOOL, "检查日期：    年  月  日", "检查人："),
             ("seq", "area", "item", "result", "problem", "handled"), ("检查人：", "食品安全总监："),
             ("说明：检查情况填是或否；填否的写明问题和处置结果。没有风险也要记录。",),
             widths={"area": 14, "item": 36, "problem": 20, "handled": 20}),
        Page("每周排查", "每周食品安全排查治理报告", (SCHOOL, "周次：第    周"),
             ("week", "check_date", "checker", "risk", "cause", "measure", "person", "done"),
             ("食品安全总监：", "负责人："),
             headers={"check_date": "排查时间", "checker": "排查人"},
             widths={"risk": 24, "cause": 16, "measure": 22, "done": 14}),
        Page("每月调度", "每月食品安全调度会议纪要", (SCHOOL, "学期：    学年度第  学期"),
             ("check_date", "host", "attendees", "report", "problem", "focus", "sign"),
             ("记录人：", "负责人："),
             headers={"check_date": "会议时间"}, widths={"attendees": 18, "report": 28, "problem": 20, "focus": 20}),
    ),
    "staff_health": (
        Page("健康证", "食堂从业人员健康证台账", (SCHOOL, "登记日期：    年  月  日"),
             ("seq", "staff", "sex", "job", "cert_no", "issue", "expire", "trained", "remark"),
             ("食品安全员：", "负责人："),
             ("说明：健康证到期前 30 天安排体检换证；没有有效健康证不得上岗。",), widths={"cert_no": 18}),
    ),
    "survey": (
        Page("满意度", "食堂满意度测评汇总表", (SCHOOL, "测评时间：    年  月  日", "测评对象："),
             ("seq", "question", "sent", "returned", "very_good", "good", "fair", "bad", "other", "rate", "remark"),
             ("统计人：", "膳食委员会主任：", "校长："),
             ("说明：每学期至少一次。各选项相加＝回收；满意率请写明“基本满意”算不算满意，全表用一种算法。",),
             headers={"rate": "满意率(%)"}, widths={"question": 26, "very_good": 9, "fair": 9}),
    ),
}  # fmt: skip
