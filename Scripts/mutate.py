"""Break the code on purpose, one place at a time, and see whether the tests notice.

    python3 Scripts/mutate.py CODE [--limit N] [--seed N] [--file NAME]... [--list]
    python3 Scripts/mutate.py CODE --again

CODE `kernels` breaks the C kernels, `swift` the Swift files of measures and losses that have
tests of their own, `oracle` the reference oracle's arithmetic.  The tests are built once,
optimised; then each mutant costs the compilation of one file, and a link.  It is judged by
the suites of its file; one that these let live, by all tests of its target.  It is killed if
a test fails, traps or takes ten times as long as usual.  Mutants with the same object code
are equivalent, and those that do not compile are invalid; neither counts.

Copies are changed, never the sources.  The verdicts go to .build/mutants/CODE.tsv, from
which --again takes the survivors, to judge them by the tests of today.
"""

import argparse
import hashlib
import json
import os
import platform
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

from mutants import Mutant, mutants_of

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "Sources"
BUILD = ROOT / ".build/mutants"
SCRATCH = BUILD / "tests-build"
PRODUCTS = SCRATCH / "debug"
MODULES = ("CInformationKernels", "InformationTheory", "ClassificationLosses", "ReferenceOracle",
           "InformationTheoryTests", "ClassificationLossesTests", "ReferenceOracleTests",
           "TestSupport", "InformationTheoryTesting", "OracleAgreement", "BigInt", "Numerics",
           "ComplexModule", "RealModule")
"""What the tests are linked from, so far as it has been built."""
RUNNER, RUNNER_OBJECT = BUILD / "runner.swift", BUILD / "runner.o"
LEAST_TIMEOUT, WIDEST_TIMEOUT = 30, 3600
ENVIRONMENT = {**os.environ, "SWIFT_BACKTRACE": "enable=no"}


def run(command: list) -> tuple[bool, str]:
    """Whether a command succeeds, and what it prints."""
    process = subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=ENVIRONMENT, text=True, errors="replace",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return process.returncode == 0, process.stdout


def demand(succeeded: bool, output: str) -> str:
    if not succeeded:
        sys.exit(f"mutate: without a mutant this must succeed:\n{output[-3000:]}")
    return output


def build_tests(targets: tuple[str, ...]) -> None:
    """Builds the tests as for debugging, where files are compiled one by one, but optimised.

    On one core, as everything here, so that somebody can work beside it."""
    for target in targets:
        demand(*run([
            "swift", "build", "--target", target, "-j", "1", "--scratch-path", SCRATCH,
            "-Xswiftc", "-O",
            # Swift 6.3.1 crashes in this pass, if files are compiled one by one.
            "-Xswiftc", "-Xfrontend", "-Xswiftc", "-enable-copy-propagation=false"]))
    RUNNER.write_text("""import Testing

@main struct Runner {
  static func main() async { await Testing.__swiftPMEntryPoint() as Never }
}
""")
    demand(*run(["swiftc", "-c", "-O", "-parse-as-library", RUNNER, "-o", RUNNER_OBJECT]))


def linked(bundle: Path, left_out: str, put_in: list[Path]) -> tuple[bool, str]:
    """Links the tests without the objects whose paths contain a text, and with others."""
    built = [file for module in MODULES
             for file in sorted((PRODUCTS / f"{module}.build").rglob("*.o"))]
    kept = [file for file in built if left_out not in str(file)]
    objects = BUILD / "objects.txt"
    objects.write_text("\n".join(shlex.quote(str(file)) for file in kept + put_in))
    return run(["swiftc", "-use-ld=lld", "-emit-executable", RUNNER_OBJECT, f"@{objects}", "-lm",
                "-Xlinker", "-rpath", "-Xlinker", BUILD, "-Xlinker", "--strip-debug",
                "-o", bundle])


def tested(bundle: Path, pattern: str, timeout: float | None = None) -> tuple[bool, str]:
    """Whether tests pass, of which there must be some; ends with the first that does not."""
    process = subprocess.Popen(
        [bundle, "--testing-library", "swift-testing", "--filter", pattern], cwd=ROOT,
        env=ENVIRONMENT, text=True, errors="replace", stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, start_new_session=True)
    alarm = threading.Timer(timeout or WIDEST_TIMEOUT, os.killpg, (process.pid, signal.SIGKILL))
    alarm.start()
    lines = []
    try:
        for line in process.stdout:
            lines.append(line)
            if "recorded an issue" in line:
                return False, "".join(lines)
        some = any(re.search(r"Test run with [1-9]\d* test", line) for line in lines)
        return process.wait() == 0 and some, "".join(lines)
    finally:
        alarm.cancel()
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


class Kernels:
    """The C kernels as a shared library under the tests.

    Each of their tables is compiled apart, and after a change only those that it may reach.
    """

    targets = ("InformationTheoryTests", "ClassificationLossesTests")
    bundle = BUILD / "kernel-tests"
    copy = BUILD / "CInformationKernels"
    level = "avx2" if platform.machine() == "x86_64" else "portable"
    tables = ("Measure", "Loss", "Linear", "Row")
    all_tests = r"^(InformationTheoryTests|ClassificationLossesTests)\."
    reaches = {
        "linear": ("Linear", "LinearCrossEntropyTests|LinearCrossEntropyRunTests"),
        "rows": ("Row", "RowKernelTests|KernelOutputTests"),
        "softmax": ("Row", "RowKernelTests|KernelOutputTests"),
        "kl_rows": ("Row", "SoftmaxDivergenceTests|KernelOutputTests"),
        "losses_few": ("Loss", "LabelKernelTests|KernelOutputTests|KernelProbeTests"),
        "losses_label": ("Loss", "LabelKernelTests|KernelOutputTests|KernelProbeTests"),
        "losses_smooth": ("Loss", "TargetKernelTests|LabelKernelTests|KernelOutputTests"),
        "losses_targets": ("Loss", "TargetKernelTests|KernelOutputTests"),
        "losses_binary": ("Loss", "BinaryKernelTests|KernelOutputTests|KernelProbeTests"),
        "losses_sigmoid": ("Loss", "BinaryKernelTests|KernelOutputTests|KernelProbeTests"),
        "losses": ("Loss Linear Row", "KernelTests|KernelOutputTests|KernelProbeTests"),
        "label": ("Measure", "LabelMutualInformationTests"),
        "entropy": ("Measure", "EntropyKernelTests|VectorizedDivergenceTests"),
        "powers": ("Measure", "PowerKernelTests"),
        "masses": ("Measure", "EntropyKernelTests|PowerKernelTests"),
        "fixed_point": ("Measure Loss Linear Row", "Kernel|VectorizedDivergenceTests"),
        "vector": ("Measure Loss Linear Row", "Kernel|VectorizedDivergenceTests"),
        "": ("Measure", "VectorizedDivergenceTests|EntropyKernelTests|PowerKernelTests"),
    }
    """What a file is for, by how its name begins: the tables, and the suites."""

    def __init__(self) -> None:
        self.files = sorted((SOURCES / "CInformationKernels").glob("*.h"))
        self.objects: dict[str, Path] = {}
        """Of the tables, as they are without a mutant."""

    def reach(self, path: Path) -> tuple[list[str], str]:
        tables, suites = next(reach for name, reach in self.reaches.items()
                              if path.name.startswith(name))
        return tables.split(), suites

    def suites(self, path: Path) -> str:
        return self.reach(path)[1]

    def tests_of_target(self, path: Path) -> str:
        return self.all_tests

    def prepare(self) -> None:
        shutil.copytree(SOURCES / "CInformationKernels", self.copy, dirs_exist_ok=True)
        for table in self.tables:
            self.objects[table] = BUILD / f"{table}.o"
            demand(*self.compiled(self.source(table), self.objects[table]))
        for name in ("dispatch", "processors"):
            demand(*self.compiled(self.copy / f"{name}.c", BUILD / f"{name}.o"))
        demand(*self.link(self.objects))
        demand(*linked(self.bundle, "CInformationKernels", [BUILD / "libkernels.so"]))

    def source(self, table: str) -> Path:
        """All kernels, but the other tables are static, and so they are left out."""
        hidden = [f"#define {other}Kernels static {other}Kernels"
                  for other in self.tables if other != table]
        source = BUILD / f"{table}.c"
        source.write_text("\n".join(
            ['#include "prelude.h"', *hidden, f'#include "level_{self.level}.c"', ""]))
        return source

    def compiled(self, source: Path, target: Path) -> tuple[bool, str]:
        return run(["clang", "-std=gnu11", "-O1", "-w", "-fPIC", "-I", self.copy,
                    "-I", self.copy / "include", "-c", source, "-o", target])

    def link(self, objects: dict[str, Path]) -> tuple[bool, str]:
        """Gives the kernels of this processor's level for all levels: a mutant changes all
        alike, so that no test may find it by comparing them."""
        others = [f"-Wl,--defsym={table.lower()}_kernels_{name}"
                  f"={table.lower()}_kernels_{self.level}"
                  for table in self.tables
                  for name in ("portable", "avx2", "avx512") if name != self.level]
        return run(["clang", "-shared", "-fuse-ld=lld", *others, *objects.values(),
                    BUILD / "dispatch.o", BUILD / "processors.o", "-lm",
                    "-o", BUILD / "libkernels.so"])

    def build(self, mutant: Mutant) -> str:
        """Builds the tests with a mutant; says why they cannot judge it, if so."""
        original, changed = mutant.path.read_text(), {}
        place = self.copy / mutant.path.name
        try:
            place.write_text(mutant.applied_to(original))
            for table in self.reach(mutant.path)[0]:
                changed[table] = BUILD / f"{table}-mutant.o"
                if not self.compiled(self.source(table), changed[table])[0]:
                    return "invalid"
        finally:
            place.write_text(original)
        if all(digest(changed[table]) == digest(self.objects[table]) for table in changed):
            return "equivalent"
        demand(*self.link({**self.objects, **changed}))
        return ""


class Swift:
    """The Swift files of the library that have tests named after them."""

    targets = ("InformationTheoryTests", "ClassificationLossesTests")
    bundle = BUILD / "swift-tests"
    folders = ("InformationTheory/Core", "InformationTheory/Divergence",
               "InformationTheory/Entropy", "InformationTheory/Joint",
               "InformationTheory/Numerics", "InformationTheory/Rows", "ClassificationLosses")

    def __init__(self) -> None:
        files = [file for folder in self.folders
                 for file in sorted((SOURCES / folder).glob("*.swift"))]
        self.files = [file for file in files if self.suites(file)]
        self.commands: dict[str, str] = {}
        """What compiles the files of a module, a line for each."""
        self.originals: dict[Path, str] = {}
        """Digests of the object code without a mutant."""

    def suites(self, path: Path) -> str:
        """The suites in the test file that is named after a source file."""
        target = path.relative_to(SOURCES).parts[0] + "Tests"
        lines = [line for file in (ROOT / "Tests" / target).rglob(f"{path.stem}Tests.swift")
                 for line in file.read_text().splitlines() if "struct" in line]
        return "|".join(f"{target}.{word}" for line in lines for word in line.split()
                        if word.endswith("Tests"))

    def tests_of_target(self, path: Path) -> str:
        return rf"^{path.relative_to(SOURCES).parts[0]}Tests\."

    def prepare(self) -> None:
        demand(*linked(self.bundle, "no object is left out", []))

    def compiled(self, path: Path, text: str) -> Path | None:
        """The object code of a file with another text, if it compiles.

        The package manager's plan has what compiles the module, and of this the compiler's
        driver makes what compiles each file."""
        module = path.relative_to(SOURCES).parts[0]
        if module not in self.commands:
            plan = (SCRATCH / "debug.yaml").read_text()
            arguments = json.loads(re.search(
                rf'"C\.{module}-[^"]*\.module":\n(?:    .*\n)*?    args: (.*)', plan)[1])
            batches = ("-incremental", "-enable-batch-mode", "-parseable-output")
            self.commands[module] = demand(*run(
                [argument for argument in arguments if argument not in batches]
                + ["-disable-batch-mode", "-driver-print-jobs"]))
        command = next(shlex.split(line) for line in self.commands[module].splitlines()
                       if re.search(rf"-primary-file \S*/{re.escape(path.name)} ", line))
        source, target = BUILD / "mutant" / path.name, BUILD / "mutant.swift.o"
        source.parent.mkdir(exist_ok=True)
        source.write_text(text)
        command[command.index("-primary-file") + 1] = str(source)
        command[command.index("-o") + 1] = str(target)
        return target if run(command)[0] else None

    def build(self, mutant: Mutant) -> str:
        """Builds the tests with a mutant; says why they cannot judge it, if so."""
        path, original = mutant.path, mutant.path.read_text()
        if path not in self.originals:
            self.originals[path] = stripped_digest(self.compiled(path, original))
        changed = self.compiled(path, mutant.applied_to(original))
        if changed is None:
            return "invalid"
        if stripped_digest(changed) == self.originals[path]:
            return "equivalent"
        module = path.relative_to(SOURCES).parts[0]
        is_linked, _ = linked(self.bundle, f"/{module}.build/{path.name}.o", [changed])
        return "" if is_linked else "invalid"


class Oracle(Swift):
    """The arithmetic of the reference oracle, which all of its tests judge."""

    targets = ("ReferenceOracleTests",)
    bundle = BUILD / "oracle-tests"
    folders = ("ReferenceOracle/Arithmetic",)

    def suites(self, path: Path) -> str:
        return self.tests_of_target(path)


CODE = {"kernels": Kernels, "swift": Swift, "oracle": Oracle}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def stripped_digest(path: Path) -> str:
    """A digest of object code, without what debuggers need."""
    stripped = BUILD / "stripped.o"
    demand(*run(["strip", "-g", "-o", stripped, path]))
    return digest(stripped)


class Judge:
    """Builds mutants and runs the tests, of which it knows how long they take."""

    def __init__(
        self, code: Kernels | Swift, mutants: list[Mutant], is_quick: bool, tests: str | None
    ):
        self.code = code
        self.is_quick = is_quick
        self.tests = tests
        self.limits: dict[str, float] = {}
        for pattern in sorted({pattern for mutant in mutants for pattern in self.patterns(mutant)}):
            start = time.monotonic()
            demand(*tested(code.bundle, pattern))
            self.limits[pattern] = max(LEAST_TIMEOUT, 10 * (time.monotonic() - start))

    def patterns(self, mutant: Mutant) -> list[str]:
        """The tests that judge a mutant, one after the other."""
        if self.tests:
            return [self.tests]
        suites = self.code.suites(mutant.path)
        all_tests = self.code.tests_of_target(mutant.path)
        return [suites] if self.is_quick or suites == all_tests else [suites, all_tests]

    def verdict(self, mutant: Mutant) -> str:
        excuse = self.code.build(mutant)
        if excuse:
            return excuse
        for pattern in self.patterns(mutant):
            if not tested(self.code.bundle, pattern, self.limits[pattern])[0]:
                return "killed"
        return "survived"


def report(verdicts: dict[str, str]) -> None:
    counts = Counter(verdicts.values())
    judged = counts["killed"] + counts["survived"]
    score = f"{100 * counts['killed'] / judged:.1f} %" if judged else "none"
    print(f"{len(verdicts)} mutants: {counts['killed']} killed, {counts['survived']} survived, "
          f"{counts['equivalent']} equivalent, {counts['invalid']} invalid; score {score}")


def saved_verdicts(table: Path) -> dict[str, str]:
    """The verdicts of the last run, by the description of the mutant."""
    if not table.exists():
        sys.exit(f"mutate: no verdicts in {table}")
    lines = [line.split("\t", 1) for line in table.read_text().splitlines()]
    return {description: verdict for verdict, description in lines}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("code", choices=list(CODE))
    parser.add_argument("--limit", type=int, help="how many mutants to draw; all without it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, help="judge no more after so long")
    parser.add_argument("--file", action="append", help="only files with this name")
    parser.add_argument("--quick", action="store_true", help="judge by the suites of a file alone")
    parser.add_argument("--tests", help="judge by the tests of which the names match this")
    parser.add_argument("--again", action="store_true", help="judge the last run's survivors")
    parser.add_argument("--more", action="store_true", help="judge what the last run did not reach")
    parser.add_argument("--list", action="store_true", help="only list the mutants")
    options = parser.parse_args()
    code = CODE[options.code]()
    table = BUILD / f"{options.code}.tsv"
    files = [file for file in code.files if not options.file or file.name in options.file]
    drawn = [mutant for file in files for mutant in mutants_of(file)]
    print(f"{len(drawn)} mutants of {len(files)} files")
    verdicts = saved_verdicts(table) if options.again or options.more else {}
    if options.again:
        drawn = [mutant for mutant in drawn if verdicts.get(mutant.described(ROOT)) == "survived"]
    random.Random(options.seed).shuffle(drawn)
    drawn = drawn[:options.limit]
    if options.more:
        drawn = [mutant for mutant in drawn if mutant.described(ROOT) not in verdicts]
    if options.list:
        print("\n".join(mutant.described(ROOT) for mutant in drawn))
        return
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("mutate: ended"))
    BUILD.mkdir(parents=True, exist_ok=True)
    build_tests(code.targets)
    code.prepare()
    judge, start = Judge(code, drawn, options.quick, options.tests), time.monotonic()
    for mutant in drawn:
        if options.minutes and time.monotonic() - start > 60 * options.minutes:
            break
        description = mutant.described(ROOT)
        verdicts[description] = judge.verdict(mutant)
        print(f"{verdicts[description]}\t{description}", flush=True)
        table.write_text("".join(f"{verdict}\t{mutant}\n" for mutant, verdict in verdicts.items()))
    report(verdicts)


if __name__ == "__main__":
    main()
