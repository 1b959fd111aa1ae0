"""What the labelled sheets say: columns of every form a school office keeps, and what stands in them.

Written from the forms themselves and not from locate's own word lists. A column is `labels:kind`, levels joined with /.
Kinds: n running number, N good, s spec, u unit of measure, i count, m money, p price, d date, c class, g grade,
t person, w place, f phrase, r remark (mostly blank), b blank for a signature, k tick, z size, % rate, x code, y sex.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """One column of a form: its labels from the top and the kind of its values."""

    path: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Paperwork:
    """A form as an office keeps it."""

    title: str
    heads: tuple[Head, ...]

    @property
    def depth(self) -> int:
        """Levels of the header."""
        return max(len(head.path) for head in self.heads)


def _form(line: str) -> Paperwork:
    title, columns = line.split("|")
    pairs = [column.rsplit(":", 1) for column in columns.split()]
    return Paperwork(title.strip(), tuple(Head(tuple(labels.split("/")), kind) for labels, kind in pairs))


def _forms(text: str) -> tuple[Paperwork, ...]:
    return tuple(_form(line) for line in text.strip().splitlines())


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


LISTS = _forms("""
办公用品入库登记表 | 序号:n 入库日期:d 单号:x 物品名称:N 规格型号:s 单位:u 数量:i 单价:p 金额:m 供应商:w 采购人:t 验收人:t 备注:r
物品领用登记簿 | 序号:n 领用日期:d 物品名称:N 规格:s 单位:u 数量:i 领用部门:g 用途:f 领用人签字:t 发放人:t 备注:r
物资申购计划表 | 序号:n 物品名称:N 规格:s 单位:u 现有库存:i 需求数量:i 计划采购数量:i 预算单价:p 预算金额:m 申购部门:g 用途:f
固定资产台账 | 资产编号:x 资产名称:N 取得方式:f 规格型号:s 品牌:f 计量单位:u 数量:i 原值:m 使用状况:f 存放地点:w 使用人:t
分室清单 | 房间:w 资产名称:N 规格:s 单位:u 数量:i 资产编号:x 状况:f 责任人:t
资产处置申请表 | 序号:n 资产编号:x 资产名称:N 单位:u 数量:i 购置日期:d 规定使用年限:i 已使用年限:i 原值:m 累计折旧:m 净值:m 处置方式:f
资产变动登记表 | 变动日期:d 变动类型:f 资产编号:x 名称:N 数量:i 原值:m 从部门:g 到部门:g 交接人:t
桌椅调拨单 | 日期:d 调出班级:c 调入班级:c 物品:N 数量:i 经办人:t 签收:b
各班就餐人数表 | 序号:n 年级:g 班级:c 班主任:t 班级人数:i 住校生:i 走读生:i 早餐:i 午餐:i 晚餐:i 不就餐人数:i 备注:r
就餐考勤表 | 日期:d 班级:c 应到:i 实到:i 早:i 午:i 晚:i 请假:i 备注:r
食品采购验收台账 | 日期:d 食品名称:N 规格:s 单位:u 数量:i 单价:p 金额:m 生产日期:d 保质期:f 供货者名称:w 验收人:t
食堂日记账 | 日期:d 凭证号:x 摘要:f 科目:f 收入:m 支出:m 余额:m 经手人:t
餐费收退费表 | 班级:c 姓名:t 就餐类型:f 单价:p 计划餐数:i 预收金额:m 实际就餐餐数:i 应收:m 应退:m 家长签字:b
食品留样记录表 | 日期:d 餐次:f 食品名称:N 留样量(g):i 留样时间:f 冰箱温度:i 留样人:t 审核人:t 处理时间:d 备注:r
陪餐记录表 | 日期:d 星期:f 餐次:f 陪餐人:t 职务:f 食谱:f 饭菜质量:f 卫生状况:f 意见建议:r 签字:b
食品安全检查记录 | 序号:n 检查事项:f 检查情况:k 存在主要问题:r 处置结果:r
从业人员健康证台账 | 序号:n 姓名:t 性别:y 岗位:f 健康证号:x 发证日期:d 有效期至:d 培训日期:d
满意度测评汇总 | 题目:f 发放:i 回收:i 满意:i 基本满意:i 不满意:i 满意率:%
餐标成本测算表 | 成本项目:f 单位:u 月用量:i 单价:p 月金额:m 每餐人次:i 每餐成本:p 占比:%
校服尺码登记表 | 序号:n 班级:c 姓名:t 性别:y 身高(cm):z 体重(kg):i 夏装尺码:z 夏装套数:i 冬装尺码:z 冬装套数:i 家长签字:b
校服发放签收表 | 班级:c 姓名:t 款式:f 尺码:z 数量:i 签收:b 发放日期:d
部门预算编制表 | 科目编码:x 科目名称:f 项目名称:f 上年执行数:m 本年预算数:m 财政拨款:m 事业收入:m 备注:r
预算执行进度表 | 科目编码:x 科目名称:f 年初预算数:m 调整数:m 全年预算数:m 本月支出:m 累计支出:m 执行率(%):% 可用余额:m
收支明细账 | 日期:d 凭证号:x 摘要:f 经济科目:f 收款单位:w 收入:m 支出:m 支付方式:f 经手人:t 审批人:t
代收费结算公示 | 项目:f 收取人数:i 标准:p 收取金额:m 支出金额:m 结余:m 人均应退:p 退费金额:m
零星工程预算书 | 序号:n 项目编码:x 分部分项:f 做法:f 单位:u 工程量:i 综合单价:p 合价:m 备注:r
设施报修登记表 | 序号:n 日期:d 地点:w 设备名称:N 数量:i 故障情况:f 报修人:t 维修人:t 更换配件:N 金额:m 完成情况:f
校舍巡查记录表 | 日期:d 巡查区域:w 巡查内容:f 隐患:f 整改措施:f 整改人:t 完成时间:d
水电用量统计表 | 区域:w 表号:x 倍率:i 上月读数:i 本月读数:i 用量:i 单价:p 金额:m 抄表人:t
绿化养护记录 | 日期:d 区域:w 植物:N 养护内容:f 用药用肥及数量:f 作业人:t 检查人:t 备注:r
开水器清洗消毒记录 | 日期:d 设备位置:w 型号:s 清洗内容:f 消毒剂及浓度:f 时长:i 操作人:t 下次时间:d
公物损坏赔偿登记表 | 日期:d 班级:c 责任人:t 物品名称:N 数量:i 损坏情况:f 原价:p 赔偿金额:m 收据号:x 处理人:t
宿舍床位安排表 | 楼号:w 房间:x 床位数:i 已住:i 空床:i 性别:y 舍长:t 宿管:t
寒暑假维修计划 | 序号:n 项目:f 地点:w 内容:f 数量:i 预算:m 责任人:t 计划开工:d 计划完工:d 资金来源:f
会议签到表 | 序号:n 姓名:t 部门:g 职务:f 签到:b 备注:r
后勤工作日志 | 日期:d 天气:f 值班人:t 工作内容:f 完成情况:f 存在问题:r
意见整改台账 | 序号:n 日期:d 来源:f 意见建议:f 类别:f 责任人:t 整改措施:f 完成时限:d 反馈:f
活动保障任务单 | 活动名称:f 时间:d 地点:w 主办部门:g 需求物品:N 数量:i 负责人:t 归还:k
""")

DEEP = _forms("""
物资收发存汇总表 | 序号:n 物品名称:N 规格:s 单位:u 期初结存/数量:i 期初结存/金额:m 本期入库/数量:i 本期入库/金额:m 期末结存/数量:i 期末结存/金额:m
库存盘点表 | 序号:n 物品名称:N 规格型号:s 单位:u 账面数量:i 实盘数量:i 盘盈/数量:i 盘盈/金额:m 盘亏/数量:i 盘亏/金额:m 差异原因:r
资产清查盘点表 | 序号:n 资产编号:x 资产名称:N 账面数/数量:i 账面数/原值:m 账面数/净值:m 清查数/数量:i 清查数/原值:m 清查数/净值:m 盘亏原因:r
班级桌椅统计表 | 序号:n 年级:g 班级:c 班额:i 完好/桌:i 完好/椅:i 损坏/桌:i 损坏/椅:i 缺少/桌:i 缺少/椅:i 班主任签字:b
就餐人数统计表 | 班级:c 班级人数:i 其中/男:i 其中/女:i 就餐人数/早餐:i 就餐人数/午餐:i 就餐人数/晚餐:i 备注:r
校服征订登记表 | 序号:n 姓名:t 性别:y 校服尺码及套数/夏装/尺码:z 校服尺码及套数/夏装/套数:i 校服尺码及套数/冬装/尺码:z 校服尺码及套数/冬装/套数:i 金额:m 备注:r
收入支出决算总表 | 项目:f 行次:n 年初预算数/小计:m 年初预算数/基本支出:m 年初预算数/项目支出:m 决算数/小计:m 决算数/基本支出:m 决算数/项目支出:m
水电能耗对比表 | 月份:f 用水/上年(吨):i 用水/本年(吨):i 用电/上年(度):i 用电/本年(度):i 说明:r
成本核算公示表 | 月份:f 收入/学生伙食费:m 收入/教师伙食费:m 支出/原材料成本:m 支出/动力成本:m 支出/员工成本:m 结余:m
教室设施检修表 | 教室:c 照明/灯管:k 照明/开关:k 门窗/玻璃:k 门窗/门锁:k 检修人:t 备注:r
大宗食材采购台账 | 日期:d 米面/数量:i 米面/金额:m 油/数量:i 油/金额:m 肉类/数量:i 肉类/金额:m 经手人:t
""")

# Trades and things that no list of school words holds.
STRANGE = _forms("""
苗圃墒情簿 | 畦号:x 茬口:f 墒情:f 株距:i 抽穗:i 掌畦:t 落种:d
窖藏担数簿 | 窖位:x 坛头:N 担数:i 沥水:i 封泥:d 看窖:t
船坞泊位簿 | 泊位:x 船号:x 吃水:i 缆桩:i 压舱:i 领港:t 靠泊:d
馆藏翻检 | 架号:x 题签:N 函套:i 虫蛀:k 补纸:i 经眼:t
窑口开炉簿 | 窑口:w 坯胎:N 釉色:f 出炉:i 惊裂:i 掌火:t
织坊经纬 | 机杼:x 纱支:s 经线:i 纬线:i 断头:i 挡车:t 落布:d
""")

GOODS = _words(
    "粉笔 黑板擦 A4复印纸 中性笔 订书机 扫帚 拖把 垃圾桶 洗手液 消毒片 抹布 簸箕 笔记本 档案盒 墨盒 面粉 大米 食用油 白菜 土豆 猪肉 课桌 椅子 讲台 投影仪 空调 灯管 水龙头 门锁 绿萝 冬青"
)
SPECS = ("", "白色", "70g", "0.5mm", "12型", "大号", "25kg", "5L/桶", "1.2m", "通用")
UNITS = ("个", "盒", "包", "把", "桶", "袋", "套", "张", "箱", "斤")
PERSONS = ("张三", "李四", "王小明", "赵一", "钱二", "孙三", "周五", "吴六", "郑七", "冯八", "陈九", "褚十", "卫东来")
PLACES = (
    "教学楼三层",
    "东操场",
    "食堂二楼",
    "实验楼",
    "南门",
    "1号宿舍楼",
    "报告厅",
    "西院仓房",
    "惠民商店",
    "光明文具店",
)
GRADES = ("六年级", "七年级", "八年级", "九年级")
PHRASES = (
    "正常",
    "已修好",
    "日常教学",
    "损坏需换",
    "自行购入",
    "第二批",
    "较好",
    "室外",
    "继续观察",
    "急用",
    "三年级用",
    "一般",
)
REMARKS = ("新增", "待核实", "旧的", "急", "原因：老化", "见附单")
MARKS = ("√", "√", "√", "×", "○")
SIZES = (150.0, 155.0, 160.0, 165.0, 170.0, 175.0)
LETTERS = ("S", "M", "L", "XL", "XXL")
CATEGORIES = ("办公用品", "卫生用品", "食堂物料", "维修材料", "体育器材", "电教设备")
TOTALS = ("合计", "合 计", "合      计", "总计", "共计", "合计：", "合　计", "总  计")
SCHOOL = "示例中学"
UNIT_LINES = (
    ("单位：元", "元"),
    ("金额单位：元", "元"),
    ("（单位：元）", "元"),
    ("单位：万元", "万元"),
    ("单位:人民币元", "元"),
)
INFO_LABELS = (
    ("班级", "七年级(2)班"),
    ("填报单位", "总务处"),
    ("部门", "后勤服务中心"),
    ("仓库", "一号库"),
    ("编号", "20250901"),
    ("供应商", "光明文具店"),
)
SIGNS = (
    "制表人：张三",
    "审核：李四",
    "负责人：",
    "填表人：",
    "保管员：王小明",
    "总务主任：",
    "复核人：",
    "日期：2025年9月5日",
)
NOTES = (
    "注：本表一式两份，总务处和班级各存一份。",
    "说明：数量以实物清点为准。",
    "备注：1.请用黑色签字笔填写；2.不得涂改。",
    "填表说明：各班于每周五前交到后勤服务中心。",
    "以上物品已全部清点无误。",
)
PARAGRAPHS = (
    "各班请在开学第一周内清点桌凳，并把损坏情况报到后勤服务中心。",
    "清点以实物为准，不得估计。",
    "逾期不报的，按没有问题处理。",
    "联系人：张三，电话 13800001234。",
)
