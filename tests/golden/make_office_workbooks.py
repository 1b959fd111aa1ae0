"""Write the workbooks of `office`: as offices keep them by hand, several forms in one folder, each read without a question.

Weekdays under a title that names the week, month and day in two columns, groups of electricity and water, payments in
parts, amounts in 万元 with percentages as text.
"""

from __future__ import annotations

from make_workbooks import write


def wide(text: str, width: int) -> list[object]:
    """Give a title over so many columns."""
    return [text, *[None] * (width - 1)]


def main() -> None:
    """Write all of them."""
    write("office/workbooks/第5周就餐.xlsx", {"Sheet1": ([
        wide("第5周学生午餐就餐人数统计（9月29日—10月3日）", 7),
        ["班级", "周一", "周二", "周三", "周四", "周五", "合计"],
        ["七(1)", 43, 44, None, None, None, 87],
        ["七(2)", 45, "44人", None, None, None, 98],
        ["合计", 88, 88, None, None, None, 176],
    ], ["A1:G1"])})
    write("office/workbooks/维修记录.xlsx", {"9月": ([
        wide("后勤维修记录（9月）", 8),
        ["月", "日", "报修部门", "维修内容", "维修人", "材料及数量", "费用", "验收人"],
        [9, 2, "七(2)班", "灯管2支不亮", "孙师傅", "灯管2支", "36元", "张老师"],
        [None, 2, "教务处", "门锁损坏", "孙师傅", "锁芯1把", "￥45", "李老师"],
        [None, 5, "男厕", "水龙头漏水", "孙师傅", "水龙头1个", 28, "王五"],
        ["合计", None, None, None, None, None, 119, None],
    ], ["A1:H1"])})
    write("office/workbooks/水电抄表.xlsx", {"10月": ([
        wide("2025年10月水电抄表统计表（单位：元）", 11),
        ["序号", "地点", "用电", None, None, None, "用水", None, None, None, "备注"],
        [None, None, "上月读数", "本月读数", "用量", "金额", "上月读数", "本月读数", "用量", "金额", None],
        [1, "教学楼", 1200, 1580, 380, 228, 300, 345, 45, 157.5, None],
        [2, "办公楼", 800, 950, 510, 90, 120, 131, 11, 38.5, None],
        [3, "食堂", 5000, 6200, 1200, 720, 2200, 2480, 280, 980, None],
        ["合计", None, None, None, 1730, 1038, None, None, 336, 1176, None],
    ], ["A1:K1", "C2:F2", "G2:J2", "A2:A3", "B2:B3", "K2:K3"])})
    write("office/workbooks/预算执行.xlsx", {"Sheet1": ([
        wide("2025年1—10月预算执行情况表", 7),
        wide("单位：万元", 7),
        ["科目", "年初预算", "调整", "调整后预算", "累计支出", "执行率", "结余"],
        ["  办公费", 60, None, 60, 52.3, "87.17%", 7.7],
        ["  水电费", 45, 5, 50, 41, "82%", 9],
        ["  维修费", 70, None, 70, 35, "50%", 53],
        ["合计", 175, 5, 180, 128.3, "71.28%", 51.7],
    ], ["A1:G1", "A2:G2"])})
    write("office/workbooks/暑期维修工程.xlsx", {"Sheet1": ([
        wide("2025年暑期维修工程明细", 10),
        ["序号", "工程名称", "施工单位", "合同金额", "结算审定", "已付款", None, None, "未付", "备注"],
        [None, None, None, None, None, "预付", "进度", "合计", None, None],
        [1, "教学楼外墙维修", "示例建筑公司", 180000, 176500, 54000, 100000, 154000, 22500, None],
        [2, "操场塑胶修补", "示例体育公司", 60000, 58000, None, 58000, 58000, 0, None],
        [3, "厕所改造", "示例装饰公司", 95000, 94800, 30000, 60000, 90000, 8400, None],
        ["合计", None, None, 335000, 329300, 84000, 218000, 302000, 30900, None],
    ], ["A1:J1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3", "F2:H2", "I2:I3", "J2:J3"])})
    write("office/workbooks/留样.xlsx", {"Sheet1": ([
        wide("食品留样记录", 8),
        wide("2025年10月", 8),
        ["日期", "餐次", "菜名", "留样量(g)", "留样时间", "留样人", "销毁时间", "销毁人"],
        ["8", "早", "馒头", 150, "7:00", "孙一", "10日7:00", "孙一"],
        [None, None, "小米粥", 150, "7:00", "孙一", "10日7:00", "孙一"],
        [None, "午", "红烧肉", "150g", "11:20", "孙一", "10日11:30", "孙一"],
        [None, None, "白菜", 100, "11:20", "孙一", "10日11:30", "孙一"],
        [9, "早", "包子", 150, "7:00", "钱二", "11日7:00", "钱二"],
    ], ["A1:H1", "A2:H2", "A4:A7", "B4:B5", "B6:B7"])})
    write("office/workbooks/例会.xlsx", {"Sheet1": ([
        wide("后勤例会签到及记录", 5),
        ["会议时间：2025年9月5日15:00", None, "地点：二楼会议室", None, None],
        ["主持人：王主任", None, "记录人：李四", None, None],
        ["序号", "姓名", "部门", "签到", "备注"],
        [1, "张三", "总务处", "√", None],
        [2, "孙师傅", "维修组", None, "请假"],
        ["会议内容：", "一、开学物资发放；二、安全排查。", None, None, None],
    ], ["A1:E1", "B7:E7"])})
    write("office/workbooks/运动会.xlsx", {"Sheet1": ([
        wide("运动会后勤保障任务安排", 7),
        ["序号", "任务", "时间", "地点", "责任人", "所需物资", "完成情况"],
        [1, "场地划线", "10月14日下午", "操场", "孙师傅", "石灰粉5袋", "完成"],
        [2, "音响调试", "10月15日7:30前", "主席台", "李老师", "音响1套", "完成"],
        [3, "饮水保障", "10月15日—16日", "各班", "王五", "桶装水60桶", "进行中"],
    ], ["A1:G1"])})
    write("office/workbooks/现金日记账.xlsx", {"2025": ([
        wide("现金日记账", 7),
        ["2025年", None, "凭证号", "摘要", "借方", "贷方", "余额"],
        ["月", "日", None, None, None, None, None],
        [9, 1, None, "上月结转", None, None, 1500],
        [None, 3, "记1", "收零星款", 300, None, 1800],
        [None, 5, "记2", "付邮费", None, 52, 1748],
        [None, 9, "记3", "付维修费", None, 200, 1584],
        [None, None, None, "本月合计", 300, 252, 1548],
    ], ["A1:G1", "A2:B2", "C2:C3", "D2:D3", "E2:E3", "F2:F3", "G2:G3"])})


if __name__ == "__main__":
    main()
