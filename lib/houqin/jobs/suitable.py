"""Whether a notebook runs in a worker as it would in a kernel, and which modules it will ask for."""

from __future__ import annotations

import ast
import os
import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import houqin
from houqin.jobs.kernel import KERNEL_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Loaded ahead where a notebook imports them: they start no threads and keep nothing of the working folder.
_LOADABLE = frozenset({"numpy", "pandas", "openpyxl", "xlsxwriter", "lxml", "dateutil", "yaml", "requests"})
_FRONT_END = re.compile(r"\b(ipywidgets|ipympl|bqplot|pythreejs|ipyleaflet|tqdm\.(auto|notebook)|anywidget)\b")
_MAGICS = re.compile(r"^\s*%{1,2}(gui|qtconsole|connect_info|matplotlib\s+(?!inline|agg)\S+|subshell)", re.MULTILINE)
_KERNEL = re.compile(r"get_ipython\(\)\.kernel\b|\bipykernel\b")
# What papermill and nbclient are told that a worker heeds, or can do without.
_OPTIONS = frozenset({
    "log", "log_output", "timeout", "timeout_func", "startup_timeout", "stdout_file", "stderr_file", "allow_errors",
    "allow_error_names", "force_raise_errors", "skip_cells_with_tag", "interrupt_on_timeout", "error_on_timeout",
    "raise_on_iopub_timeout", "iopub_timeout", "record_timing", "store_widget_state", "nest_asyncio",
})  # fmt: skip


def reason_for_kernel(notebook: Any, kernel_name: str, options: Mapping[str, Any] | None = None) -> str | None:  # noqa: ANN401  (nbformat's)
    """Say in Chinese why a notebook needs an ordinary kernel; None where a worker does as well."""
    if kernel_name != KERNEL_NAME and not _is_our_python(kernel_name):
        return f"它要的内核是“{kernel_name}”"
    language = notebook.metadata.get("kernelspec", {}).get("language", "python")
    if language.lower() != "python":
        return f"它的语言是“{language}”"
    unknown = sorted(set(options or ()) - _OPTIONS)
    if unknown:
        return f"有只对普通内核有用的选项：{'、'.join(unknown)}"
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        for pattern, what in ((_FRONT_END, "网页控件"), (_MAGICS, "魔法命令"), (_KERNEL, "内核本身")):
            found = pattern.search(cell.source)
            if found:
                return f"里面用了{what}（{found.group().strip()}）"
    return None


def modules_of(notebook: Any) -> list[str]:  # noqa: ANN401  (nbformat's)
    """Give the modules that a notebook imports and that may be loaded ahead, sorted."""
    found: set[str] = set()
    for cell in notebook.cells:
        if cell.cell_type == "code" and "import" in cell.source:
            found.update(_imports(cell.source))
    return sorted(found)


@cache
def _imports(source: str) -> tuple[str, ...]:
    return tuple(_loadable(source))


def _loadable(source: str) -> Iterator[str]:
    try:
        tree = ast.parse(source)
    except SyntaxError:  # magics
        lines = [line for line in source.split("\n") if re.fullmatch(r"(import|from) [\w., ]+", line)]
        try:
            tree = ast.parse("\n".join(lines))
        except SyntaxError:
            return
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, (ast.Import, ast.ImportFrom)) else []
        if isinstance(node, ast.ImportFrom) and not node.level:
            if node.module == "houqin":
                yield from (houqin._NAMES[name] for name in names if name in houqin._NAMES)  # noqa: SLF001  (our own)
            names = [node.module or ""]
        yield from (name for name in names if name.split(".")[0] in _LOADABLE)


@cache
def _is_our_python(kernel_name: str) -> bool:
    """Tell whether a kernel by this name is IPython's in the Python that runs us."""
    if kernel_name == "python":
        return True
    if kernel_name != "python3":
        return False
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel  # noqa: PLC0415  (nbclient has loaded it)

    try:
        spec = KernelSpecManager().get_kernel_spec(kernel_name)
    except NoSuchKernel:
        return True
    if not any("ipykernel" in word for word in spec.argv) or spec.env:
        return False
    program = spec.argv[0]
    return Path(program).name == program or os.path.realpath(program) == os.path.realpath(sys.executable)
