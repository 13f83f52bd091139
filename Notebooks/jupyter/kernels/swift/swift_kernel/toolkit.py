"""The package whose modules cells import, as its release build left it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PRODUCT = "NotebookToolkit"
BUILD_COMMAND = f"swift build -c release --product {PRODUCT}"


@dataclass(frozen=True)
class Toolkit:
    """The modules and the shared library of the package that the kernel is part of."""

    root: Path

    @classmethod
    def around(cls, kernel_folder: Path) -> Toolkit:
        """The package whose Notebooks/jupyter/kernels/swift is the folder."""
        return cls(root=kernel_folder.parents[3])

    @property
    def build(self) -> Path:
        """The folder of the release build, which the package manager links to."""
        return self.root / ".build" / "release"

    @property
    def library(self) -> Path:
        """The shared library that holds all modules."""
        return self.build / f"lib{PRODUCT}.so"

    @property
    def is_built(self) -> bool:
        """Whether cells can import the modules."""
        return self.library.exists()

    @property
    def compiler_flags(self) -> list[str]:
        """What the compiler needs in order to find the modules."""
        if not self.is_built:
            return []
        flags = ["-I", str(self.build / "Modules")]
        for module_map in self._module_maps:
            flags += ["-Xcc", f"-fmodule-map-file={module_map}"]
        return flags

    @property
    def _module_maps(self) -> list[Path]:
        """Those of the targets in C, and of the system's libraries."""
        return [
            *sorted(self.build.glob("*.build/module.modulemap")),
            *sorted(self.root.glob("Sources/*/module.modulemap")),
        ]

    def provides(self, module: str) -> bool:
        """Whether cells can import the module."""
        return self.is_built and (self.build / "Modules" / f"{module}.swiftmodule").exists()

    def has_module(self, name: str) -> bool:
        """Whether a module of this name belongs to the package."""
        return (self.root / "Sources" / name).is_dir()

    def advice(self, module: str) -> str:
        """What to do where the compiler does not find a module of the package."""
        reason = f"does not hold {module}" if self.is_built else "is not built"
        return (
            f"The toolkit {reason}: run `{BUILD_COMMAND}` in the root of the package, "
            "then restart the kernel."
        )
