"""The office's work plan, item by item, and the forms that show that an item was done (table of the domain page).

A form says in its own file, as `plan`, which items it is for; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """One item of the plan: its number there, what it asks for, and the ids of the forms that show it."""

    number: str
    title: str
    forms: tuple[str, ...]


def _item(number: str, title: str, forms: str) -> PlanEntry:
    return PlanEntry(number, title, tuple(forms.split()))


PLAN = (
    _item("三(一)1", "学习、作风", "meeting"),
    _item("三(一)2", "制度、岗位责任、工作日志、征求意见", "work_log feedback"),
    _item("三(二)1", "校产校舍管理、赔偿制度", "asset_register damage"),
    _item("三(二)2", "校产管理制度化，一室一表",
          "room_inventory asset_change asset_register asset_stocktake asset_disposal"),
    _item("三(二)3", "巡查、用水用电、检修、节约", "patrol utility repair"),
    _item("三(二)4", "爱护设施、草木", "patrol greening damage"),
    _item("三(三)1", "严禁乱收乱付", "cashbook claim_register"),
    _item("三(三)2", "按规定收费", "fee receipt_book"),
    _item("三(三)3", "预算", "budget budget_execution quota cashbook claim_register purchase_plan"),
    _item("三(三)4", "决算",
          "trial_balance journal bank_statement quota payables receipt_book cashbook claim_register fee works"),
    _item("三(四)1", "绿化养护", "greening"),
    _item("三(四)2", "药肥农具", "greening stock_in stock_issue"),
    _item("三(五)1", "学习", "meeting"),
    _item("三(五)2", "培训", "meeting"),
    _item("三(五)3", "后勤例会", "meeting"),
    _item("三(六)1", "日管控、周排查、月调度", "food_safety_log staff_health"),
    _item("三(六)2", "膳食委员会、满意度", "survey"),
    _item("三(六)3", "大宗采购、查验、索证索票、留样",
          "food_receipt food_issue food_stock food_card food_sample staff_health"),
    _item("三(六)4", "领导陪餐", "meal_companion"),
    _item("三(六)5", "食堂财务专户、公示", "canteen_journal canteen_statement meal_fee"),
    _item("三(六)6", "家长委员会、招标、定价", "meal_price survey meal_daily"),
    _item("四1", "配齐办公、卫生用品", "purchase_plan stock_in stock_issue stock_balance stock_card stocktake"),
    _item("四2", "检修灯、风扇、空调、一体机、门锁", "repair holiday_works"),
    _item("四3", "杂草、绿化修剪", "greening"),
    _item("四4", "整理桌凳、教室、宿舍", "desks desk_transfer dorm room_inventory"),
    _item("四5", "调整多余桌椅、登记", "desks desk_transfer"),
    _item("四6", "统计就餐人数", "meal_registration meal_daily meal_fee"),
    _item("四7", "新生校服上报发放", "uniform_order uniform_size_summary uniform_issue uniform_test"),
    _item("四8", "膳委会会议、餐标定价", "meal_price survey meeting"),
    _item("四9", "委员进校园、陪餐监督", "meal_companion meeting"),
    _item("四10", "饮水机消毒、末梢水检测", "water"),
    _item("四11", "食堂检查、员工培训", "food_safety_log staff_health"),
    _item("四12", "征求意见", "feedback survey"),
    _item("四13", "半学期总结", "meeting"),
    _item("四14", "工程预算施工", "works"),
    _item("四15", "配合各部门活动", "event stock_issue"),
    _item("四16", "固定资产登记、清查", "asset_register asset_change asset_stocktake asset_disposal room_inventory"),
    _item("四17", "寒假维修、下学期准备",
          "repair holiday_works stocktake stock_balance purchase_plan stock_in desks"),
)  # fmt: skip
