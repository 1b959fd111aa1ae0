"""What a clerk is told about a file that is not read: one sentence a code, and what to do."""

from __future__ import annotations

_KEPT = "原文件没有改动。"

# {name} is the file as the clerk knows it, {detail} what was found in it.
SENTENCES = {
    "encrypted": "设有打开密码，没有读取。请用 WPS 或 Excel 取消密码后另存一份，再放进“收件箱”。",
    "wrong-password": "设有打开密码，给的密码打不开它，没有读取。"
    "请核对密码再运行一次，或者用 WPS 或 Excel 取消密码后另存一份，再放进“收件箱”。",
    "empty": "是空文件（0 字节），没有读取。可能没有传完，请向填表人重新要一份。",
    "not-a-workbook": "不是表格文件{detail}，没有读取。如果表格在里面，请复制到 Excel 里另存为 .xlsx。",
    "corrupt": "已损坏{detail}，没有读取。"
    "请用 WPS 或 Excel 打开，看看内容是否完整，再另存为 .xlsx；打不开就请重新要一份。",
    "too-large": "太大{detail}，没有读取。请删去多余的空行空列和图片，或分成几个文件。",
    "html-table": "其实是网页{detail}，没有读取。可能是系统登录超时后导出的，请重新登录再导出一次。",
    "unsafe": "的内部结构不正常{detail}，为安全起见没有读取。请用 Excel 打开后另存为 .xlsx，再放进“收件箱”。",
    "bad-cell": "里有无法判断的单元格{detail}，没有读取。"
    "请用 Excel 打开后另存为 .xlsx，核对这些单元格，再放进“收件箱”。",
    "bad-encoding": "的文字编码前后不一{detail}，没有读取。请用 Excel 打开检查乱码后另存为 .xlsx。",
    "no-sheets": "里没有工作表，没有读取。请核对是不是发错了文件。",
    "unreadable": "打不开{detail}，没有读取。请先在 Excel 里关闭这个文件，再试一次。",
    "not-a-file": "不是普通文件（是管道、设备之类），没有读取。请把表格文件本身放进来。",
    "broken-link": "是一个链接，指向的文件已经不在，没有读取。请把文件本身放进来。",
    "linked-folder": "是一个链接，指向别处的文件夹，里面的文件没有读取。请把文件本身放进来。",
    "bad-name": "这个文件名是别的编码写的（在别的电脑上会是乱码），没有读取。请改一个名字再运行。",
    "bad-member-name": "的名字太长，或有 Windows 不允许的符号，没有读取。请改名后重新压缩。",
    "nested-archive": "是压缩包里的压缩包，里面还有压缩包，没有读取。请把它解开，再把里面的表格放进“收件箱”。",
    "timeout": "读了很久也没有读完，已停下。请用 Excel 打开后另存为 .xlsx，并删去多余的空行空列。",
    "reader-died": "使读取程序意外停止，没有读取。请用 Excel 打开后另存为 .xlsx，再放进“收件箱”。",
}


# What else is to be done with an archive: no office program opens it.
OF_ARCHIVES = {
    "encrypted": "设有密码，没有读取。请用密码解开，再把里面的表格放进“收件箱”。",
    "wrong-password": "设有密码，给的密码不对，没有读取。请核对密码再运行，或解开后把里面的表格放进“收件箱”。",
    "corrupt": "已损坏{detail}，没有读取。请向发来的人重新要一份，或者解开后把里面的表格放进“收件箱”。",
    "unsafe": "的内部结构不正常{detail}，为安全起见没有读取。请解开看看，再把里面的表格放进“收件箱”。",
    "too-large": "太大{detail}，没有读取。请解开，再把要用的表格放进“收件箱”。",
}


def refusal_sentence(code: str, name: str, detail: str = "") -> str:
    """Give the sentence for a refusal; `detail` is a short Chinese phrase, put in brackets."""
    bracketed = f"（{detail}）" if detail else ""
    own = OF_ARCHIVES if name.lower().endswith(".zip") else {}
    return f"《{name}》{own.get(code, SENTENCES[code]).format(detail=bracketed)}{_KEPT}"
