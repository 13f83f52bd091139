"""Random questions about joint distributions, with their certified answers."""

from fractions import Fraction
from math import prod

from flint import arb

import joint
from balls import Truth, Value, certify
from cases import sums_to_one
from joint import Table
from random_masses import SplitMix64

MEASURES = """
    mutual_information conditional_mutual_information pointwise_mutual_information
    normalized_mutual_information adjusted_mutual_information uncertainty_coefficient
    variation_of_information lautum_information total_correlation dual_total_correlation
    interaction_information co_information o_information s_information information_gain
    gain_ratio gini_gain""".split()

AMOUNTS = set(MEASURES) - set("""
    normalized_mutual_information adjusted_mutual_information uncertainty_coefficient
    gain_ratio gini_gain""".split())
"""Those that have a unit."""

OF_PAIRS = set("""
    pointwise_mutual_information normalized_mutual_information adjusted_mutual_information
    uncertainty_coefficient lautum_information information_gain gain_ratio
    gini_gain""".split())
"""Those that joint.py knows for two variables only."""

SHARES = set("normalized_mutual_information uncertainty_coefficient gain_ratio".split())
"""Those that are undefined where an entropy is 0."""

SIGNED = set("interaction_information co_information o_information".split())
MEANS = ("arithmetic", "geometric", "minimum", "maximum")
LABELS = (lambda i: f"label {i}", lambda i: 3 * i - 2, lambda i: i / 8 - 0.25)


def draw(measure: str, random: SplitMix64) -> tuple[dict, Truth, Fraction] | None:
    """The fields, the answer in nats, and the absolute error allowed beside the ulps.

    None where the measure is undefined for what was drawn.
    """
    table = draw_table(measure, random)
    asked = draw_groups(measure, table, random)
    fields = {"measure": measure, **asked}
    if measure in ("normalized_mutual_information", "adjusted_mutual_information"):
        fields["mean"] = random.choice(MEANS)
    if measure == "pointwise_mutual_information":
        outcomes = [random.below(size) for size in table.shape]
        if not all(table.marginal(n)[(o,)] for n, o in zip(table.names, outcomes)):
            return None
        fields["outcomes"] = outcomes
    varied = all(len(table.marginal(name)) > 1 for name in table.names)
    if not varied and (measure in SHARES or measure == "adjusted_mutual_information"):
        return None
    truth = certify(lambda: value(measure, table, fields))
    slack = Fraction(0)
    if measure == "adjusted_mutual_information":
        slack = Fraction(1, 1 << 53)
    elif measure in SIGNED:
        # Differences of sums that are themselves right to twice a double's digits.
        slack = Fraction(max(1, len(table.cells)), 1 << 56)
    return {**fields, **encode(table, fields, random)}, truth, slack


def draw_table(measure: str, random: SplitMix64) -> Table:
    rank = 2 if measure in OF_PAIRS else 2 + random.below(3)
    if measure == "conditional_mutual_information":
        rank = 3
    shape = [1 + random.below(5 if rank == 2 else 3) for _ in range(rank)]
    count, chance = prod(shape), random.choice((4, 1 << 40))

    def is_kept() -> bool:
        return random.below(chance) > 0

    if measure == "adjusted_mutual_information" or random.below(2):
        largest = random.choice((2, 5, 40, 10**3) if measure.startswith("adjusted")
                                else (2, 5, 40, 10**7))
        counts = [random.below(largest) if is_kept() else 0 for _ in range(count)]
        counts[random.below(count)] += 1
        return Table("drawn", shape, counts=counts)
    masses = [m if is_kept() else 0.0 for m in random.masses(count)]
    masses[random.below(count)] += random.choice((1e-300, 1e-9, 0.5))
    return Table("drawn", shape, masses=masses)


def draw_groups(measure: str, table: Table, random: SplitMix64) -> dict:
    """Which variables are asked about; left out where there is no choice."""
    names = list(table.names)
    if measure == "conditional_mutual_information":
        return {"given": random.choice(names)}
    if measure == "uncertainty_coefficient":
        return {"given": random.choice(names)}
    if measure in ("mutual_information", "variation_of_information"):
        return {} if len(names) == 2 else {"x": names[0], "y": names[1:]}
    if measure.endswith("correlation") or measure in SIGNED or measure == "s_information":
        return {"given": names[-1]} if len(names) > 2 and random.below(2) else {}
    return {}


def value(measure: str, table: Table, fields: dict) -> Value:
    """The value in nats, by the definitions of joint.py."""
    given = "".join(fields.get("given", ""))
    others = "".join(name for name in table.names if name not in given)
    x, y = "".join(fields.get("x", others[:1])), "".join(fields.get("y", others[1:]))
    match measure:
        case "mutual_information" | "conditional_mutual_information" | "information_gain":
            return joint.mutual_information(table, x, y, given)
        case "gain_ratio":
            return joint.uncertainty_coefficient(table, "y", "x")
        case "interaction_information":
            shared = joint.co_information(table, others, given)
            return shared if len(others) % 2 == 0 or not shared else -shared
        case "gini_gain" | "variation_of_information" | "lautum_information":
            return joint.evaluate(measure.replace("_", "-"), table, {"x": x, "y": y})
        case _:
            query = {**fields, "x": others, "given": given}
            return joint.evaluate(measure.replace("_", "-"), table, query)


def encode(table: Table, fields: dict, random: SplitMix64) -> dict:
    """The table in one of the forms that the protocol knows."""
    names = {"names": list(table.names)} if len(table.shape) > 3 else {}
    few = table.counts is not None and table.total <= 200
    if few and "outcomes" not in fields and random.below(2):
        rows = [place for place, count in table.cells.items() for _ in range(count)]
        rows.sort(key=lambda _: random.next())
        labels = [random.choice(LABELS) for _ in table.shape]
        return {**names, "columns": [[label(row[i]) for row in rows]
                                     for i, label in enumerate(labels)]}
    cells = table.counts if table.counts is not None else table.masses
    encoded = {**names, "joint": nested(list(cells), table.shape)}
    if fields["measure"] != "adjusted_mutual_information" and not sums_to_one(
            [float(cell) for cell in cells]):
        encoded["normalize"] = True
    return encoded


def nested(cells: list, shape: list[int]) -> list:
    if len(shape) == 1:
        return cells
    step = len(cells) // shape[0]
    return [nested(cells[i:i + step], shape[1:]) for i in range(0, len(cells), step)]


def in_unit(truth: Truth, base: int | None) -> Truth:
    """The same amount in another unit."""
    if base is None or not isinstance(truth.value, arb):
        return truth
    return certify(lambda: truth.value / arb(base).log(), bits=80)
