"""GSL's own special functions on the tables of Tests/Oracles/special, as they are.

    python Scripts/gsl_as_is.py

For each function that GSL has: the points, the worst relative error where the status
is success or underflow and the value finite, and how often GSL fails although the
value exists: another status, an underflow of a normal number, NaN or an infinity.
Needs GSL's shared libraries, and nothing else.
"""

import ctypes
import json
import math
import sys
from ctypes.util import find_library
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "Tests" / "Oracles" / "special"
SUCCESS, UNDERFLOW = 0, 15
SMALLEST_NORMAL = 2.0**-1022


class Result(ctypes.Structure):
    _fields_ = [("val", ctypes.c_double), ("err", ctypes.c_double)]


def swapped(a: float, b: float, x: float) -> tuple[float, float, float]:
    return b, a, 1 - x


FUNCTIONS = {
    "log-gamma": ("lngamma", None), "digamma": ("psi", None), "trigamma": ("psi_1", None),
    "log-beta": ("lnbeta", None), "zeta": ("zeta", None), "zeta-minus-one": ("zetam1", None),
    "hurwitz-zeta": ("hzeta", None), "regularized-gamma-p": ("gamma_inc_P", None),
    "regularized-gamma-q": ("gamma_inc_Q", None), "regularized-beta": ("beta_inc", None),
    "complementary-regularized-beta": ("beta_inc", swapped), "error-function": ("erf", None),
    "complementary-error-function": ("erfc", None),
    "log-complementary-error-function": ("log_erfc", None),
    "exponential-integral-e1": ("expint_E1", None),
    "exponential-integral-ei": ("expint_Ei", None),
    "bessel-i0-scaled": ("bessel_I0_scaled", None),
    "bessel-i1-scaled": ("bessel_I1_scaled", None), "lambert-w0": ("lambert_W0", None),
    "lambert-wm1": ("lambert_Wm1", None), "dilogarithm": ("dilog", None),
    "log1pmx": ("log_1plusx_mx", None),
}
"""GSL's name of each function, and how to arrange the arguments where it differs."""


def measure(gsl: ctypes.CDLL, table: str, name: str, arrange) -> str:
    function = getattr(gsl, f"gsl_sf_{name}_e")
    rows = json.loads((FOLDER / f"{table}.json").read_text())["values"]
    worst, place, fails = 0.0, "", 0
    for *arguments, truth in rows:
        given = arrange(*arguments) if arrange else arguments
        result = Result()
        status = function(*map(ctypes.c_double, given), ctypes.byref(result))
        is_normal = abs(truth) >= SMALLEST_NORMAL
        known = status == SUCCESS or (status == UNDERFLOW and not is_normal)
        if not known or not math.isfinite(result.val):
            fails += 1
        elif is_normal and abs(result.val - truth) > worst * abs(truth):
            worst, place = abs(result.val - truth) / abs(truth), f"at {arguments}"
    return f"{table:34s}{len(rows):5d}  worst {worst:<10.2g}fails {fails:4d}  {place}"


def main() -> int:
    if len(sys.argv) > 1:
        print(__doc__)
        return 64
    ctypes.CDLL(find_library("gslcblas"), mode=ctypes.RTLD_GLOBAL)
    gsl = ctypes.CDLL(find_library("gsl"))
    gsl.gsl_set_error_handler_off()
    for table, (name, arrange) in FUNCTIONS.items():
        print(measure(gsl, table, name, arrange), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
