"""An example or two for each command, as its help shows them; a test parses every line."""

from __future__ import annotations

_RUN = "houqin run {job} --school 我的学校"
# Command -> lines to type; beside a line, where it needs one, a word on what it does.
EXAMPLES: dict[str, tuple[str, ...]] = {
    "": ("houqin init 我的学校", "houqin run semester-start --school 我的学校", "houqin batch --help"),
    "batch": (
        "houqin batch semester-start --schools 学校",
        'houqin batch semester-start --schools "学校/第一学区*" -p as_of=2025-09-12',
        "houqin batch year-end-settlement --schools 学校 --scheduler tcp://10.0.0.5:8786",
    ),
    "blanks": (
        "houqin blanks --school 我的学校", 'houqin blanks 就餐人数登记表 --by form --class "七年级(3)班"',
    ),
    "clean": ("houqin clean 收发存.xlsx", "houqin clean 收件箱 --school 我的学校 --out 结果"),
    "due": ("houqin due", "houqin due --school 我的学校"),
    "fill": ("houqin fill 校服尺码汇总表 --school 我的学校 --out 填好的.xlsx",),
    "history": ("houqin history", "houqin history --school 示例中学 --job semester-start --most 5",
                "houqin history --school 示例中学 --changes"),
    "init": ("houqin init 我的学校",),
    "init-schools": ("houqin init-schools 学校名册.xlsx 学校",),
    "inspect": ("houqin inspect 收发存.xlsx 就餐登记.xlsx",),
    "lab": ("houqin lab", "houqin lab --no-browser"),
    "missing": ("houqin missing --school 我的学校", "houqin missing --form 就餐人数登记表 --out 催交"),
    "new-form": ("houqin new-form 图书登记.xlsx",),
    "run": ("houqin run semester-start --school 我的学校", "houqin run semester-start --help"),
    "run monthly-canteen": (f"{_RUN.format(job='monthly-canteen')} --month 2025-12",),
    "run semester-end": (_RUN.format(job="semester-end"),),
    "run semester-start": (f"{_RUN.format(job='semester-start')} --as-of 2025-09-12",),
    "run year-end-settlement": (f"{_RUN.format(job='year-end-settlement')} --fiscal-year 2025",),
    "schedule": ("houqin schedule add semester-start --when 每周五 --at 17:30", "houqin schedule list"),
    "schedule add": (
        "houqin schedule add semester-start --when 学期首日 --at 07:30 --school 我的学校",
        "houqin schedule add monthly-canteen --when 月末 --at 17:00 --remark 食堂公示",
        "houqin schedule add year-end-settlement --when 年末基准日 --at 18:00",
    ),
    "schedule calendar": ("houqin schedule calendar --school 我的学校",),
    "schedule install": ("houqin schedule install --show", "houqin schedule install"),
    "schedule list": ("houqin schedule list --school 我的学校",),
    "schedule notice": ("houqin schedule notice --school 我的学校",),
    "schedule remove": ("houqin schedule remove 2 --school 我的学校",),
    "schedule uninstall": ("houqin schedule uninstall --show",),
}


def examples_of(path: str) -> tuple[str, ...]:
    """Give the examples of a command by its path (houqin schedule add), none for one that is not known."""
    return EXAMPLES.get(path.partition(" ")[2], ())
