"""Do what README.md says, and demand what it shows.

    python3 Scripts/check-readme.py README.md --binaries FOLDER

Code blocks, by their language:

swift     A whole program.  All are built in one package that depends on this one,
          and run.  If the next block is marked as its output, it must be that.
console   Lines "$ COMMAND" (continued after a final backslash), each followed by
          what it prints, both streams together.  Commands run in the repository
          with the release binary on the PATH.  A line that is only "…" stands for
          any number of lines.
sh        Only commands that are known not to be run here: see NOT_RUN.

An HTML comment on a line of its own before a block says more about it:

<!-- output -->        the block is what the Swift program above prints
<!-- exit 65 -->       the last command of the console block ends with this status
<!-- not run: WHY -->  the block is not checked

Links to files must lead to files.  The exit status is 1 if anything differs.
"""

import argparse
import difflib
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / ".build" / "readme"
PATIENCE = 600
"""Seconds that a command may take."""

NOT_RUN = [r"make( [a-z-]+)?", r"git clone \S+( \S+)?", r"cd [\w./-]+"]
"""Commands that the other steps of `make test` run, or that nobody can run here."""

FENCE = re.compile(r"^(`{3,})(\S*)\s*$")
COMMENT = re.compile(r"^<!-- (.*) -->$")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")

MANIFEST = """// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "Readme",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "swift-information-theory", path: "../..")],
  targets: [%s],
  swiftLanguageModes: [.v6])
"""

TARGET = """
    .executableTarget(
      name: "%s",
      dependencies: [
        .product(name: "InformationTheory", package: "swift-information-theory"),
        .product(name: "ClassificationLosses", package: "swift-information-theory"),
        .product(name: "ReferenceOracle", package: "swift-information-theory"),
        .product(name: "SpecialFunctions", package: "swift-information-theory"),
      ],
      swiftSettings: [.enableUpcomingFeature("MemberImportVisibility")])"""


@dataclass
class Block:
    line: int
    language: str
    text: str
    note: str

    @property
    def place(self) -> str:
        return f"line {self.line}"


class Failures:
    def __init__(self):
        self.count = 0

    def add(self, message: str) -> None:
        self.count += 1
        print(f"FAILED {message}")

    def differs(self, what: str, wanted: str, got: str) -> None:
        lines = difflib.unified_diff(
            wanted.splitlines(), got.splitlines(), "README", "printed", lineterm="")
        self.add(what + "\n" + "\n".join(lines))


def blocks_of(text: str) -> list[Block]:
    """The fenced blocks, each with the comment on the line before it."""
    blocks, lines, i, note = [], text.splitlines(), 0, ""
    while i < len(lines):
        if comment := COMMENT.match(lines[i]):
            note = comment[1]
        elif fence := FENCE.match(lines[i]):
            end = next(
                (j for j in range(i + 1, len(lines)) if lines[j] == fence[1]), len(lines))
            body = "".join(line + "\n" for line in lines[i + 1:end])
            blocks.append(Block(i + 1, fence[2], body, note))
            i, note = end, ""
        elif lines[i].strip():
            note = ""
        i += 1
    return blocks


def run(command: list[str], path: str | None = None) -> subprocess.CompletedProcess:
    """Run with both streams in one, as a terminal shows them, and nothing to read."""
    environment = dict(os.environ, LC_ALL="C.UTF-8", COLUMNS="80")
    if path:
        environment["PATH"] = path + os.pathsep + environment["PATH"]
    return subprocess.run(
        command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, timeout=PATIENCE,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8")


def check_swift(blocks: list[Block], failures: Failures) -> int:
    """Build all programs, run each, and compare what has its output below it."""
    programs = []
    for i, block in enumerate(blocks):
        if block.language == "swift":
            following = blocks[i + 1] if i + 1 < len(blocks) else None
            output = following.text if following and following.note == "output" else None
            programs.append((f"Example{len(programs) + 1}", block, output))
    if not programs:
        failures.add("there is no Swift example")
        return 0
    write_package({name: block.text for name, block, _ in programs})
    build = ["swift", "build", "--package-path", str(PACKAGE)]
    built = run(build)
    if built.returncode != 0:
        failures.add(f"the Swift examples do not build:\n{built.stdout}")
        return 0
    folder = Path(run([*build, "--show-bin-path"]).stdout.strip())
    for name, block, output in programs:
        result = run([str(folder / name)])
        if result.returncode != 0:
            failures.add(f"{block.place}: the program ended with {result.returncode}:\n"
                         + result.stdout)
        elif output is not None and result.stdout != output:
            failures.differs(f"{block.place}: the program prints", output, result.stdout)
    return len(programs)


def write_package(programs: dict[str, str]) -> None:
    """Files that are the same already are not touched, so that they are not built again."""
    files = {PACKAGE / "Package.swift": MANIFEST % ",".join(TARGET % name for name in programs)}
    for name, text in programs.items():
        files[PACKAGE / "Sources" / name / "main.swift"] = text
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def commands_of(block: Block) -> list[tuple[str, str]]:
    """The commands of a console block, each with the text below it."""
    pairs: list[tuple[str, str]] = []
    continued = False
    for line in block.text.splitlines(keepends=True):
        if continued:
            command = pairs[-1][0] + line
            pairs[-1] = (command, "")
            continued = command.endswith("\\\n")
        elif line.startswith("$ "):
            pairs.append((line[2:], ""))
            continued = line.endswith("\\\n")
        elif pairs:
            pairs[-1] = (pairs[-1][0], pairs[-1][1] + line)
        else:
            pairs.append(("", line))
    return [(command.strip(), output) for command, output in pairs]


def is_left_out(command: str) -> bool:
    return any(re.fullmatch(pattern, command) for pattern in NOT_RUN)


def matches(wanted: str, got: str) -> bool:
    pattern = "".join(
        "(.*\n)*" if line == "…\n" else re.escape(line)
        for line in wanted.splitlines(keepends=True))
    return re.fullmatch(pattern, got) is not None


def check_console(block: Block, binaries: str, failures: Failures) -> int:
    expected = int(block.note.removeprefix("exit ")) if block.note.startswith("exit ") else 0
    commands, done = commands_of(block), 0
    for i, (command, output) in enumerate(commands):
        if not command:
            failures.add(f"{block.place}: the block does not start with a command")
        if not command or is_left_out(command):
            continue
        done += 1
        result = run(["bash", "-c", command], binaries)
        status = expected if i == len(commands) - 1 else 0
        if result.returncode != status:
            failures.add(f"{block.place}: {command}\nended with {result.returncode}, "
                         f"not {status}:\n{result.stdout}")
        elif not matches(output, result.stdout):
            failures.differs(f"{block.place}: {command}", output, result.stdout)
    return done


def check_shell(block: Block, failures: Failures) -> None:
    for line in block.text.splitlines():
        command = line.partition("#")[0].strip()
        if command and not is_left_out(command):
            failures.add(f"{block.place}: {command}\nis not run here: write it in a console block")


def check_notes(blocks: list[Block], failures: Failures) -> None:
    previous = None
    for block in blocks:
        if block.note == "output" and (previous is None or previous.language != "swift"):
            failures.add(f"{block.place}: there is no Swift program right above this output")
        previous = block


def check_links(text: str, folder: Path, failures: Failures) -> int:
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    links = [link for link in LINK.findall(prose) if "://" not in link]
    for link in links:
        if not (folder / link).exists():
            failures.add(f"the link to {link} leads nowhere")
    return len(links)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("readme", type=Path)
    parser.add_argument("--binaries", required=True, help="the folder of the release binary")
    options = parser.parse_args()
    binaries = str(Path(options.binaries).resolve())
    failures = Failures()
    if not Path(binaries, "infotheory").exists():
        failures.add(f"there is no infotheory in {binaries}")
    text = options.readme.read_text(encoding="utf-8")

    blocks = [b for b in blocks_of(text) if not re.match(r"not run: \S", b.note)]
    check_notes(blocks, failures)
    programs = check_swift(blocks, failures)
    commands = sum(
        check_console(b, binaries, failures) for b in blocks if b.language == "console")
    if not commands:
        failures.add("there is no console example")
    for block in blocks:
        if block.language in ("sh", "bash", "shell"):
            check_shell(block, failures)
    links = check_links(text, options.readme.resolve().parent, failures)
    print(f"{programs} programs, {commands} commands, {links} links, {failures.count} failures")
    return 1 if failures.count else 0


if __name__ == "__main__":
    sys.exit(main())
