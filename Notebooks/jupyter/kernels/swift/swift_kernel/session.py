"""The state between cells, and what happens to one cell."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from .compiler import Compiler, Library
from .diagnostics import Cell
from .errors import CellError, StateLost
from .runner import Ending, Runner, Silence, Sink
from .scope import Scope
from .support import Support
from .syntax import Syntax
from .toolchain import Toolchain
from .toolkit import Toolkit

# What stops a cell without a word of the runtime.
_CAUSES = {
    "SIGILL": "a check failed, such as that of an arithmetic overflow (SIGILL)",
    "SIGTRAP": "a check failed, such as that of an arithmetic overflow (SIGTRAP)",
    "SIGSEGV": "memory was used that is not there, as after endless recursion (SIGSEGV)",
    "SIGABRT": "the cell called abort (SIGABRT)",
}

_POOL_ADVICE = (
    "It happened on a thread of the pool, which is lost. When several are, tasks do not start any "
    "more: then restart the kernel."
)


class Session:
    """A compiler, the process that runs what it makes, and what cells have declared."""

    def __init__(self, kernel_folder: Path):
        self.toolchain = Toolchain.find()
        self.toolkit = Toolkit.around(kernel_folder)
        self.support = Support.built(
            kernel_folder / "support", self.toolkit.root / ".build" / "notebooks", self.toolchain
        )
        self._rules = sorted((kernel_folder / "support" / "rules").glob("*.swift"))
        self._folder = Path(tempfile.mkdtemp(prefix="swift-kernel-"))
        self._compiler = Compiler(self.toolchain, self.toolkit, self.support, self._folder)
        self._scope = Scope()
        self._cells = 0
        self.runner = self._started()
        self._add_rules()

    def run(self, text: str, label: str, sink: Sink) -> None:
        """Runs a cell; raises the error with which it failed."""
        cell = Cell(label, text)
        library, syntax = self._compile(cell)
        self._scope.add_imports(syntax)
        for warning in library.warnings:
            sink.stream("stderr", "\n".join(warning.shown(cell)) + "\n")
        try:
            self._judge(self.runner.run(library.path, library.entry, sink), library)
        except StateLost as error:
            self._start_again()
            error.lines.append(
                f"{error.name}: {error.text}. All that the cells declared is lost: "
                "run them again from the first."
            )
            raise
        self._scope.add_declarations(library.module, syntax)

    def close(self) -> None:
        """Ends the process and removes what was compiled."""
        self.runner.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _compile(self, cell: Cell) -> tuple[Library, Syntax]:
        self._cells += 1
        syntax = self._compiler.parse(cell)
        module = f"Cell_{self._cells}"
        return self._compiler.compile(cell, module, syntax, self._scope.import_lines()), syntax

    def _started(self) -> Runner:
        return Runner(self.support, [self.toolkit.library] if self.toolkit.is_built else [])

    def _start_again(self) -> None:
        self.runner.stop()
        self._scope = Scope()
        self.runner = self._started()
        self._add_rules()

    def _add_rules(self) -> None:
        """Teaches the process to show what modules of the toolkit draw."""
        for rule in self._rules:
            if self.toolkit.provides(rule.stem):
                library = self._compile(Cell("In[0]", rule.read_text()))[0]
                self._judge(self.runner.run(library.path, library.entry, Silence()), library)

    def _judge(self, ending: Ending, library: Library) -> None:
        """Raises what a cell that did not run to its end failed with."""
        if ending.kind == "done":
            return
        if ending.kind == "interrupted":
            raise CellError("Interrupted", "the cell was interrupted; what it declares is not kept")
        if ending.kind == "unloadable":
            raise CellError("NotLoaded", ending.payload)
        place, _, rest = ending.payload.partition("\n")
        where = self._line_of(place)
        if ending.kind == "thrown":
            name, _, text = rest.partition("\n")
            raise CellError(name, text, [f"{where}Thrown: {name}", text])
        name, _, thread = rest.partition("\n")
        words = ending.last_words or _CAUSES.get(name, f"the cell was stopped by {name}")
        lines = [f"{where}{words}"] + ([_POOL_ADVICE] if thread == "pool" else [])
        raise CellError("Trapped", words.splitlines()[0], lines)

    def _line_of(self, place: str) -> str:
        """`In[3]:2: ` for the place in a cell's library, or nothing where it is unknown."""
        library, plus, offset = place.partition("+")
        if not plus:
            return ""
        command = [self.toolchain.program("llvm-symbolizer"), f"--obj={library}", "--no-inlines"]
        try:
            answer = subprocess.run([*command, offset], capture_output=True, text=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            return ""
        lines = answer.stdout.splitlines()
        location = lines[1].rsplit("/", 1)[-1] if len(lines) > 1 else ""
        label, line, _ = (location.rsplit(":", 2) + ["", ""])[:3]
        return f"{label}:{line}: " if label.startswith("In[") and line != "0" else ""
