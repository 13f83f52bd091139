"""Every measure of the library in certified balls, by name.

    evaluate("kl_divergence", {"p": [0.5, 0.5], "q": [0.25, 0.75]}).double()

The inputs are the stored doubles, taken exactly and normalised by their exact
sums.  `python Scripts/measures.py --self-test` compares every measure with
independent mpmath code and with published golden values.
"""

import sys
from typing import Callable, Mapping

import distances
import divergences
import entropies
from balls import Truth, Value, certify
from masses import Masses

FUNCTIONS: dict[str, Callable[..., Value]] = {}
FIELDS: dict[str, tuple[str, ...]] = {}
"""For each measure, the fields it reads; those after the masses may be absent."""


def _register(module, fields: tuple[str, ...], names: str) -> None:
    for name in names.split():
        FUNCTIONS[name] = getattr(module, name)
        FIELDS[name] = fields


_register(entropies, ("p",), """
    entropy min_entropy hartley_entropy collision_entropy perplexity extropy
    normalized_entropy gini_impurity""")
_register(entropies, ("p", "order"), "renyi_entropy tsallis_entropy hill_number")
_register(entropies, ("p", "positions"), "cumulative_residual_entropy")
_register(entropies, ("p", "outcome"), "self_information")
_register(entropies, ("p",), "binary_entropy")
_register(entropies, ("joint",), "joint_entropy")
_register(entropies, ("joint", "given"), "conditional_entropy")
_register(divergences, ("p", "q"), """
    cross_entropy kl_divergence reverse_kl_divergence jeffreys_divergence
    jensen_shannon_divergence jensen_shannon_distance hellinger_distance
    bhattacharyya_coefficient bhattacharyya_distance chernoff_information""")
_register(divergences, ("p", "q", "order"), """
    skew_divergence renyi_divergence tsallis_divergence alpha_divergence
    cressie_read_divergence""")
_register(divergences, ("distributions", "weights"), "generalized_jensen_shannon_divergence")
_register(distances, ("p", "q"), """
    total_variation pearson_chi_squared neyman_chi_squared triangular_discrimination
    population_stability_index generalized_kl_divergence itakura_saito_divergence""")
_register(distances, ("p", "q", "positions"), """
    wasserstein_1 wasserstein_2 cramer_distance energy_distance kolmogorov_smirnov""")

UNNORMALISED = {"generalized_kl_divergence", "itakura_saito_divergence"}

LOGARITHMIC = set("""
    entropy renyi_entropy min_entropy hartley_entropy collision_entropy binary_entropy
    cumulative_residual_entropy extropy self_information joint_entropy conditional_entropy
    cross_entropy kl_divergence reverse_kl_divergence jeffreys_divergence
    jensen_shannon_divergence generalized_jensen_shannon_divergence skew_divergence
    renyi_divergence bhattacharyya_distance chernoff_information""".split())
"""Measures that are sums of logarithms, so that a unit other than nats divides them
by its natural logarithm, whatever the other parameters."""


def evaluate(name: str, inputs: Mapping[str, object]) -> Truth:
    """The certified value, in nats, of a measure of the given fields."""
    function = FUNCTIONS[name]
    arguments = {field: _exact(name, field, inputs[field])
                 for field in FIELDS[name] if field in inputs}
    try:
        return certify(lambda: function(**arguments))
    except ArithmeticError as error:
        raise ArithmeticError(f"{name}: {error}") from error


def _exact(name: str, field: str, value: object) -> object:
    is_vector = field in ("p", "q") and name != "binary_entropy"
    return Masses(value) if is_vector and not isinstance(value, Masses) else value


def main() -> int:
    if sys.argv[1:] != ["--self-test"]:
        print(__doc__)
        return 64
    import self_test
    return self_test.run()


if __name__ == "__main__":
    sys.exit(main())
