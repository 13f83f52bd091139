"""Break the code on purpose, one place at a time, and see whether the tests notice.

    python3 Scripts/mutate.py kernels|swift [--limit N] [--seed N] [--file NAME]... [--list]

`kernels` breaks the C kernels: they are compiled into a shared library, with which the
debug build of the tests is linked once.  `swift` breaks a sample of the Swift files that
have tests of their own, and builds the tests again each time.  A mutant is judged by the
suites of its file; one that these let live, by all tests of its target.  It is killed if a
test fails, traps or takes ten times as long as usual.  Mutants with the same object code
are equivalent, and those that do not compile are invalid; neither counts.

Sources are changed in place, so that the build stays small, and restored after each
mutant; the script refuses to start where Sources is not as committed.  The table goes to
.build/mutants/NAME.tsv.
"""

import argparse
import hashlib
import os
import platform
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from mutants import Mutant, mutants_of

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / ".build/mutants"
DEBUG = ROOT / ".build/debug"
BUNDLE = "swift-information-theoryPackageTests"
KERNELS = ROOT / "Sources/CInformationKernels"
LEAST_TIMEOUT = 60
WIDEST_TIMEOUT = 3600
"""For all tests of a target, which are run for survivors alone."""
ENVIRONMENT = {**os.environ, "SWIFT_BACKTRACE": "enable=no"}


def run(command: list, timeout: float | None = None, **environment: str) -> tuple[bool, str]:
    """Whether a command succeeds in time, and what it prints."""
    process = subprocess.Popen(
        [str(part) for part in command], cwd=ROOT, env={**ENVIRONMENT, **environment}, text=True,
        errors="replace", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        start_new_session=True)
    try:
        output, _ = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return False, "took too long"
    return process.returncode == 0, output


def tested(bundle: Path, pattern: str, timeout: float | None) -> tuple[bool, str]:
    """Whether tests pass, of which there must be some."""
    passed, output = run(
        [bundle, "--testing-library", "swift-testing", "--filter", pattern], timeout)
    some = re.search(r"Test run with [1-9]\d* test", output) is not None
    return passed and some, output


class Kernels:
    """The C kernels as a shared library under the tests."""

    bundle = BUILD / "tests"
    library = BUILD / "libkernels.so"
    common = (BUILD / "dispatch.o", BUILD / "processors.o")
    level = "avx2" if platform.machine() == "x86_64" else "portable"
    wide = r"^(InformationTheoryTests|ClassificationLossesTests)\."
    suites = {
        "linear": "LinearCrossEntropyTests|LinearCrossEntropyRunTests",
        "losses_few": "LabelKernelTests|KernelProbeTests",
        "losses_binary": "BinaryKernelTests|KernelProbeTests",
        "losses_sigmoid": "BinaryKernelTests|KernelProbeTests",
        "losses": "LabelKernelTests|BinaryKernelTests|KernelProbeTests|RowKernelTests",
        "softmax": "RowKernelTests|LabelKernelTests",
        "kl_rows": "RowKernelTests|LogitComparisonTests",
        "rows": "RowKernelTests|LabelKernelTests",
        "label": "LabelMutualInformationTests|LabelKernelTests",
        "vector": "Kernel",
        "pair_arithmetic": "Kernel",
        "": "EntropyKernelTests|PowerKernelTests|VectorizedDivergenceTests",
    }

    def __init__(self) -> None:
        self.files = sorted(KERNELS.glob("*.h"))
        self.link()

    def link(self) -> None:
        """Links the tests with the library in place of the kernels' objects."""
        demand(*run(["swift", "build", "--build-tests"]))
        for source, target in zip(("dispatch", "processors"), self.common):
            demand(*self.compiled(KERNELS / f"{source}.c", target))
        demand(*self.build())
        self.baseline = self.digest
        objects = (DEBUG / f"{BUNDLE}.product/Objects.LinkFileList").read_text().splitlines()
        kept = BUILD / "objects.txt"
        kept.write_text("\n".join(o for o in objects if "CInformationKernels" not in o))
        flags = subprocess.run(["pkg-config", "--libs", "gsl"], capture_output=True, text=True,
                               check=True).stdout.split()
        demand(*run([
            "swiftc", "-use-ld=lld", f"@{kept}", self.library, *flags, "-lm", "-o", self.bundle,
            "-Xlinker", "-rpath", "-Xlinker", BUILD, "-L", DEBUG, "-module-name", "MutantTests",
            "-emit-executable"]))

    def filters(self, path: Path) -> list[str]:
        name = next(name for name in self.suites if path.name.startswith(name))
        return [self.suites[name], self.wide]

    def build(self) -> tuple[bool, str]:
        """Compiles the level of this processor alone, and gives its kernels for all levels:
        a mutant changes all alike, so that no test may find it by comparing them."""
        level = BUILD / "level.o"
        built, output = self.compiled(KERNELS / f"level_{self.level}.c", level)
        if not built:
            return False, output
        self.digest = hashlib.sha256(level.read_bytes()).hexdigest()
        others = [f"-Wl,--defsym={table}_kernels_{name}={table}_kernels_{self.level}"
                  for table in ("measure", "loss", "linear", "row")
                  for name in ("portable", "avx2", "avx512") if name != self.level]
        return run(["clang", "-shared", "-fuse-ld=lld", *others, level, *self.common, "-lm", "-o",
                    self.library])

    def compiled(self, source: Path, target: Path) -> tuple[bool, str]:
        return run(["clang", "-std=gnu11", "-O1", "-w", "-fPIC", "-I", KERNELS / "include", "-c",
                    source, "-o", target])

    def is_equivalent(self, mutant: Mutant) -> bool:
        return self.digest == self.baseline

    def test(self, pattern: str, timeout: float | None = None) -> tuple[bool, str]:
        return tested(self.bundle, pattern, timeout)


class Swift:
    """The Swift files of the library that have tests named after them."""

    folders = ("InformationTheory/Core", "InformationTheory/Divergence",
               "InformationTheory/Entropy", "InformationTheory/Joint",
               "InformationTheory/Numerics", "InformationTheory/Rows", "ClassificationLosses",
               "ReferenceOracle/Arithmetic")
    oracle = "ReferenceOracleTests"

    def __init__(self) -> None:
        files = [file for folder in self.folders
                 for file in sorted((ROOT / "Sources" / folder).glob("*.swift"))]
        self.files = [file for file in files if self.suites(file)]
        demand(*self.build())
        self.objects = {file: self.object(file) for file in self.files}

    def suites(self, path: Path) -> list[str]:
        """The suites in the test file that is named after a source file."""
        if "ReferenceOracle" in path.parts:
            return [self.oracle]
        target = path.relative_to(ROOT / "Sources").parts[0] + "Tests"
        found = []
        for file in (ROOT / "Tests" / target).rglob(f"{path.stem}Tests.swift"):
            lines = file.read_text().splitlines()
            found += [f"{target}.{word}" for line in lines for word in line.split()
                      if word.endswith("Tests") and "struct" in line]
        return found

    def filters(self, path: Path) -> list[str]:
        suites = self.suites(path)
        return ["|".join(suites), f"^{suites[0].split('.')[0]}\\."]

    def build(self) -> tuple[bool, str]:
        return run(["swift", "build", "--build-tests"])

    def object(self, path: Path) -> str:
        """A digest of a file's object code, without what debuggers need."""
        module = path.relative_to(ROOT / "Sources").parts[0]
        stripped = BUILD / "stripped.o"
        subprocess.run(["strip", "-g", "-o", stripped,
                        DEBUG / f"{module}.build/{path.name}.o"], check=True)
        return hashlib.sha256(stripped.read_bytes()).hexdigest()

    def is_equivalent(self, mutant: Mutant) -> bool:
        return self.object(mutant.path) == self.objects[mutant.path]

    def test(self, pattern: str, timeout: float | None = None) -> tuple[bool, str]:
        return tested(DEBUG / f"{BUNDLE}.xctest", pattern, timeout)


class Judge:
    """Builds mutants and runs the tests, of which it knows how long they take."""

    def __init__(self, code: Kernels | Swift, is_quick: bool):
        self.code = code
        self.is_quick = is_quick
        self.seconds: dict[str, float] = {}

    def usual_seconds(self, pattern: str) -> float:
        """How long tests take that all pass."""
        if pattern not in self.seconds:
            start = time.monotonic()
            demand(*self.code.test(pattern))
            self.seconds[pattern] = time.monotonic() - start
        return self.seconds[pattern]

    def verdict(self, mutant: Mutant) -> str:
        suites, all_tests = self.code.filters(mutant.path)
        limits = {suites: max(LEAST_TIMEOUT, 10 * self.usual_seconds(suites))}
        if not self.is_quick:
            limits[all_tests] = WIDEST_TIMEOUT
        original = mutant.path.read_text()
        try:
            mutant.path.write_text(mutant.applied_to(original))
            built, _ = self.code.build()
            if not built:
                return "invalid"
            if self.code.is_equivalent(mutant):
                return "equivalent"
            for pattern, limit in limits.items():
                passed, _ = self.code.test(pattern, limit)
                if not passed:
                    return "killed"
            return "survived"
        finally:
            mutant.path.write_text(original)


def demand(succeeded: bool, output: str) -> None:
    if not succeeded:
        sys.exit(f"mutate: without a mutant this must succeed:\n{output[-3000:]}")


def demand_clean() -> None:
    changes = subprocess.run(["git", "status", "--porcelain", "--", "Sources"], cwd=ROOT,
                             capture_output=True, text=True, check=True).stdout
    if changes:
        sys.exit(f"mutate: commit or undo first, for Sources is changed in place:\n{changes}")


def report(verdicts: list[tuple[Mutant, str]]) -> None:
    counts = Counter(verdict for _, verdict in verdicts)
    for mutant, verdict in verdicts:
        if verdict == "survived":
            print(f"survived  {mutant.described(ROOT)}")
    judged = counts["killed"] + counts["survived"]
    score = f"{100 * counts['killed'] / judged:.1f} %" if judged else "none"
    print(f"{len(verdicts)} mutants: {counts['killed']} killed, {counts['survived']} survived, "
          f"{counts['equivalent']} equivalent, {counts['invalid']} invalid; score {score}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("code", choices=["kernels", "swift"])
    parser.add_argument("--limit", type=int, help="how many mutants to draw; all without it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, help="draw no more after so long")
    parser.add_argument("--file", action="append", help="only files with this name")
    parser.add_argument("--quick", action="store_true", help="judge by the suites of a file alone")
    parser.add_argument("--list", action="store_true", help="only list the mutants")
    options = parser.parse_args()
    demand_clean()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("mutate: ended"))
    BUILD.mkdir(parents=True, exist_ok=True)
    code = Kernels() if options.code == "kernels" else Swift()
    files = [file for file in code.files if not options.file or file.name in options.file]
    drawn = [mutant for file in files for mutant in mutants_of(file)]
    print(f"{len(drawn)} mutants of {len(files)} files")
    random.Random(options.seed).shuffle(drawn)
    drawn = drawn[:options.limit]
    if options.list:
        print("\n".join(mutant.described(ROOT) for mutant in drawn))
        return
    judge, verdicts, start = Judge(code, options.quick), [], time.monotonic()
    with open(BUILD / f"{options.code}.tsv", "w", buffering=1) as table:
        for mutant in drawn:
            if options.minutes and time.monotonic() - start > 60 * options.minutes:
                break
            verdict = judge.verdict(mutant)
            verdicts.append((mutant, verdict))
            table.write(f"{verdict}\t{mutant.described(ROOT)}\n")
    report(verdicts)


if __name__ == "__main__":
    main()
