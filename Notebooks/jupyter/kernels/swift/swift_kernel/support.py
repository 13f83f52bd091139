"""The kernel's own binaries: the runner, and the module that every cell imports.

They are built once for each version of their sources and of the compiler, and kept in the
package's build folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .errors import CellError
from .toolchain import Toolchain

MODULE = "NotebookDisplay"


@dataclass(frozen=True)
class Support:
    """The folder of the binaries."""

    folder: Path

    @property
    def runner(self) -> Path:
        """The program that loads cells."""
        return self.folder / "runner"

    @property
    def library(self) -> Path:
        """The library of the module that every cell imports."""
        return self.folder / f"lib{MODULE}.so"

    @classmethod
    def built(cls, sources: Path, cache: Path, toolchain: Toolchain) -> Support:
        """The binaries for these sources, which are built where the cache lacks them."""
        folder = cache / _fingerprint(sources, toolchain)
        if not folder.exists():
            cache.mkdir(parents=True, exist_ok=True)
            # Renamed when it is whole; if another kernel was faster, this one is dropped.
            with tempfile.TemporaryDirectory(dir=cache) as fresh:
                whole = Path(fresh) / "whole"
                whole.mkdir()
                _build(sources, whole, toolchain)
                with contextlib.suppress(OSError):
                    whole.rename(folder)
        return cls(folder)


def _fingerprint(sources: Path, toolchain: Toolchain) -> str:
    digest = hashlib.sha256(toolchain.version.encode())
    for source in sorted(path for path in sources.iterdir() if path.is_file()):
        digest.update(source.name.encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()[:16]


def _build(sources: Path, folder: Path, toolchain: Toolchain) -> None:
    support = Support(folder)
    runtime = ["-L", toolchain.libraries, "-Wl,-rpath," + str(toolchain.libraries)]
    commands = [
        [toolchain.program("swiftc"), "-O", "-swift-version", "6", "-module-name", MODULE]
        + ["-emit-library", "-emit-module", "-emit-module-path", folder / f"{MODULE}.swiftmodule"]
        + ["-o", support.library, *sorted(sources.glob("*.swift"))],
        [toolchain.program("clang"), "-O1", "-std=c17", "-rdynamic", sources / "runner.c"]
        + ["-o", support.runner, *runtime, "-lswiftCore", "-ldispatch"],
    ]
    for command in commands:
        result = subprocess.run(
            [os.fspath(part) for part in command], capture_output=True, text=True
        )
        if result.returncode != 0:
            advice = (
                "the kernel's own binaries were not built; see whether `swift --version` says "
                "6.3 or later, and `make setup` installs what is missing"
            )
            output = (result.stdout + result.stderr).splitlines()
            raise CellError("KernelNotBuilt", advice, [*output, advice])
