"""What the compiler says about a cell, in terms of the cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_HEAD = re.compile(r"^(?P<file>[^\n]*?):(?P<line>\d+):(?P<column>\d+): (?P<kind>error|warning|note): (?P<text>.*)$")
# The file that is only parsed, which has one line before the cell's. What is missing at
# its end is reported in this name.
PARSED = "parsed.swift"
_PLACELESS = re.compile(r"^(?:<unknown>:0: )?(?P<kind>error|warning): (?P<text>.*)$")


@dataclass
class Cell:
    """The text of a cell, its label, and where the kernel put something before its text."""

    label: str
    text: str
    # The place of the last expression, from 1, and the number of bytes put before it.
    result_line: int = 0
    result_column: int = 0
    shift: int = 0

    @property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return self.text.split("\n")


@dataclass
class Diagnostic:
    """One message, with a line and a column from 1 where it has a place in the cell."""

    kind: str
    text: str
    line: int | None = None
    column: int | None = None
    more: list[str] = field(default_factory=list)

    def shown(self, cell: Cell) -> list[str]:
        """The message, the line that it is about, and a mark beneath the place."""
        if self.line is None or self.column is None:
            return [f"{self.kind}: {self.text}", *self.more]
        place = f"{cell.label}:{self.line}:{self.column}"
        shown = [f"{place}: {self.kind}: {self.text}", *self.more]
        if self.line <= len(cell.lines):
            code = cell.lines[self.line - 1]
            blank = re.sub(r"[^\t]", " ", code[: self.column - 1])
            shown += [f"    {code}", f"    {blank}^"]
        return shown


def read_diagnostics(output: str, cell: Cell) -> list[Diagnostic]:
    """The messages in what the compiler printed, once each."""
    found: list[Diagnostic] = []
    for line in output.splitlines():
        if (head := _HEAD.match(line)) is not None:
            found.append(_placed(head, cell))
        elif (head := _PLACELESS.match(line)) is not None:
            found.append(Diagnostic(head["kind"], head["text"]))
    return found


def _placed(head: re.Match[str], cell: Cell) -> Diagnostic:
    line, column = int(head["line"]), int(head["column"])
    if head["file"].endswith(PARSED):
        line -= 1
    elif head["file"] != cell.label:
        return Diagnostic(head["kind"], head["text"])
    if line == cell.result_line and column > cell.result_column:
        column = max(cell.result_column, column - cell.shift)
    if line <= len(cell.lines):  # The compiler counts bytes, people characters.
        before = cell.lines[line - 1].encode()[: column - 1]
        column = len(before.decode(errors="replace")) + 1
    return Diagnostic(head["kind"], head["text"], line, column)
