"""The benchmarks of growth: the time of an element of small work beside that of large.

The library runs against itself here: the smallest size is the form, the others its peers.
"""

import numpy as np

from benchmark import Benchmark, Setting, masses
from losses import softmax_data, softmax_truth
from timing import Contender, Field, Truth

SECTION = "Growth"
OUTCOMES = (10**5, 10**6, 10**7, 10**8)
CLASSES = (10, 100, 1000, 10000, 128256)
LOGITS = 2**23


def entropy_of(outcomes: int, setting: Setting) -> Contender:
    p = masses(setting.size(outcomes), 10)
    calls = max(1, 10**7 // outcomes)
    truth = Truth(float(-np.sum(p * np.log(p))))
    return Contender(f"{outcomes:.0e}".replace("e+0", "e") + " outcomes",
                     lambda: setting.library.entropy(p, calls), truth, units=calls * p.size)


def softmax_of(classes: int, setting: Setting) -> Contender:
    logits, labels = softmax_data(setting.size(LOGITS // classes), classes)
    kept = np.zeros_like(logits)
    truth = softmax_truth(logits, labels, gradient=True)
    return Contender(f"{classes} classes",
                     lambda: setting.library.softmax_cross_entropy(logits, labels, kept), truth,
                     gradient=lambda: kept, units=logits.size)


def beside_the_smallest(contenders: list[Contender]) -> Field:
    return Field(contenders[:1], contenders[1:])


BENCHMARKS = [
    Benchmark(SECTION, "an element of entropy",
              lambda setting: beside_the_smallest([entropy_of(n, setting) for n in OUTCOMES]),
              threads=(1,)),
    Benchmark(SECTION, "a logit of softmax cross-entropy with its gradient",
              lambda setting: beside_the_smallest([softmax_of(n, setting) for n in CLASSES]),
              threads=(1,)),
]
