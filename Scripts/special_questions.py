"""Random questions about the special functions, with their certified answers.

They are rows of the tables in Tests/Oracles/special, which `oracles.py` certifies.
"""

import json
from functools import lru_cache

from balls import Truth
from random_masses import SplitMix64
from special import FOLDER
from tables import number_text

RELATIVE_ERROR = 1e-14
"""What the library promises of every special function."""

RENAMED = {
    "exponential-integral-en": ("exponential_integral_e", {}),
    "lambert-w0": ("lambert_w", {}), "lambert-wm1": ("lambert_w", {"branch": -1}),
}
"""Names of tables that are not the function's name, and what else is sent."""

ARGUMENTS = {("polygamma", "n"): "order"}
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))


@lru_cache(maxsize=None)
def table(name: str) -> dict:
    return json.loads((FOLDER / f"{name}.json").read_text())


def draw(name: str, random: SplitMix64) -> tuple[dict, Truth]:
    """The fields and the answer."""
    arguments, (*point, value) = table(name)["arguments"], random.choice(table(name)["values"])
    measure, fields = RENAMED.get(name, (name.replace("-", "_"), {}))
    hexadecimal = random.below(2) == 1
    sent = {ARGUMENTS.get((name, argument), argument):
            number_text(float(x)) if hexadecimal else x for argument, x in zip(arguments, point)}
    return {"measure": measure, **fields, **sent}, Truth(value)
