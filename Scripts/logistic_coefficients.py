"""Fit the models of notebook 4 with scikit-learn, and write down their coefficients.

    python Scripts/logistic_coefficients.py

Writes Notebooks/data/logistic-coefficients.csv, which notebook 4 compares the toolkit's
own training with. Needs `scikit-learn`; the file says which version it was.
"""

import csv
import warnings
from pathlib import Path

import numpy
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

ROOT = Path(__file__).resolve().parent.parent
FEATURES = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
# The target, the share of the L1 penalty, C.
MODELS = [("sex", 0, 1.0), ("sex", 1, 0.1), ("species", 0, 1.0), ("species", 1, 0.1)]


def penguins() -> list[dict[str, str]]:
    """The penguins of which everything is known."""
    with (ROOT / "Examples" / "data" / "penguins.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [row for row in rows if all(row[name] not in ("", "NA") for name in [*FEATURES, "sex"])]


def fit(x: numpy.ndarray, y: list[str], l1_ratio: float, c: float) -> LogisticRegression:
    solver = {"solver": "saga"} if l1_ratio else {"solver": "lbfgs"}
    model = LogisticRegression(
        C=c, l1_ratio=l1_ratio, tol=1e-13, max_iter=1_000_000, random_state=1, **solver
    )
    with warnings.catch_warnings():
        # A fit that has not converged is no reference.
        warnings.simplefilter("error")
        return model.fit(x, y)


def main() -> None:
    rows = penguins()
    x = StandardScaler().fit_transform([[float(row[name]) for name in FEATURES] for row in rows])
    path = ROOT / "Notebooks" / "data" / "logistic-coefficients.csv"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(
            f"# scikit-learn {sklearn.__version__}, LogisticRegression on {len(rows)} penguins, "
            "standardised; Scripts/logistic_coefficients.py\n"
        )
        file.write("target,penalty,C,class,feature,coefficient\n")
        for target, l1_ratio, c in MODELS:
            model = fit(x, [row[target] for row in rows], l1_ratio, c)
            classes = model.classes_ if len(model.coef_) > 1 else model.classes_[1:]
            for label, intercept, coefficients in zip(classes, model.intercept_, model.coef_):
                values = zip(["intercept", *FEATURES], [intercept, *coefficients])
                for feature, value in values:
                    penalty = "L1" if l1_ratio else "L2"
                    file.write(f"{target},{penalty},{c},{label},{feature},{float(value)!r}\n")


if __name__ == "__main__":
    main()
