"""A notebook for tests: a kernel that Jupyter starts, and cells that are sent to it."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from jupyter_client.manager import KernelManager

JUPYTER = Path(__file__).resolve().parent.parent
ROOT = JUPYTER.parent.parent
KERNEL = JUPYTER / "kernels" / "swift"

os.environ["JUPYTER_PATH"] = str(JUPYTER)
sys.path.insert(0, str(KERNEL))

CELL_SECONDS = 30


@dataclass
class Answer:
    """What the kernel answered to a cell."""

    status: str
    seconds: float
    name: str = ""
    text: str = ""
    lines: list[str] = field(default_factory=list)
    # The messages in their order: ("stdout", text), ("display", forms), ("result", forms).
    shown: list[tuple[str, object]] = field(default_factory=list)
    # What the error message said, which comes beside the reply.
    published: dict | None = None

    @property
    def result(self) -> str | None:
        """The plain text of the last expression's value."""
        forms = [forms for kind, forms in self.shown if kind == "result"]
        return forms[-1]["text/plain"] if forms else None

    @property
    def displayed(self) -> list[dict]:
        """The forms of what was displayed."""
        return [forms for kind, forms in self.shown if kind == "display"]

    def printed(self, name: str = "stdout") -> str:
        """The text on a stream."""
        return "".join(text for kind, text in self.shown if kind == name)

    @property
    def report(self) -> str:
        """The lines that a reader sees of an error."""
        return "\n".join(self.lines)


class Notebook:
    """A kernel and a client of it."""

    def __init__(self):
        start = time.monotonic()
        self.manager = KernelManager(kernel_name="swift")
        self.manager.start_kernel()
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=CELL_SECONDS)
        self.start_seconds = time.monotonic() - start

    def send(self, code: str) -> str:
        """Sends a cell and does not wait for its end."""
        return self.client.execute(code)

    def run(self, code: str) -> Answer:
        """Runs a cell."""
        return self.finish(self.send(code))

    def check(self, code: str) -> Answer:
        """Runs a cell that must not fail."""
        answer = self.run(code)
        assert answer.status == "ok", answer.report
        return answer

    def finish(self, message: str) -> Answer:
        """Collects the messages about a cell until it is over."""
        start = time.monotonic()
        answer = Answer("", 0)
        while True:
            parcel = self.client.get_iopub_msg(timeout=CELL_SECONDS)
            if parcel["parent_header"].get("msg_id") != message:
                continue
            kind, content = parcel["msg_type"], parcel["content"]
            if kind == "status" and content["execution_state"] == "idle":
                break
            if kind == "stream":
                answer.shown.append((content["name"], content["text"]))
            elif kind == "display_data":
                answer.shown.append(("display", content["data"]))
            elif kind == "execute_result":
                answer.shown.append(("result", content["data"]))
            elif kind == "error":
                answer.published = content
        while (reply := self.client.get_shell_msg(timeout=CELL_SECONDS)) is not None:
            if reply["parent_header"].get("msg_id") == message:
                break
        content = reply["content"]
        answer.status = content["status"]
        answer.name = content.get("ename", "")
        answer.text = content.get("evalue", "")
        answer.lines = content.get("traceback", [])
        answer.seconds = time.monotonic() - start
        return answer

    def wait_for_output(self, text: str) -> None:
        """Waits until a cell has printed the text."""
        seen = ""
        while text not in seen:
            parcel = self.client.get_iopub_msg(timeout=CELL_SECONDS)
            if parcel["msg_type"] == "stream":
                seen += parcel["content"]["text"]

    def close(self) -> None:
        """Ends the kernel."""
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=False)


@pytest.fixture(scope="module")
def swift():
    """One notebook for the tests of a file, whose cells see each other."""
    notebook = Notebook()
    yield notebook
    notebook.close()


@pytest.fixture
def fresh():
    """A notebook for one test."""
    notebook = Notebook()
    yield notebook
    notebook.close()
