"""The messages of Jupyter."""

from __future__ import annotations

from pathlib import Path

from ipykernel.kernelbase import Kernel

from .errors import CellError
from .rendering import read_shown
from .session import Session

_FOLDER = Path(__file__).resolve().parent.parent


class SwiftKernel(Kernel):
    """Runs the cells of a notebook in one session."""

    implementation = "swift"
    implementation_version = "1.0"
    banner = "Swift"
    language_info = {
        "name": "swift",
        "mimetype": "text/x-swift",
        "file_extension": ".swift",
        "pygments_lexer": "swift",
        "codemirror_mode": "swift",
    }

    def __init__(self, **arguments):
        super().__init__(**arguments)
        self._session: Session | None = None

    async def do_execute(
        self, code, silent, store_history=True, user_expressions=None, allow_stdin=False
    ):
        """Runs a cell; what fails is reported as an error, with its lines as traceback."""
        try:
            if code.strip():
                self._run(code, silent)
        except CellError as error:
            return self._failed(error, silent)
        except KeyboardInterrupt:
            return self._failed(CellError("Interrupted", "the cell had not started"), silent)
        return {
            "status": "ok",
            "execution_count": self.execution_count,
            "payload": [],
            "user_expressions": {},
        }

    async def do_shutdown(self, restart):
        """Ends the session."""
        if self._session is not None:
            self._session.close()
            self._session = None
        return {"status": "ok", "restart": restart}

    def _run(self, code: str, silent: bool) -> None:
        if self._session is None:
            self._session = Session(_FOLDER)
        self._session.run(code, f"In[{self.execution_count}]", _Publisher(self, silent))

    def _failed(self, error: CellError, silent: bool) -> dict:
        content = {"ename": error.name, "evalue": error.text, "traceback": error.lines}
        if not silent:
            self.send_response(self.iopub_socket, "error", content)
        return {"status": "error", "execution_count": self.execution_count, **content}


class _Publisher:
    """Sends a cell's output to all who listen."""

    def __init__(self, kernel: SwiftKernel, silent: bool):
        self._kernel = kernel
        self._silent = silent

    def stream(self, name: str, text: str) -> None:
        self._send("stream", {"name": name, "text": text})

    def show(self, payload: bytes) -> None:
        shown = read_shown(payload)
        content = {"data": shown.forms, "metadata": {}}
        if shown.is_result:
            self._send("execute_result", {**content, "execution_count": self._kernel.execution_count})
        else:
            self._send("display_data", content)

    def _send(self, kind: str, content: dict) -> None:
        if not self._silent:
            self._kernel.send_response(self._kernel.iopub_socket, kind, content)
