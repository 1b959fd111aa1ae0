"""The words of office sheets: what totals, openings, notes, signatures, units and headers are called.

All matching is done on normal text (`normal_text`): NFKC, no white space.
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntFlag


class Word(IntFlag):
    """What a text may be, by its words alone."""

    NONE = 0
    TOTAL = 1
    SUBTOTAL = 2
    OPENING = 4
    NOTE = 8
    LABEL = 16  # holds 班级：… or ends with a colon
    SIGNATURE = 32
    CATEGORY = 64
    HEADER = 128
    UNIT = 256
    WORDS = 512  # 大写
    LONG = 1024
    NUMERAL = 2048
    TITLE = 4096
    SERIAL = 8192
    SPLIT = 16384  # the first half of a label typed over two cells


LONG_TEXT = 24

_TOTAL = re.compile(
    r"^[(]?(总?合计|总计|共计|总数|累计|合計|總計|全校(合计|总计|总数|共计)?|大写合计|"
    r"(本[页月年季日周期次]|本学[期年]|全[年月校部]|年度|当[月年])(合计|总计|共计|累计|发生额)|"
    r"合计(金额|数量|人数|总额|数)?([(](元|万元|大写|小写|共?\d+[人名套件行笔])[)])?|总计(金额|数量)?|grandtotal|total)[)]?:?$",
    re.IGNORECASE,
)
_SUBTOTAL = re.compile(r"^(.{0,16}小计|subtotal|过次页|转下页|结转下[页年月期])[)]?:?$", re.IGNORECASE)
_PART_TOTAL = re.compile(r"^.{1,16}(合计|总计|共计)[)]?:?$")
_OPENING = re.compile(
    r"^(上[年月期页季]|上学[期年]|期初|年初|月初|承前|前期|以前年度)(结转|结存|余额|结余|页|累计|数|库存)?(余额|结存|数|金额)?:?$"
)
_NOTE = re.compile(r"^(附?注|备注|说明|填表说明|填报说明|编制说明|注意|附件?|提示|要求|填写说明|温馨提示)(\d{0,2})[:.、]")
_NOTE_BARE = re.compile(r"^([*※]|此表一式|本表一式|注意事项|填表说明|填报说明|填写说明|本表由|以上)")
_CATEGORY = re.compile(r"^([一二三四五六七八九十]{1,3}[、.]|[(][一二三四五六七八九十]{1,3}[)]|[壹贰叁肆伍陆柒捌玖拾][、.]|第[一二三四五六七八九十]+[部分类章节])")
_NUMERAL = re.compile(r"^[-+(¥￥]?\d[\d,]*(\.\d+)?%?[)]?$")
_FIRST_HALVES = frozenset("合总共小")
_WORDS = re.compile(r"大写")
_LABEL = re.compile(r"[^\W\d_][^:。;,!?]{0,15}:")
# Behind 单位 stands a colon, or money at once; 单位名称 is a header.
UNIT_LINE = re.compile(
    r"(?<![填编报制送收付款供货用])(金额单位|货币单位|计量单位|单位)(?::|[(]|(?=(?:人民币)?(?:[万千百亿]?元|人民币)))"
    r"(?:人民币)?((?:(?:人民币|人次?|套|件|张|个|台|把|斤|公斤|名|[万千百亿]?元)[、,/]?)+)[)]?"
)
MONEY = re.compile(r"万元|千元|百元|亿元|元")
_TITLE = re.compile(r"(表|单|账|帐|册|清单|统计|明细|台账|汇总|登记|名单|记录|一览|计划|预算|决算|方案|报告|目录|日志)([(].*[)])?(\d+|[一二三四五六七八九十]+)?$")

SIGNATURE_LABELS = (
    "制表人 制表 填表人 填表 填报人 编制人 编制 经办人 经办 经手人 统计人 统计员 审核人 审核 审批人 审批 批准 批准人 复核人 复核 核对人 负责人 "
    "单位负责人 部门负责人 分管领导 分管校长 主管校长 校长 主管 主管领导 总务主任 后勤主任 总务处主任 会计 财务 财务负责人 出纳 保管员 保管 仓管员 "
    "验收人 验收 采购员 采购人 采购 领用人 领取人 发放人 班主任签字 班主任签名 签字 签名 盖章 公章 联系电话 记账 记账人 监盘人 盘点人 监督人 "
    "移交人 接收人 交接人 证明人 收款人 付款人 维修人 维修员 报修人 家长签字 食堂负责人 年级主任 级部主任 填表日期 制表日期 单位公章 单位盖章 学校盖章 仓库 质检 质检人 送货人 收货人 "
    "总务处 政教处 后勤处 财务处"
).split()
INFO_LABELS = (
    "填报单位 编制单位 学校 学校名称 单位名称 单位 部门 班级 年级 班主任 仓库 日期 填报日期 盘点日期 统计时间 统计日期 时间 学期 学年 月份 年月 "
    "编号 单号 单据号 入库单号 出库单号 凭证号 No NO 供应商 供货单位 供货商 收货单位 领用部门 领用单位 用途 存放地点 地点 房间 教室 楼栋 科目 "
    "金额单位 计量单位 货币单位 填表单位 报送单位 主管部门 所属期 会计期间 期间 入库日期 出库日期 领用日期 采购日期 制单日期 年度 项目名称 清查基准日"
).split()
SIGNATURES = frozenset(SIGNATURE_LABELS)
SERIAL_HEADERS = frozenset("序号 编号 序 号 No. No NO 行次 顺序号 序列 项次 №".split())

_HEADERS = frozenset(
    (
        "款式 价格 款号 用品 器材 教材 书名 版本 序号 编号 序 行次 栏次 项次 名称 品名 物品 物品名称 商品名称 货物名称 材料名称 物资名称 资产名称 资产编号 卡片编号 规格 型号 规格型号 单位 计量单位 数量 单价 金额 总价 "
        "合价 备注 说明 附注 日期 时间 年 月 日 年级 班级 班别 部门 科室 处室 姓名 性别 年龄 学号 学籍号 身份证号 电话 联系电话 手机 地址 职务 "
        "岗位 职称 签字 签名 签收 盖章 摘要 凭证号 科目 科目编码 科目代码 科目名称 项目 项目名称 类别 分类 类型 品类 大类 来源 用途 去向 "
        "借方 贷方 余额 方向 收入 支出 结存 结余 期初 期末 入库 出库 领用 期初结存 期末结存 本期入库 本期出库 本期增加 本期减少 上期结存 上月结存 "
        "期初余额 期末余额 期初数 期末数 年初数 年末数 本月数 本年累计 合计 小计 总计 人数 班额 学生数 班主任 就餐人数 早餐 午餐 中餐 晚餐 早 中 晚 午 夜宵 住校生 走读生 不就餐人数 "
        "身高 体重 胸围 腰围 尺码 号型 套数 件数 夏装 春秋装 冬装 春装 秋装 运动装 冲锋衣 男 女 男生 女生 课桌 课椅 椅子 凳子 桌子 桌 椅 凳 完好 损坏 多余 缺少 现有 应有 "
        "调入 调出 报修日期 报修人 维修人 维修内容 故障 故障描述 房间 教室 地点 位置 存放地点 使用人 使用部门 管理部门 领用人 领取人 经办人 验收人 保管人 发放人 责任人 负责人 "
        "供应商 供货商 生产厂家 品牌 原值 净值 账面原值 累计折旧 净残值 使用年限 取得日期 购置日期 入账日期 使用状况 状态 预算数 调整数 执行数 执行率 指标 下达 支付 余额 "
        "完成率 进度 比例 占比 差异 盈亏 盘盈 盘亏 账面数 实盘数 账面数量 实盘数量 差额 原因 结果 处理结果 意见 评价 检查项目 检查情况 检查人 标准 等级 得分 "
        "星期 周次 星期一 星期二 星期三 星期四 星期五 星期六 星期日 周一 周二 周三 周四 周五 周六 周日 一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月 "
        "第一周 第二周 XS S M L XL XXL XXXL 2XL 3XL 4XL 5XL 收款 付款 应收 实收 应付 实付 已付 未付 欠款 发票号 发票号码 票据号 合同号 开户行 账号 内容 事项 工作内容 "
        "完成时间 完成情况 起止时间 开始时间 结束时间 地区 学校 学校名称 县区 乡镇 重量 长度 面积 宽 高 水费 电费 水 电 上月读数 本月读数 读数 用量 实用数 表号 倍率 菜名 菜品 食谱 主食 副食 餐次 食材"
    ).split()
)  # fmt: skip
_HEADER_TAIL = re.compile(
    r"(名称|姓名|编号|编码|代码|号码|单号|票号|日期|时间|数量|单价|价格|金额|单位|型号|规格|人数|套数|件数|张数|次数|天数|户数|总数|个数|尺码|备注|签字|签名|签收|签章|部门|地点|位置|原因|用途|情况|结果|状态|状况|"
    r"类别|类型|方式|标准|电话|地址|来源|余额|原值|净值|年限|比例|总额|总价|合计|小计|支出|收入|费用|成本|读数|面积|折旧|说明|级别|等级|要求|描述|内容|意见|程度|职务|期间|数额|[率额量价])$"
)
_HEADER_UNIT = re.compile(r"[(/](元|万元|千元|个|张|把|台|套|件|人|人次|斤|公斤|kg|cm|厘米|%|℃|度|吨|米|㎡|平方米|天|次|年|月|日|盒|包|g|元/[^)]{1,3}|必填|盖章|签字|签章|签名)[)]?$", re.IGNORECASE)
_HEADER_PERIOD = re.compile(r"^(\d{1,2}|\d{4})(月|日|号|年|年级|班|月份|码|#|cm|年度)([(].*[)])?$")
_DECORATION = re.compile(r"^[*★☆#]+|^\d{1,2}[.、](?=\D)|[(](必填|选填|盖章|可选)[)]$|:$")


def normal_text(text: str) -> str:
    """Give a text without white space, full-width forms made plain.

    >>> normal_text("合　 计（元）")
    '合计(元)'
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return "".join(plain.split()).replace("\u200b", "").replace("\ufeff", "")


def is_header_word(normal: str) -> bool:
    """Tell whether offices use such a text as a column's header."""
    word = _DECORATION.sub("", normal)
    if not word or len(word) > LONG_TEXT:
        return False
    if word in _HEADERS or _HEADER_UNIT.search(word) or _HEADER_PERIOD.match(word):
        return True
    return len(word) <= 14 and ":" not in word and bool(_HEADER_TAIL.search(word))


def classify_text(text: str) -> Word:
    """Give all that a text may be."""
    normal = normal_text(text)
    word = Word.NONE
    if _TOTAL.match(normal):
        word |= Word.TOTAL
    elif _SUBTOTAL.match(normal) or _PART_TOTAL.match(normal):
        word |= Word.SUBTOTAL
    elif _OPENING.match(normal):
        word |= Word.OPENING
    if _NOTE.match(normal) or _NOTE_BARE.match(normal):
        word |= Word.NOTE
    if _LABEL.search(normal):
        word |= Word.LABEL
        word |= Word.SIGNATURE if signature_of(normal) else Word.NONE
    word |= Word.CATEGORY if _CATEGORY.match(normal) else Word.NONE
    word |= Word.HEADER if is_header_word(normal) else Word.NONE
    word |= Word.UNIT if UNIT_LINE.search(normal) and len(normal) < LONG_TEXT * 2 else Word.NONE
    word |= Word.WORDS if _WORDS.search(normal) else Word.NONE
    word |= Word.LONG if len(normal) > LONG_TEXT else Word.NONE
    word |= Word.NUMERAL if _NUMERAL.match(normal) else Word.NONE
    word |= Word.TITLE if _TITLE.search(normal) and len(normal) > 3 else Word.NONE
    word |= Word.SPLIT if normal in _FIRST_HALVES else Word.NONE
    word |= Word.SERIAL if _DECORATION.sub("", normal) in SERIAL_HEADERS else Word.NONE
    return word


def signature_of(normal: str) -> str | None:
    """Give the signature label that a text begins with, 制表人(签字):张三 -> 制表人."""
    label = re.split(r"[:(]", normal, maxsplit=1)[0]
    if label in SIGNATURES:
        return label
    return next((s for s in ("签字", "签名", "盖章", "签章", "负责人", "审核", "制表") if label.endswith(s)), None)
