"""Asks other packages and infotheory the same questions, beside the truth.

Run:  make peers        (or: python Scripts/peers.py BINARY)

Every row of the README's comparison is one of these questions. The truth comes
from ball arithmetic. The run fails if infotheory's answer is not the double
nearest to the truth, or if its adjusted mutual information is not scikit-learn's to
1e-12; what the peers answer otherwise is reported, not judged.
"""

import json
import subprocess
import sys
from importlib.metadata import version

import dit
import infomeasure
import numpy as np
import scipy.spatial.distance
import scipy.stats
import sklearn.metrics

import measures


def ours(binary, questions):
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    run = subprocess.run([binary, "evaluate"], input=lines, capture_output=True, text=True, check=True)
    return [float(json.loads(line)["value"]) for line in run.stdout.splitlines()]


def dit_divergence(p, q):
    names = [str(i) for i in range(len(p))]
    return float(dit.divergences.kullback_leibler_divergence(
        dit.Distribution(names, p), dit.Distribution(names, q))) * float(np.log(2))


def questions():
    """Rows: what is asked, the question, the peer, its answer."""
    p, shift = [0.3, 0.3, 0.4], 1e-8
    near = [0.3 * (1 + shift), 0.3 * (1 - shift), 0.4]
    half, other = [0.5, 0.5], [0.5 + 2.0**-30, 0.5 - 2.0**-30]
    scipy_name = "SciPy " + version("scipy")
    yield ("KL, p and q 1e-8 apart", {"measure": "kl_divergence", "p": p, "q": near, "normalize": True},
           scipy_name, float(scipy.stats.entropy(p, near)))
    yield ("JS of [0, 1] and [5e-324, 1], square root",
           {"measure": "jensen_shannon_distance", "p": [0, 1], "q": [5e-324, 1]},
           scipy_name, float(scipy.spatial.distance.jensenshannon([0, 1], [5e-324, 1])))
    many = [1 - 1e-12] + [1e-12 / 999] * 999
    yield ("entropy, 1000 outcomes, one with 1 - 1e-12",
           {"measure": "entropy", "p": many, "normalize": True},
           scipy_name, float(scipy.stats.entropy(many)))
    yield ("KL, p and q 2^-30 apart", {"measure": "kl_divergence", "p": half, "q": other},
           "dit " + version("dit"), dit_divergence(half, other))
    yield ("KL, P on {0, 1}, Q on {1, 2}",
           {"measure": "kl_divergence", "p": [0.5, 0.5, 0], "q": [0, 0.5, 0.5]},
           "infomeasure " + version("infomeasure"),
           float(infomeasure.kld([0, 0, 1, 1], [1, 1, 2, 2], approach="discrete")))


def negative_share(pairs=2000, outcomes=50, separation=1e-9):
    """How many KL divergences of nearly equal distributions come out negative."""
    random = np.random.default_rng(1)
    asked, negative = [], 0
    for _ in range(pairs):
        p = random.random(outcomes)
        p /= p.sum()
        q = p * (1 + separation * random.uniform(-1, 1, outcomes))
        q /= q.sum()
        negative += bool(scipy.stats.entropy(p, q) < 0)
        asked.append({"measure": "kl_divergence", "p": p.tolist(), "q": q.tolist(), "normalize": True})
    return asked, negative


def adjusted_information(tables=200):
    """The worst difference to scikit-learn's adjusted mutual information."""
    random = np.random.default_rng(2)
    asked, theirs = [], []
    for _ in range(tables):
        size = int(random.integers(20, 2000))
        x = random.integers(0, random.integers(2, 30), size)
        y = np.where(random.random(size) < random.random(), x, random.integers(0, 12, size))
        theirs.append(float(sklearn.metrics.adjusted_mutual_info_score(x, y)))
        asked.append({"measure": "adjusted_mutual_information", "columns": [x.tolist(), y.tolist()]})
    return asked, theirs


def main():
    binary = sys.argv[1]
    rows = list(questions())
    answers = ours(binary, [row[1] for row in rows])
    wrong = 0
    print(f"{'question':<44}{'peer':<18}")
    for (title, question, peer, answer), value in zip(rows, answers):
        truth = measures.evaluate(question["measure"], question).double()
        wrong += value != truth
        print(f"{title:<44}{peer:<18}\n  peer {answer!r:<26} infotheory {value!r:<26} truth {truth!r}")
    asked, negative = negative_share()
    ours_negative = sum(value <= 0 for value in ours(binary, asked))
    wrong += ours_negative
    print(f"KL of {len(asked)} pairs 1e-9 apart, not positive: SciPy {negative}, infotheory {ours_negative}")
    asked, theirs = adjusted_information()
    difference = max(abs(a - b) for a, b in zip(ours(binary, asked), theirs))
    wrong += difference > 1e-12
    print(f"adjusted mutual information of {len(asked)} tables: scikit-learn "
          f"{version('scikit-learn')} and infotheory differ by {difference:.1e} at most")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
