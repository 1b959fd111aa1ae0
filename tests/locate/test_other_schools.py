"""Layouts of workbooks from other schools that were located wrongly once."""

from __future__ import annotations

from locate.sheets import found, sheet


def test_signers_typed_over_cells_without_colons_are_no_record() -> None:
    """填表人 | 周某 | 审核人 | 王某 under the table would be a record with four mistakes."""
    grid = sheet("""
        序号 | 名称 | 单位 | 数量
        1 | 粉笔 | 盒 | 3
        2 | 扫帚 | 把 | 5
        填表人 | 周某 | 审核人 | 王某
    """)
    assert found(grid) == ["A1:D3 header 1 body 2-3"]


def test_a_repeated_header_beside_which_no_longer_a_key_stands_is_still_a_page_break() -> None:
    """The key of codes stands beside the first header only; without it the two headers are one."""
    grid = sheet("""
        姓名 | 班级 | 数量 | | | 代码 | 含义
        张三 | 七1 | 3 | | | '1 | 在用
        李四 | 七2 | 4 | | | '2 | 闲置
        姓名 | 班级 | 数量 | | | |
        王五 | 七3 | 5 | | | |
        赵六 | 七4 | 6 | | | |
    """)
    assert next(line.split(" ", 1)[1] for line in found(grid)) == "header 1 body 2-6 header 4"


def test_a_starred_header_is_no_note() -> None:
    """*资产名称 is what a required column is called in an export."""
    grid = sheet("""
        *资产编号 | *资产名称 | *数量
        Z1 | 电脑 | 3
        Z2 | 音箱 | 5
    """)
    assert found(grid) == ["A1:C3 header 1 body 2-3"]


def test_a_repeated_header_of_few_known_words_beside_a_key_is_seen_too() -> None:
    """What looks like the first header is a header, whatever stands beside the first."""
    grid = sheet("""
        经济分类科目 | 全年 | 累计 | | | 代码 | 含义
        办公费 | 30 | 20 | | | '1 | 在用
        水费 | 40 | 10 | | | '2 | 闲置
        经济分类科目 | 全年 | 累计 | | | |
        电费 | 50 | 30 | | | |
        差旅费 | 60 | 30 | | | |
    """)
    assert next(line.split(" ", 1)[1] for line in found(grid)) == "header 1 body 2-6 header 4"


def test_the_same_sizes_under_boys_and_girls_are_sublabels() -> None:
    """150 155 160 twice is no even series as a whole, and no record."""
    text = """
        班级 | 男 | | | 女 | |
         | 150 | 155 | 160 | 150 | 155 | 160
        一1班 | 3 | 4 | 5 | 2 | 2 | 1
        一2班 | 3 | 4 | 5 | 2 | 2 | 1
    """
    grid = sheet(text, "A1:A2 B1:D1 E1:G1")
    assert found(grid) == ["A1:G4 header 1-2 body 3-4"]


def test_subjects_of_a_timetable_are_no_new_header_below_a_break() -> None:
    """语文 and 数学 head columns of marks; here they stand in the rows above as well."""
    grid = sheet("""
        节次 | 星期一 | 星期二 | 星期三
        第一节 | 语文 | 数学 | 英语
        第二节 | 数学 | 语文 | 体育
        午休 | | |
        第三节 | 英语 | 语文 | 数学
        第四节 | 体育 | 英语 | 语文
    """)
    assert found(grid) == ["A1:D6 header 1 body 2-6"]


def test_signers_that_nobody_listed_are_known_by_their_endings() -> None:
    """抄表人 and 领料人 under the table sign it as well as 制表人."""
    grid = sheet("楼号 | 上月 | 本月\n一楼 | 3 | 5\n二楼 | 4 | 6\n抄表人：王师傅 | | 领料人：")
    assert found(grid) == ["A1:C3 header 1 body 2-3"]


def test_form_heads_of_unknown_labels_with_days_beside_them_are_lines() -> None:
    """报修部门 | 教务处 | 报修时间 | 2025.9.1 above a header is its head, not a row left over."""
    text = "维修申请单 | | |\n报修部门 | 教务处 | 报修时间 | 2025.9.1\n序号 | 项目 | 地点 | 数量\n1 | 换灯 | 一楼 | 2"
    grid = sheet(text, "A1:D1")
    assert found(grid) == ["A3:D4 header 3 body 4-4"]


def test_headers_that_differ_in_their_first_label_begin_tables_of_their_own() -> None:
    """早餐, 午餐 and 晚餐 before the same days: three tables below one another."""
    days = "周一 | 周二 | 周三 | 周四"
    dishes = "主食 | 馒头 | 花卷 | 包子 | 饼\n菜 | 白菜 | 豆腐 | 鱼 | 鸡块"
    parts = [f"{meal} | {days}\n{dishes}" for meal in ("早餐", "午餐", "晚餐")]
    grid = sheet("第3周食谱 | | | |\n" + "\n".join(parts), "A1:E1")
    assert found(grid) == [f"A{top}:E{top + 2} header {top} body {top + 1}-{top + 2}" for top in (2, 5, 8)]


def test_a_day_beside_a_number_is_a_line_above_the_header() -> None:
    """2025年9月1日 and 第12号 over a voucher head no columns."""
    grid = sheet("""
        2025年9月1日 | | | | 第12号
        摘要 | 总账科目 | 明细科目 | 借方金额 | 贷方金额
        购办公用品 | 业务活动费用 | 办公费 | 1200 |
        购办公用品 | 银行存款 | | | 1200
    """)
    assert found(grid) == ["A2:E4 header 2 body 3-4"]


def test_units_and_english_below_labels_are_of_the_header() -> None:
    """（个） under 数量 and Name under 姓名 say the label again."""
    units = sheet("名称 | 数量 | 金额\n | （个） | （元）\n粉笔 | 3 | 6\n本子 | 4 | 8")
    english = sheet("姓名 | 性别 | 年龄\nName | Sex | Age\n张三 | 男 | 12\n李四 | 女 | 13")
    assert [found(units), found(english)] == [["A1:C4 header 1-2 body 3-4"]] * 2


def test_a_form_of_labels_with_values_is_no_table() -> None:
    """姓名 | 张三 | 性别 | 男, line after line, is one person's form."""
    grid = sheet("""
        姓名 | 张三 | 性别 | 男 | 民族 | 汉
        出生年月 | 2012.3 | 籍贯 | 山东 | 电话 | 13800001234
        班级 | 七1 | 职务 | 班长 | 学号 | 001
    """)
    assert found(grid) == []


def test_names_merged_to_the_left_of_a_blank_corner_are_a_column() -> None:
    """早餐 and 午餐 over their rows name them, whether or not the header says so."""
    text = """
         | | 周一 | 周二
        早餐 | 主食 | 馒头 | 花卷
         | 粥 | 小米 | 大米
        午餐 | 主食 | 米饭 | 面条
         | 菜 | 鸡块 | 豆腐
    """
    assert found(sheet(text, "A1:B1 A2:A3 A4:A5")) == ["A1:D5 header 1 body 2-5"]


def test_a_list_of_balances_below_a_numbered_table_is_not_of_it() -> None:
    """上期结余 below a gap under numbered records carries nothing forward to them."""
    table = "序号 | 内容 | 数量 | 金额\n1 | 刷墙 | 3 | 6\n2 | 换门 | 4 | 8"
    below = "上期结余 | 100\n本期收入 | 200\n本期结余 | 250"
    assert found(sheet(f"{table}\n.\n{below}")) == ["A1:D3 header 1 body 2-3"]


def test_sums_under_a_merged_day_are_subtotals_without_a_label() -> None:
    """The day is merged over its goods and their sum; the sum alone has no words."""
    text = "日期 | 品名 | 金额\n9.1 | 白菜 | 6\n | 土豆 | 8\n | | 14\n9.2 | 猪肉 | 60\n | 鸡蛋 | 20\n | | 80"
    assert found(sheet(text, "A2:A4 A5:A7")) == ["A1:C7 header 1 body 2-7 subtotal 4 total 7"]
