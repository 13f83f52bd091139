"""Which declarations of earlier cells a cell sees.

A cell's module is imported as long as something that it declares has not been declared
again. Where a name has been, the newest declaration is imported by name, which the
compiler prefers to what whole modules bring along.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .syntax import Syntax


@dataclass(frozen=True)
class _Declaration:
    module: str
    kind: str | None


@dataclass
class Scope:
    """The imports and the newest declaration of each name."""

    _imports: dict[str, None] = field(default_factory=dict)
    _newest: dict[str, _Declaration] = field(default_factory=dict)
    _repeated: set[str] = field(default_factory=set)

    def add_imports(self, syntax: Syntax) -> None:
        """Keeps the imports of a cell that was compiled, whatever became of it."""
        self._imports.update(dict.fromkeys(syntax.imports))

    def add_declarations(self, module: str, syntax: Syntax) -> None:
        """Keeps what a cell that ran to its end declares."""
        for key in [*syntax.names, *syntax.others]:
            # A name of a library is shadowed too, except by a function, which overloads it.
            if key in self._newest or syntax.names.get(key, "func") != "func":
                self._repeated.add(key)
            self._newest[key] = _Declaration(module, syntax.names.get(key))

    def import_lines(self) -> list[str]:
        """The imports with which the next cell starts."""
        modules = dict.fromkeys(declaration.module for declaration in self._newest.values())
        named = [
            f"@testable import {newest.kind} {newest.module}.{name}"
            for name, newest in self._newest.items()
            if name in self._repeated and newest.kind is not None
        ]
        return [*self._imports, *(f"@testable import {module}" for module in modules), *named]
