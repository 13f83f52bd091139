"""The mutants of a source file in C or Swift: every small change that mutate.py may make.

Operators are swapped, comparisons moved by their edge, constants by 1 or by one unit in
their last place, signs and low words of pairs dropped, ranges closed or opened.  Comments,
texts and documentation are left alone.

>>> [f"{old} becomes {new}" for _, old, new in changes("y = FMA(-s, a.low, 0.5) * b_low")]
['* becomes /', '0.5 becomes 0x1.0000000000001p-1', '- becomes ', \
'a.low becomes (0 * a.low)', 'b_low becomes (0 * b_low)']
>>> [f"{old} becomes {new}" for _, old, new in changes("for i in 0..<n where x[i] >= 2 {")]
['..< becomes ...', '>= becomes >', '0 becomes 1', '2 becomes 3', '2 becomes 1']
>>> list(changes("result.low = Array<Int>()"))
[]
"""

import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator

SWAPS = {"+": "-", "-": "+", "*": "/", "/": "*", "<": "<=", "<=": "<", ">": ">=", ">=": ">",
         "==": "!=", "!=": "==", "&&": "||", "||": "&&", "..<": "...", "...": "..<",
         "+=": "-=", "-=": "+=", "&": "|", "|": "&", "<<": ">>", ">>": "<<"}

OPERATOR = re.compile(r"(?<= )(?:[-+*/]=?|[<>]=?|[=!]=|&&?|\|\|?|<<|>>)(?= )|(?<=[\w)\]])\.\.[.<](?=[\w(])")
NUMBER = re.compile(
    r"(?<![\w.$])(0x[0-9a-fA-F_]+(?:\.[0-9a-fA-F]+)?p[-+]?\d+|0x[0-9a-fA-F_]+|"
    r"\d[\d_]*\.\d+(?:e[-+]?\d+)?|\d[\d_]*(?:e[-+]?\d+)?)(?=[fFuUlL]*\b)")
MINUS = re.compile(r"(?<=[(,=] )-(?=[\w(])|(?<=\()-(?=[\w(])")
LOW = re.compile(r"\b(?:\w+(?:\.\w+)*\.low|\w*_low|low|rest)\b(?!\s*(?:[-+]?=[^=]|[:({.\w]|>|,\s*\w+\)\s*=))")
"""The low word of a pair, where it is read."""

NOT_CODE = re.compile(r'//.*|"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'')
HINTS = ("__builtin_prefetch", "__asm__", "precondition", "@available", "@specialized", "import ",
         "nanoseconds:")
"""Lines that change no result, or only how the work is shared out."""


@dataclass(frozen=True)
class Mutant:
    """One change: some characters of a line, and what stands in their place."""

    path: Path
    line: int
    column: int
    old: str
    new: str

    def applied_to(self, text: str) -> str:
        lines = text.split("\n")
        line = lines[self.line]
        end = self.column + len(self.old)
        lines[self.line] = line[:self.column] + self.new + line[end:]
        return "\n".join(lines)

    def described(self, root: Path) -> str:
        text = self.path.read_text().split("\n")[self.line].strip().rstrip("\\").strip()
        place = f"{self.path.relative_to(root)}:{self.line + 1}:{self.column + 1}"
        return f"{place}\t{self.old} → {self.new}\t{text}"


def mutants_of(path: Path) -> list[Mutant]:
    """All mutants of a file, in order."""
    drawn = []
    for number, line in enumerate(path.read_text().split("\n")):
        code = NOT_CODE.sub(lambda match: " " * len(match[0]), line)
        stripped = code.strip()
        if not stripped or any(hint in code for hint in HINTS):
            continue
        if stripped.startswith("#") and not stripped.startswith("#define"):
            continue
        drawn += [Mutant(path, number, *change) for change in changes(code)]
    return drawn


def changes(code: str) -> Iterator[tuple[int, str, str]]:
    """The changes of a line: the column, what is there, what comes in its place."""
    found: list[tuple[re.Pattern, Callable[[str], list[str]]]] = [
        (OPERATOR, lambda text: [SWAPS[text]] if text in SWAPS else []),
        (NUMBER, number_changes), (MINUS, lambda text: [""]), (LOW, lambda text: [f"(0 * {text})"])]
    for pattern, replacements in found:
        for match in pattern.finditer(code):
            if pattern is NUMBER and "__builtin_expect" in code:
                continue
            for new in replacements(match[0]):
                yield match.start(), match[0], new


def number_changes(text: str) -> list[str]:
    """A constant beside another: by 1 if it is whole, by its last bit if it is not."""
    plain = text.replace("_", "")
    if re.fullmatch(r"0x[0-9a-fA-F]+", plain):
        value = int(plain, 16)
        return [hex(value + 1)] + ([hex(value - 1)] if value else [])
    if plain.isdigit():
        value = int(plain)
        return [str(value + 1)] + ([str(value - 1)] if value else [])
    value = float.fromhex(plain) if plain.startswith("0x") else float(plain)
    if value == 0 or math.isinf(value):
        return []
    return [math.nextafter(value, math.inf).hex()]
