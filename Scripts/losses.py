"""The tables of the losses: Tests/Oracles/losses/*.json.

    python Scripts/losses.py --write [NAME ...]    write the tables, or some of them

`Scripts/oracles.py` writes and checks all of them.  Each row holds what a call of the
loss needs for one row or element, the loss, and its derivatives by the logits, as
hexadecimal doubles nearest to the true values, from balls (balls.py).  "scalar" says
in which type the inputs are exact.  A row with "generated" holds a recipe for its
logits instead: n numbers scale·(2u − 1), u the generator's next numbers in [0, 1), see
random_masses.py; "picks" then names the classes whose derivatives are listed.
"""

import math
import sys
from fractions import Fraction
from importlib import import_module
from json import dumps
from pathlib import Path
from typing import Callable

from flint import arb

from balls import Value, certify

FAMILIES = ("loss_softmax", "loss_binary", "loss_likelihood", "loss_pairs",
            "loss_probabilities", "loss_linear")
FOLDER = Path(__file__).resolve().parent.parent / "Tests" / "Oracles" / "losses"
BITS = 80


def number_text(x: float) -> str:
    """A hexadecimal float without trailing zeros."""
    if math.isinf(x):
        return "inf" if x > 0 else "-inf"
    mantissa, exponent = float(x).hex().split("p")
    whole, _, fraction = mantissa.partition(".")
    return f"{whole}.{fraction.rstrip('0') or '0'}p{exponent}"


def text(value):
    """Floats as text, at any depth; whole numbers and names as they are."""
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, (list, tuple)):
        return [text(item) for item in value]
    if isinstance(value, dict):
        return {key: text(item) for key, item in value.items()}
    return value


def nearest(evaluate: Callable[[], Value]) -> float:
    """The double nearest to a true value; a tiny one may round to 0."""
    value = evaluate()
    if isinstance(value, Fraction):
        return value.numerator / value.denominator
    if not isinstance(value, arb):
        return float(value)
    return certify(evaluate, bits=BITS).double() + 0.0


def tables() -> dict[str, Callable[[], list[dict]]]:
    found: dict[str, Callable[[], list[dict]]] = {}
    for family in FAMILIES:
        found |= import_module(family).TABLES
    return found


def document(name: str, origin: dict) -> str:
    """JSON with one row on each line."""
    header = dumps({"loss": name, "unit": "nats", **origin, "bits": BITS})[:-1]
    rows = map(text, tables()[name]())
    lines = ",\n".join(dumps(row, separators=(",", ":")) for row in rows)
    return f'{header}, "values": [\n{lines}\n]}}\n'


def main(arguments: list[str]) -> None:
    if not arguments or arguments[0] != "--write":
        sys.exit(__doc__)
    from oracles import ORIGIN
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in arguments[1:] or tables():
        (FOLDER / f"{name}.json").write_text(document(name, ORIGIN))
        print(name)


if __name__ == "__main__":
    main(sys.argv[1:])
