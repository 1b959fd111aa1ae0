"""The sentences that cleaning says to the clerk, by message id."""

MESSAGES = {
    "error-cell": "“{title}”是公式错误值 {found}，没有可用的数，暂按空白处理。请检查公式，或直接填写。",
    "bad-number": "“{title}”应填数字，这里是“{found}”，暂按空白处理。",
    "not-a-number": ("“{title}”应填数字，这里是日期“{found}”，可能是 Excel 把输入的内容自动改成了日期。请重新填写。"),
    "doubtful-number": "“{title}”填的是“{found}”，已暂按 {expected} 处理。请确认准确的数。",
    "share": "“{title}”填的是 {found} 这样的小数，没有百分号，已暂按百分数 {expected} 处理。请确认。",
    "fractional-count": "“{title}”应是整数，这里是 {found}，暂按空白处理。",
    "bad-unit": ("“{title}”填的是“{found}”，单位是“{said}”，而这一行的单位是“{meant}”。没有自动换算，请确认数量。"),
    "unknown-pack": (
        "“{title}”填的是“{found}”，《学校设置》的“换算”里没有这种包装（{said}）折合多少，没有擅自折算，暂按空白处理。"
        "请在“换算”里补上，或改填数量。"
    ),
    "too-large": "“{title}”{found} 太大，不像真实的数，暂按空白处理。",
    "bad-serial": "“{title}”里的“{found}”不是序号，未作序号使用。",
    "lost-digits": (
        "“{title}”被存成了数字，超过 15 位的部分已丢失，无法恢复。请先把该列设为“文本”，再对照原件重录；此前不作查重。"
    ),
    "unstored-formula": (
        "“{title}”是公式，但文件里没有保存计算结果，暂按空白处理。请用 Excel 或 WPS 打开，保存后再放进“收件箱”。"
    ),
    "bad-date": "“{title}”应填日期，这里是“{found}”，暂按空白处理。",
    "doubtful-date": "“{title}”填的是“{found}”，已暂按 {expected} 处理。请确认日期。",
    "date-without-year": "“{title}”填的是“{found}”，没有年份，也没有学校设置可以推断，暂按原文保留。请补上年份。",
    "date-weekday": "“{title}”填的是“{found}”，{expected} 不是这个星期几。请确认日期。",
    "date-ten": "这里是数字 {found}，{neighbours}，应是 {day}（Excel 把 {ten} 存成了 {found}）。已暂按 {day}处理。",
    "date-one-or-ten": (
        "这里是数字 {found}，可能是 {first}，"
        "也可能是 {tenth}（Excel 把 {ten} 也存成 {found}）。已暂按 {first}处理，请确认。"
    ),
    "bad-class": "“{title}”填的是“{found}”，看不出是哪个班，暂按原文保留。请写成“七年级(3)班”这样的班名。",
    "class-needs-school": "“{title}”填的是“{found}”，知道学校的学制和学年才能认定，暂按原文保留。请指明学校。",
    "unknown-class": "“{found}”读作 {expected}，但学校设置里没有这个班。请确认班级，或在《学校设置》里补上。",
    "doubtful-class": "“{title}”填的是“{found}”，已暂按 {expected} 处理。请确认班级。",
    "class-date": "“{title}”是日期“{found}”，像是 Excel 把班级改成了日期，已暂按 {expected} 处理。请确认班级。",
    "class-one-or-ten": (
        "“{title}”是数字 {found}，可能是 {expected}，"
        "也可能是 {tenth}（Excel 把 {ten} 也存成 {found}）。已暂按 {expected} 处理，请确认。"
    ),
    "bad-grade": "“{title}”填的是“{found}”，看不出是哪个年级，暂按原文保留。",
    "bad-size": "“{title}”填的是“{found}”，不像尺码，暂按原文保留。请填 165、XL 或 165/88A 这样的尺码。",
    "doubtful-size": "“{title}”填的是“{found}”，已暂按 {expected} 处理。请确认尺码。",
    "id-length": "“{title}”{masked} 有 {digits} 位，身份证号应为 18 位。请对照证件核对。",
    "id-date": "“{title}”{masked} 里的出生日期不存在。请对照证件核对。",
    "id-check": "“{title}”{masked} 的最后一位校验不符，可能抄错了一位或两位颠倒。请对照证件核对。",
    "not-allowed": "“{title}”填的是“{found}”，应是{allowed}之一，暂按原文保留。",
    "doubtful-word": "“{title}”填的是“{found}”，已暂按“{expected}”处理。请确认。",
}
