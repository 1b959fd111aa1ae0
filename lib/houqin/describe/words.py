"""A small vocabulary by which a Chinese header or title becomes an English id; what it lacks stays unnamed."""

from __future__ import annotations

import re

from houqin.values import split_unit

# What a word says in an id; one that says nothing of its own (表) has nothing behind the sign.
_PAIRS = """
    序号=seq 编号=no 号码=no 代码=code 编码=code 名称=name 姓名=person 单位=unit 日期=date 时间=time 月份=month
    年度=year 年份=year 学期=term 星期=weekday 数量=qty 金额=amount 单价=price 总价=amount 价格=price 费用=cost
    费=fee 期初=open 上期=open 上月=last 期末=close 本期=this 本月=this 结存=stock 库存=stock 入库=in 出库=out
    购入=in 领用=issue 发放=issue 借用=loan 借阅=loan 借出=loan 借=loan 归还=return 还=return 收入=income
    支出=expense 余额=balance 结余=balance 合计=total 总计=total 小计=subtotal 总数=total 人数=heads 人次=times
    次数=times 男生=boys 女生=girls 学生=pupil 教师=teacher 班主任=teacher 家长=parent 班级=class 年级=grade
    部门=dept 科室=dept 地点=place 位置=place 房间=room 教室=room 楼=building 车=car 车辆=car 车牌=plate 图书=book
    书=book 书名=book 作者=author 出版社=publisher 教材=textbook 设备=device 仪器=instrument 药品=medicine
    物品=goods 物资=goods 食品=food 规格=spec 型号=model 品牌=brand 类别=category 类型=kind 种类=kind 项目=item
    内容=content 情况=state 结果=result 状态=state 原因=reason 用途=use 标准=standard 要求=demand 措施=measure
    问题=problem 意见=opinion 备注=remark 说明=remark 签字=sign 签名=sign 电话=phone 地址=address 经手人=handler
    经办人=handler 负责人=owner 责任人=owner 审批人=approver 审核人=reviewer 领用人=receiver 借用人=borrower
    借阅人=borrower 保管人=keeper 验收人=checker 检查人=checker 管理员=keeper 供应商=supplier 厂家=maker
    温度=temperature 湿度=humidity 面积=area 长度=length 重量=weight 身高=height 体重=weight 年龄=age 性别=sex
    比例=rate 率=rate 应=due 实=actual 增加=added 减少=removed 实际=actual 计划=plan 预算=budget 开始=start 结束=end
    消毒=disinfection 安全=safety 检查=check 登记=register 统计=summary 汇总=summary 台账=ledger 记录=log 清单=list
    名单=list 明细=list 一览=list 申请=request 审批=approval 来访=visit 会议室=room 里程=mileage 油=fuel 加油=fuel
    实验=experiment 垃圾=waste 清运=removal 门=door 钥匙=key 报纸=paper 印刷=print 复印=copy 张数=sheets 份数=copies
    本数=copies 表号=meter 倍率=factor 读数=reading 抄表=meter 用量=use 水=water 电=power 区域=area 天气=weather
    出差=trip 事由=reason 目的地=target 司机=driver 公里=km 申购=request 采购=purchase 理由=reason 需求=demand
    参考=reference 办公=office 用品=goods 绿化=greening 维修=repair 值班=duty 资产=asset 食材=food 工程=works 的=
    表= 数=n 人=person 日=day 月=month 年=year 量=qty
"""
_WORDS = dict(pair.split("=") for pair in _PAIRS.split())
_LONGEST = max(map(len, _WORDS))
_MARKS = re.compile(r"[/()\[\]:.、,;*\-—_~·\s]+")
MOST_WORDS = 3
# What a title says of whose and when, not of what.
_WHOSE = re.compile(
    r"^.*?(?:学校|中学|小学|幼儿园|学院|中心)|\d{2,4}\s*[-—~至]\s*\d{2,4}|\d{2,4}年|\d{1,2}月份?|学年度?"
    r"|第?[一二上下]学期|[春秋]季(?:学期)?"
)


def english_id(header: str) -> str | None:
    """Give an id made of English words where the vocabulary holds the whole header, else None.

    >>> english_id("借书日期")
    'loan_book_date'
    """
    words = _read(_MARKS.sub("", split_unit(header)[0]))
    return None if None in words else _joined(words)


def form_id_of(title: str) -> str:
    """Give an id for a form from the words of its title that the vocabulary has, `new_form` where it has none.

    >>> form_id_of("图书借阅登记表")
    'book_loan_register'
    """
    return _joined(_read(_MARKS.sub("", title))) or "new_form"


def _read(plain: str) -> list[str | None]:
    """Give the English words of a text from its left, the longest first; None for a character that has none."""
    words: list[str | None] = []
    at = 0
    while at < len(plain):
        known = next((plain[at : at + n] for n in range(_LONGEST, 0, -1) if plain[at : at + n] in _WORDS), "")
        words.append(_WORDS[known] if known else None)
        at += len(known) or 1
    return words


def _joined(words: list[str | None]) -> str | None:
    told = list(dict.fromkeys(word for word in words if word))
    return "_".join(told[:MOST_WORDS]) or None


def subject_of(title: str) -> str:
    """Give what a title is of, without whose and when: 示例中学2025年图书借阅登记表 -> 图书借阅登记表."""
    plain = "".join(title.split())
    return _WHOSE.sub("", plain).strip("()（）-—、") or plain
