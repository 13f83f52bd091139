"""The one kind of failure that a cell can have."""

from __future__ import annotations


class CellError(Exception):
    """A cell that failed: the name and text of its error, and the lines that show it."""

    def __init__(self, name: str, text: str, lines: list[str] | None = None):
        super().__init__(f"{name}: {text}" if text else name)
        self.name = name
        self.text = text
        self.lines = lines if lines is not None else [str(self)]


class StateLost(CellError):
    """The process ended, and with it everything that the cells had declared."""
