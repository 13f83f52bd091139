"""A test that asks the oracle, for pytest or to be run as it is.

    pytest Examples/conformance/test_my_divergence.py

`infotheory` must be on the PATH.
"""

import json
import math
import subprocess


def my_kl(p, q):
    """Somebody's divergence: a sum of terms none of which is negative."""
    return math.fsum(
        a * math.log1p((a - b) / b) - (a - b) if a else b for a, b in zip(p, q)
    )


oracle = subprocess.Popen(["infotheory", "evaluate", "--certified"], stdin=-1, stdout=-1, text=True)

def truth(**question):
    print(json.dumps(question), file=oracle.stdin, flush=True)
    return json.loads(oracle.stdout.readline())["value"]

def test_my_kl():
    p, q = [0.5, 0.25, 0.25], [0.4, 0.4, 0.2]
    assert abs(my_kl(p, q) / truth(measure="kl_divergence", p=p, q=q) - 1) < 1e-15


if __name__ == "__main__":
    test_my_kl()
    print("right")
