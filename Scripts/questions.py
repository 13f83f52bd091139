"""Random questions for `infotheory evaluate`, each with its certified answer.

The families are those of the oracle tables: independent, nearly equal, equal,
zeros, subnormal, spikes, wide ranges, counts.  Numbers are sent as JSON
numbers or as hexadecimal strings, which the protocol reads alike.  Joint
distributions are in joint_questions.py, special functions in special_questions.py.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

import joint_questions
import special_questions

from balls import INFINITY, Truth, Value, certify
from cases import scaled, sums_to_one, wide_pmf
from masses import Masses
from measures import FIELDS, FUNCTIONS, LOGARITHMIC, UNNORMALISED
from random_masses import SplitMix64
from tables import ORDERS, number_text

UNITS = {"nats": None, "bits": 2, "hartleys": 10}
SUPPORTS = ("infinite", "infinite", "infinite", "smoothed", "restricted")
PSEUDOCOUNTS = (1e-12, 1e-6, 0.5, 1.0, 5e-324)
TINY_MASSES = (5e-324, 1e-310, 2e-310, 1e-300, 1e-100, 1e-30, 1e-17)


@dataclass(frozen=True)
class Question:
    """What is sent (without an id), the certified answer, and what error is allowed."""

    fields: dict
    truth: Truth
    ulps: float = 4
    relative: float = 0
    absolute: Fraction = Fraction(0)

    @property
    def measure(self) -> str:
        return self.fields["measure"]


class Author:
    """Writes questions; the same seed writes the same ones."""

    def __init__(self, seed: int):
        self.random = SplitMix64(seed)
        self.measures = [*FUNCTIONS, *joint_questions.MEASURES, *special_questions.NAMES]
        self.asked = 0

    def question(self) -> Question:
        """The next question: measures take turns, everything else is random."""
        measure = self.measures[self.asked % len(self.measures)]
        self.asked += 1
        if measure in special_questions.NAMES:
            fields, truth = special_questions.draw(measure, self.random)
            return Question(fields, truth, ulps=1, relative=special_questions.RELATIVE_ERROR)
        while True:
            try:
                question = self.joint_question(measure) if (
                    measure in joint_questions.MEASURES) else self.pmf_question(measure)
            except ArithmeticError:
                continue  # a tie between doubles no ball can decide: ask another one
            if question is not None:
                return question

    def pmf_question(self, measure: str) -> Question:
        arguments, settings = self.draw(measure)
        truth = answer(measure, arguments, settings)
        return Question(self.encode(measure, arguments, settings), truth)

    def joint_question(self, measure: str) -> Question | None:
        drawn = joint_questions.draw(measure, self.random)
        if drawn is None:
            return None
        fields, truth, absolute = drawn
        if measure not in joint_questions.AMOUNTS:
            return Question(fields, truth, absolute=absolute)
        unit = self.random.choice(list(UNITS))
        truth = joint_questions.in_unit(truth, UNITS[unit])
        return Question({**fields, "unit": unit}, truth, absolute=2 * absolute)

    def draw(self, measure: str) -> tuple[dict, dict]:
        fields, random = FIELDS[measure], self.random
        settings = self.settings(measure)
        if measure == "binary_entropy":
            return {"p": self.unit_number()}, settings
        if "joint" in fields:
            return self.joint(measure), settings
        if "distributions" in fields:
            return self.mixture(), settings
        if "q" in fields:
            p, q = self.pair()
            arguments = {"p": p, "q": q}
        else:
            arguments = {"p": self.pmf(2 if measure == "normalized_entropy" else 1)}
        count = len(arguments["p"])
        if settings.get("support") == "restricted" and not overlapping(arguments):
            settings["support"] = "infinite"
        if "order" in fields:
            arguments["order"] = self.order(measure)
        if "outcome" in fields:
            arguments["outcome"] = random.below(count)
        if "positions" in fields and count > 1 and random.below(2):
            arguments["positions"] = self.positions(count)
        return arguments, settings

    def settings(self, measure: str) -> dict:
        """Unit and support policy; only what is defined for the measure."""
        random, settings = self.random, {}
        if measure in LOGARITHMIC:
            settings["unit"] = random.choice(list(UNITS))
        if "q" in FIELDS[measure] and "positions" not in FIELDS[measure]:
            if measure not in UNNORMALISED:
                settings["support"] = random.choice(SUPPORTS)
            if settings.get("support") == "smoothed":
                settings["pseudocount"] = random.choice(PSEUDOCOUNTS)
        return settings

    def size(self, smallest: int = 1) -> int:
        return smallest + self.random.choice((0, 1, 1, 2, 2, 3, 4, 6, 9, 15, 29))

    def pmf(self, smallest: int = 1) -> list[float]:
        random, count = self.random, self.size(smallest)
        family = random.choice(("plain", "plain", "zeros", "tiny", "spike", "wide", "counts"))
        masses = random.masses(count)
        if family == "zeros":
            masses = with_zeros(masses, random)
        elif family == "tiny" and count > 1:
            masses = [random.choice(TINY_MASSES) if random.below(2) else m for m in masses[:-1]]
            masses.append(max(1.0 - math.fsum(masses), 1e-3))
        elif family == "spike" and count == 2:
            spike = 2.0 ** -(1 + random.below(53))
            masses = [1.0 - spike, spike]
        elif family == "wide":
            masses = wide_pmf(count, random.next())
        elif family == "counts":
            masses = [float(random.below(20)) for _ in range(count - 1)] + [1.0]
        return masses

    def pair(self) -> tuple[list[float], list[float]]:
        random, p = self.random, self.pmf()
        family = random.choice(("near", "near", "near", "independent", "independent", "equal",
                                "scaled", "neighbour", "other"))
        if family == "near":
            return p, random.neighbour(p, 10.0 ** -(16 * random.uniform()))
        if family == "equal":
            return p, list(p)
        if family == "scaled":
            return p, scaled(p, random.choice((3.0, 1e5, 1e-5, 2.0**40)))
        if family == "neighbour":
            index = random.below(len(p))
            return p, [math.nextafter(m, 1.0) if i == index else m for i, m in enumerate(p)]
        q = random.masses(len(p))
        if family == "other":
            q = with_zeros(q, random)
        return p, q

    def order(self, measure: str) -> float:
        if measure in ("alpha_divergence", "cressie_read_divergence") and self.random.below(2):
            return 6.0 * self.random.signed()
        if self.random.below(2):
            return self.random.choice(ORDERS[measure])
        if measure == "skew_divergence":
            return self.random.uniform()
        return self.random.choice((self.random.uniform(), 10.0 * self.random.uniform(),
                                   1.0 + 2.0**-30 * self.random.signed()))

    def positions(self, count: int) -> list[float]:
        drawn = {1000.0 * self.random.signed() for _ in range(count)}
        while len(drawn) < count:
            drawn.add(1000.0 * self.random.signed())
        return sorted(drawn)

    def unit_number(self) -> float:
        random = self.random
        small = 10.0 ** (-320 * random.uniform())
        return random.choice((random.uniform(), small, 1.0 - 2.0 ** -(1 + random.below(53)),
                              0.5 + 2.0**-52 * random.below(100), 0.0, 1.0, 5e-324))

    def joint(self, measure: str) -> dict:
        rows, columns = 1 + self.random.below(5), 1 + self.random.below(5)
        cells = with_zeros(self.random.masses(rows * columns), self.random)
        joint = [cells[start:start + columns] for start in range(0, len(cells), columns)]
        if measure == "joint_entropy":
            return {"joint": joint}
        return {"joint": joint, "given": self.random.choice(("x", "y"))}

    def mixture(self) -> dict:
        rows, count = 1 + self.random.below(4), 1 + self.random.below(6)
        first = self.random.masses(count)
        if self.random.below(2):
            separation = 10.0 ** -(15 * self.random.uniform())
            table = [self.random.neighbour(first, separation) for _ in range(rows)]
        else:
            table = [self.random.masses(count) for _ in range(rows)]
        return {"distributions": table, "weights": self.random.masses(rows)}

    def encode(self, measure: str, arguments: dict, settings: dict) -> dict:
        """The fields as JSON, with numbers in one of the accepted spellings."""
        hexadecimal = self.random.below(2) == 1
        fields = {"measure": measure}
        for name, value in arguments.items():
            fields[name] = spelled(value, hexadecimal)
        asked_anyway = self.random.below(8) == 0
        if may_normalise(measure) and (asked_anyway or needs_normalising(arguments)):
            fields["normalize"] = True
        for name, value in settings.items():
            if (name, value) not in (("unit", "nats"), ("support", "infinite")):
                fields[name] = value
        return fields


def with_zeros(masses: list[float], random: SplitMix64) -> list[float]:
    """Some masses emptied into the first one that stays."""
    kept = [m if random.below(3) else 0.0 for m in masses]
    index = random.below(len(masses))
    kept[index] = 0.0
    kept[index] = 1.0 - math.fsum(kept)
    return kept


def overlapping(arguments: dict) -> bool:
    return any(a > 0 and b > 0 for a, b in zip(arguments["p"], arguments["q"]))


def may_normalise(measure: str) -> bool:
    return measure not in UNNORMALISED and measure != "binary_entropy"


def needs_normalising(arguments: dict) -> bool:
    vectors = [arguments[name] for name in ("p", "q", "weights") if name in arguments]
    vectors += arguments.get("distributions", [])
    if "joint" in arguments:
        vectors.append([cell for row in arguments["joint"] for cell in row])
    return not all(sums_to_one(vector) for vector in vectors)


def spelled(value: object, hexadecimal: bool) -> object:
    if isinstance(value, list):
        return [spelled(item, hexadecimal) for item in value]
    if not isinstance(value, float):
        return value
    return number_text(value) if hexadecimal or math.isinf(value) else value


def under_policy(arguments: dict, settings: dict) -> dict:
    """The masses after the support policy: what the definition is applied to."""
    p, q = arguments["p"], arguments["q"]
    if settings.get("support") == "smoothed":
        count = settings["pseudocount"]
        return {**arguments, "p": [m + count for m in p], "q": [m + count for m in q]}
    if settings.get("support") == "restricted":
        kept = [(a, b) for a, b in zip(p, q) if a > 0 and b > 0]
        return {**arguments, "p": [a for a, _ in kept], "q": [b for _, b in kept]}
    return arguments


def answer(measure: str, arguments: dict, settings: dict) -> Truth:
    """The certified value in the unit asked for."""
    if "q" in arguments:
        arguments = under_policy(arguments, settings)
    exact = {name: Masses(value) if name in ("p", "q") and measure != "binary_entropy" else value
             for name, value in arguments.items()}
    base = UNITS[settings.get("unit", "nats")]

    def value() -> Value:
        result = FUNCTIONS[measure](**exact)
        if base is None or not isinstance(result, arb):
            return INFINITY if result == INFINITY else result
        return result / arb(base).log()

    return certify(value)
