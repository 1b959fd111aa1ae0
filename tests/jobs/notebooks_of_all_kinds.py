"""Notebooks of our own making, one for each thing that papermill's own test notebooks try; name -> cells."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import nbformat

if TYPE_CHECKING:
    from pathlib import Path

KINDS: dict[str, tuple[str, ...]] = {
    "printing": ("x = 1", "import sys\nprint('甲', x)\nprint('乙', file=sys.stderr)\nprint('丙')"),
    "results": ("x = 1", "x", "None", "'a'; 2;", "[x] * 3", "_ , Out[2]"),
    "rich display": (
        "x = 1",
        "from IPython.display import HTML, display\ndisplay(HTML('<b>粗</b>'), 5)\nHTML('<i>斜</i>')",
        "class Both:\n    def _repr_html_(self): return '<p>'\n    def __repr__(self): return '文'\nBoth()",
        "display({'text/plain': '纯', 'application/json': {'a': 1}}, raw=True)",
    ),
    "a table": ("x = 1", "import pandas as pd", "pd.DataFrame({'品名': ['粉笔'], '数量': [x]})"),
    "display updated": (
        "x = 1",
        "from IPython.display import clear_output, display\nh = display('一', display_id='钟')\nprint(1)",
        "h.update('二')",
        "print('旧')\nclear_output()\nprint('新')",
        "print('旧')\nclear_output(wait=True)\nprint('更新')",
    ),
    "magics": ("x = 1", "%who_ls int", "%%capture said\nprint(1)", "said.stdout", "%env HOUQIN_X=3", "%pwd"),
    "another program": ("x = 1", "!echo 外面", "said = !echo 里面\nsaid", "%%bash\necho 脚本", "%%sh\nexit 0"),
    "below Python": ("x = 1", "import os\nos.write(1, '下面\\n'.encode())", "os.system('echo 更下面')"),
    "top-level await": (
        "x = 1",
        "import asyncio\nawait asyncio.sleep(0)\nx",
        "task = asyncio.ensure_future(asyncio.sleep(0, '后来'))",
        "await task",
    ),
    "an error": ("x = 1", "def f(n):\n    return n / 0\nf(x)", "print('never')"),
    "a syntax error": ("x = 1", "print 'x'", "print('never')"),
    "an unknown magic": ("x = 1", "%gibt_es_nicht"),
    "exit 0": ("x = 1", "import sys\nprint('前')\nsys.exit(0)", "print('never')"),
    "exit 1": ("x = 1", "import sys\nsys.exit(1)", "print('never')"),
    "an interrupt of its own": ("x = 1", "raise KeyboardInterrupt", "print('never')"),
    "asking": ("x = 1", "input('谁？')"),
    "asking for a password": ("x = 1", "import getpass", "getpass.getpass('密码')"),
    "a forgotten breakpoint": ("x = 1", "def f():\n    breakpoint()\n    return x\nf()"),
    "a name in another encoding": (
        "x = 1",
        "import os\nname = os.fsdecode(b'\\xb1\\xed.xls')\nprint(name, '😀')",
        "name",
        "raise ValueError(name)",
    ),
    "where it is": ("x = 1", "import sys\n__name__, type(get_ipython()).__name__, sys.path"),
    "nothing to run": ("x = 1", "", "   ", "# 只有注释"),
    "no parameters": (),
    "pickles": ("x = 1", "import pickle\nclass A: pass\ntype(pickle.loads(pickle.dumps(A()))) is A"),
    "processes": (
        "x = 1",
        "import os\npid = os.fork() if hasattr(os, 'fork') else 1\nif pid == 0:\n    os._exit(7)",
        "os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) if hasattr(os, 'fork') else 7",
    ),
}


def write_notebook(path: Path, cells: tuple[str, ...], **tags: list[str]) -> Path:
    """Write a notebook of these cells, the first of them the parameters; `tags` are given as `cell_2=[…]`."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in cells])
    made.cells.insert(0, nbformat.v4.new_markdown_cell("# 题目"))
    for number, cell in enumerate(made.cells):
        cell["id"] = f"cell-{number}"
        cell.metadata["tags"] = ["parameters"] if number == 1 else tags.get(f"cell_{number}", [])
    made.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "x"}
    path.write_text(json.dumps(made), encoding="utf-8")
    return path
