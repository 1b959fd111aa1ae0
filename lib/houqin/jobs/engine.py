"""papermill's engine as we use it; importing this imports papermill, so only the runner does, and late.

What it adds: the failed cell is marked failed also when the kernel died or was stopped, the injected parameters show
Chinese as Chinese, and the notebook is written once at the end.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any

from houqin.jobs.kernel import KERNEL_NAME

# jsonschema builds a grammar of URIs while it is imported, 1.5 s that no notebook of ours needs; it copes without.
_blocked = "rfc3987_syntax" not in sys.modules
if _blocked:
    sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

from nbclient.exceptions import CellExecutionError, DeadKernelError  # noqa: E402  (behind the block above)
from papermill.clientwrap import PapermillNotebookClient  # noqa: E402
from papermill.engines import Engine, papermill_engines  # noqa: E402
from papermill.exceptions import PapermillExecutionError  # noqa: E402
from papermill.execute import execute_notebook  # noqa: E402
from papermill.log import logger  # noqa: E402
from papermill.translators import PythonTranslator, papermill_translators  # noqa: E402

if _blocked:
    del sys.modules["rfc3987_syntax"]

if TYPE_CHECKING:
    from collections.abc import Callable

    from jupyter_client.manager import KernelManager
    from papermill.engines import NotebookExecutionManager

ENGINE_NAME = "houqin"
START_SECONDS = 120

__all__ = ["ENGINE_NAME", "START_SECONDS", "DeadKernelError", "PapermillExecutionError", "execute_notebook"]


class HonestClient(PapermillNotebookClient):  # type: ignore[misc]
    """Runs cell after cell and marks the one that failed, whatever it failed of."""

    on_cell: Callable[[int, int], None] | None = None

    def papermill_execute_cells(self) -> None:
        """Run the cells in order up to the first that fails."""
        for index, cell in enumerate(self.nb.cells):
            if self.on_cell is not None and cell.cell_type == "code":
                self.on_cell(index + 1, len(self.nb.cells))
            self.nb_man.cell_start(cell, index)
            try:
                self.execute_cell(cell, index)
            except BaseException as fault:
                self.nb_man.cell_exception(self.nb.cells[index], cell_index=index, exception=fault)
                if isinstance(fault, CellExecutionError):
                    return  # papermill raises it once the notebook is saved
                raise
            finally:
                self.nb_man.cell_complete(self.nb.cells[index], cell_index=index)


class HouqinEngine(Engine):  # type: ignore[misc]
    """Executes a notebook in a kernel that is running already (`km`)."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        km: KernelManager,
        on_cell: Callable[[int, int], None] | None = None,
        start_timeout: int = START_SECONDS,
        **_others: Any,  # noqa: ANN401  (papermill's options that we have no use for)
    ) -> None:
        """Run the notebook; it is saved when that has ended, well or badly."""
        path, nb_man.output_path = nb_man.output_path, None  # else it is written twice a cell
        client = HonestClient(nb_man, km=km, kernel_name=kernel_name, startup_timeout=start_timeout, log=logger)
        client.on_cell = on_cell
        try:
            client.execute()
        finally:
            nb_man.output_path = path


class ChineseTranslator(PythonTranslator):  # type: ignore[misc]
    """Writes the injected parameters as a person would."""

    @classmethod
    def translate_escaped_str(cls, str_val: object) -> str:
        """Quote a text without escaping what is not ASCII."""
        escaped = str(str_val).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'

    @classmethod
    def codify(cls, parameters: dict[str, Any], comment: str = "") -> str:
        """Write the cell."""
        del comment  # papermill's own is English
        return super().codify(parameters, "本次运行的参数")  # type: ignore[no-any-return]


logger.addHandler(logging.NullHandler())  # what goes wrong we say ourselves, in Chinese
papermill_engines.register(ENGINE_NAME, HouqinEngine)
papermill_translators.register(KERNEL_NAME, ChineseTranslator)
