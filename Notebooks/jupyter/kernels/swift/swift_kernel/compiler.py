"""From the text of a cell to a shared library."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .diagnostics import PARSED, Cell, Diagnostic, read_diagnostics
from .errors import CellError
from .support import MODULE, Support
from .syntax import Syntax, read_syntax
from .toolchain import Toolchain
from .toolkit import Toolkit

_RESULT = "showNotebookResult("
# A type and a protocol of earlier cells count as public, and demand the same of what
# makes the one conform to the other; the second attempt does not ask for it.
_WITNESS = "must be declared public because it matches a requirement in public protocol"
# What the last expression is warned of when a `Never` is shown, or nothing is.
_EXPECTED = ("will never be executed", "is unused")
# Whose warning is for packages that others may change.
_RETROACTIVE = "extension declares a conformance of imported type"


@dataclass(frozen=True)
class Library:
    """A compiled cell: its module, its shared library and the function that runs it."""

    module: str
    path: Path
    entry: str
    warnings: list[Diagnostic]


@dataclass(frozen=True)
class Compiler:
    """Compiles the cells of one session into one folder."""

    toolchain: Toolchain
    toolkit: Toolkit
    support: Support
    folder: Path

    def parse(self, cell: Cell) -> Syntax:
        """What the cell declares; an error if its text is no Swift."""
        source = self.folder / PARSED
        source.write_text(_located(cell))
        frontend = self.toolchain.program("swift-frontend")
        result = self._run(
            [frontend, "-dump-parse", "-dump-ast-format", "json", "-swift-version", "5"]
            + ["-diagnostic-style=llvm", source]
        )
        if result.returncode != 0:
            raise self._error(read_diagnostics(result.stderr, cell), cell)
        prefix = len(_located(cell).encode()) - len(cell.text.encode())
        syntax = read_syntax(result.stdout, source.read_bytes())
        if syntax.result is not None:
            syntax.result -= prefix
        if syntax.top_level_await is not None:
            raise self._await_error(syntax.top_level_await - prefix, cell)
        return syntax

    def compile(
        self, cell: Cell, module: str, syntax: Syntax, imports: list[str]
    ) -> Library:
        """The cell's shared library, whose module later cells import."""
        # Only a file of this name may have statements outside of functions.
        source = self.folder / module / "main.swift"
        source.parent.mkdir()
        lines = [f"import {MODULE}", *imports]
        source.write_text("\n".join(lines) + "\n" + _located(_showing_result(cell, syntax)))
        compiled, library = source.with_name("cell.o"), self.folder / f"{module}.so"
        entry = f"{module}_main"
        command = [
            *[self.toolchain.program("swift-frontend"), "-c", "-Onone", "-swift-version", "5"],
            *["-diagnostic-style=llvm", "-enable-testing", "-gline-tables-only"],
            *["-module-name", module, "-entry-point-function-name", entry],
            *["-emit-module-path", self.folder / f"{module}.swiftmodule", "-o", compiled],
            *["-I", self.folder, "-I", self.support.folder, *self.toolkit.compiler_flags],
            source,
        ]
        result = self._run(command)
        if _WITNESS in result.stderr:
            result = self._run([*command, "-disable-access-control"])
        diagnostics = read_diagnostics(result.stderr, cell)
        if result.returncode != 0:
            raise self._error(diagnostics, cell, result.stderr)
        self._link(compiled, library)
        return Library(module, library, entry, [found for found in diagnostics if _is_warning(found, cell)])

    def _link(self, compiled: Path, library: Path) -> None:
        needed = self._run(
            [self.toolchain.program("swift-autolink-extract"), compiled, "-o", "/dev/stdout"]
        )
        runtime = self.toolchain.libraries
        result = self._run(
            [self.toolchain.program("clang"), "-shared", "-fuse-ld=lld", "-o", library]
            + [self.toolchain.registration, compiled, "-L", runtime, f"-Wl,-rpath,{runtime}"]
            + needed.stdout.split()
        )
        if result.returncode != 0:
            raise CellError("LinkError", "the cell was not linked", result.stderr.splitlines())

    def _run(self, command: list) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(part) for part in command],
            capture_output=True,
            text=True,
            cwd=self.folder,
            env={**os.environ, "SWIFT_BACKTRACE": "enable=no"},
        )

    def _error(
        self, diagnostics: list[Diagnostic], cell: Cell, output: str = ""
    ) -> CellError:
        errors = [entry for entry in diagnostics if entry.kind == "error"]
        if not errors:
            return CellError("CompilerFailed", "the compiler stopped", output.splitlines()[:40])
        relevant = [entry for entry in diagnostics if entry.kind != "warning"]
        lines = [line for entry in relevant for line in entry.shown(cell)]
        for entry in errors:
            module = entry.text.removeprefix("no such module '").removesuffix("'")
            if module != entry.text and self.toolkit.has_module(module):
                lines.append(self.toolkit.advice(module))
        return CellError("CompileError", errors[0].text, lines)

    def _await_error(self, offset: int, cell: Cell) -> CellError:
        before = cell.text.encode()[:offset].decode()
        line = before.count("\n") + 1
        text = "cells cannot await outside of functions: write `try runBlocking { … }` around it"
        found = Diagnostic("error", text, line, len(before) - (before.rfind("\n") + 1) + 1)
        return CellError("CompileError", text, found.shown(cell))


def _is_warning(found: Diagnostic, cell: Cell) -> bool:
    """Whether to show it: not what follows from how results are shown or hidden."""
    if found.kind != "warning" or found.line is None:
        return False
    of_result = found.line == cell.result_line and any(word in found.text for word in _EXPECTED)
    return not of_result and not found.text.startswith(_RETROACTIVE)


def _located(cell: Cell) -> str:
    """The text, whose lines the compiler calls by the cell's label."""
    return f'#sourceLocation(file: "{cell.label}", line: 1)\n{cell.text}'


def _showing_result(cell: Cell, syntax: Syntax) -> Cell:
    """The cell with its last expression passed to what shows it; notes the place."""
    if syntax.result is None:
        return cell
    text = cell.text.encode()
    before, expression = text[: syntax.result].decode(), text[syntax.result :].decode()
    cell.result_line = before.count("\n") + 1
    cell.result_column = len(before.rpartition("\n")[2].encode()) + 1
    if syntax.is_result_hidden:
        return cell
    cell.shift = len(_RESULT)
    return Cell(cell.label, f"{before}{_RESULT}{expression}\n)")
