"""The tables of the special functions: Tests/Oracles/special/*.json.

    python Scripts/special.py --write NAME ...    write some of the tables
    python Scripts/special.py --list              name them all

`Scripts/oracles.py` writes and checks all of them.  Each row holds the arguments,
as doubles in their shortest form, and the double nearest to the true value there,
from balls (balls.py).
"""

import math
import sys
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Callable, Iterable

from balls import Value, certify

FAMILIES = ("special_gamma", "special_incomplete", "special_elementary", "special_bessel")
FOLDER = Path(__file__).resolve().parent.parent / "Tests" / "Oracles" / "special"
BITS = 80


@dataclass(frozen=True)
class Function:
    """A special function: its arguments, where to take it, and its ball there.

    `points` gives tuples of doubles, in an order that never changes; `evaluate`
    takes one tuple's doubles and returns a ball at the precision of the moment.
    """

    arguments: tuple[str, ...]
    points: Callable[[], Iterable[tuple[float, ...]]]
    evaluate: Callable[..., Value]


@lru_cache(maxsize=None)
def functions() -> dict[str, Function]:
    found: dict[str, Function] = {}
    for family in FAMILIES:
        found |= import_module(family).FUNCTIONS
    return found


def rows(name: str) -> list[list[float]]:
    """Every point once, with the value there; points whose value overflows are left out."""
    function = functions()[name]
    result = []
    for point in dict.fromkeys(tuple(map(float, p)) for p in function.points()):
        value = certify(lambda: function.evaluate(*point), bits=BITS).double()
        if math.isfinite(value):
            result.append([*point, value])
    return result


def document(name: str, origin: dict) -> str:
    """JSON with one row on each line."""
    from json import dumps
    head = {"function": name, "arguments": list(functions()[name].arguments), **origin,
            "bits": BITS}
    lines = ",\n".join(dumps(row, separators=(",", ":")) for row in rows(name))
    return f'{dumps(head)[:-1]}, "values": [\n{lines}\n]}}\n'


def main() -> int:
    match sys.argv[1:]:
        case ["--list"]:
            print("\n".join(functions()))
        case ["--write", *names] if names:
            from oracles import ORIGIN
            FOLDER.mkdir(parents=True, exist_ok=True)
            for name in names:
                text = document(name, ORIGIN)
                (FOLDER / f"{name}.json").write_text(text)
                print(f"{len(text):8d}  {name}")
        case _:
            print(__doc__)
            return 64
    return 0


if __name__ == "__main__":
    sys.exit(main())
