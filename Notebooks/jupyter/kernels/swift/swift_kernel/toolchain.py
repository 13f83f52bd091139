"""Where the Swift compiler and its parts are."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .errors import CellError


@dataclass(frozen=True)
class Toolchain:
    """The programs and folders of one installation of Swift."""

    programs: Path
    resources: Path
    platform: str
    architecture: str
    version: str

    @classmethod
    def find(cls) -> Toolchain:
        """The toolchain whose `swiftc` is on the path."""
        compiler = shutil.which("swiftc")
        if compiler is None:
            raise CellError(
                "SwiftNotFound",
                "there is no swiftc on the path: install Swift 6.3 or later from "
                "https://www.swift.org/install/, then restart the kernel",
            )
        answer = subprocess.run(
            [compiler, "-print-target-info"], capture_output=True, text=True, check=True
        )
        info = json.loads(answer.stdout)
        resources = Path(info["paths"]["runtimeResourcePath"])
        return cls(
            programs=resources.parent.parent / "bin",
            resources=resources,
            platform=info["target"]["platform"],
            architecture=info["target"]["arch"],
            version=info["compilerVersion"],
        )

    def program(self, name: str) -> str:
        """The path of a program of the toolchain, such as `swift-frontend`."""
        return str(self.programs / name)

    @property
    def libraries(self) -> Path:
        """The folder of the runtime's shared libraries."""
        return self.resources / self.platform

    @property
    def registration(self) -> Path:
        """What tells the runtime of a library's types and conformances."""
        return self.libraries / self.architecture / "swiftrt.o"
