"""Write the oracle tables of the tests: Tests/Oracles/*.json.

    python Scripts/oracles.py            write every table
    python Scripts/oracles.py --check    regenerate in memory, fail on any difference

The output is the same byte for byte on every run.  All numbers are C99
hexadecimal floats in strings.

pmfs.json and pairs.json hold the named inputs.  "normalize" is true where the
masses do not sum to 1 within n * 2^-52; every measure except the two on raw
masses divides by the exact sums in any case.  Large cases hold a recipe,
{"kind", "n", "seed", "separation"}, instead of p and q: see random_masses.py
for the generator, which a test rebuilds bit for bit.

<measure>.json holds values in nats: "value" is the double nearest to the true
value ("inf" also where a finite truth exceeds the largest double, as its
"ball" then shows), "ball" the true value to 30 digits, all of them proved.

gradients.json holds derivatives in the masses; "unit" is the last place of the largest
part of each vector before the mean is taken off (gradients.py).  kernel-*.json hold
the elementary kernels as hi + lo.  threshold-split.json is from splits.py, and
special/*.json from special.py, losses/*.json from losses.py, distributions/*.json
from distribution_cases.py, ball-functions.json from ball_functions.py.  joint-tables.json and the quantities of joint
distributions are from joint.py.
"""

import os
import sys
from importlib.metadata import version
from json import dumps
from multiprocessing import Pool
from pathlib import Path

import ball_functions
import distribution_cases
import joint
import kernels
import losses
import special
import splits
from balls import PROMISED_BITS
from measures import FUNCTIONS
from tables import gradient_rows, inputs, measure_rows, number_text, vector_text

NOT_WRITTEN_HERE = {"losses-golden.json"}
"""167 losses and gradients to 25 digits, worked out in 60-digit arithmetic elsewhere."""

FOLDER = Path(__file__).resolve().parent.parent / "Tests" / "Oracles"
ORIGIN = {"generator": "Scripts/oracles.py", "pythonFlint": version("python-flint")}


def document(header: dict, key: str, rows: list[dict]) -> str:
    """JSON with one row on each line, so that a difference is readable."""
    start = dumps(header)[:-1]
    lines = ",\n".join(dumps(row, separators=(",", ":")) for row in rows)
    return f'{start}, "{key}": [\n{lines}\n]}}\n'


def input_document(kind: str) -> str:
    rows = []
    for case in inputs(kind):
        row = {"name": case.name}
        if case.recipe:
            recipe = dict(case.recipe)
            recipe["separation"] = number_text(float.fromhex(recipe["separation"]))
            row["generated"] = recipe
        else:
            row["p"] = vector_text(case.p)
            if case.q is not None:
                row["q"] = vector_text(case.q)
        row["normalize"] = case.normalize
        rows.append(row)
    return document(ORIGIN, "cases", rows)


def measure_document(measure: str) -> str:
    header = {"measure": measure, "unit": "nats", **ORIGIN, "bits": PROMISED_BITS}
    return document(header, "values", measure_rows(measure))


def gradient_document() -> str:
    return document({**ORIGIN, "bits": PROMISED_BITS}, "values", gradient_rows())


def kernel_document(name: str) -> str:
    rows = [{key: number_text(value) for key, value in row.items()} for row in kernels.rows(name)]
    return document({"kernel": name, **ORIGIN}, "values", rows)


def split_document() -> str:
    return document({**ORIGIN, "bits": PROMISED_BITS}, "values", splits.split_rows())


def special_document(name: str) -> str:
    return special.document(name, ORIGIN)


def joint_table_document() -> str:
    return document(ORIGIN, "tables", joint.table_rows())


def joint_document(measure: str) -> str:
    header = {"measure": measure, "unit": "nats", **ORIGIN, "bits": PROMISED_BITS}
    return document(header, "values", joint.value_rows(measure))


def distribution_document(quantity: str) -> str:
    header = {"measure": quantity, "unit": "nats", **ORIGIN, "bits": PROMISED_BITS}
    return document(header, "values", distribution_cases.rows(quantity))


def ball_function_document() -> str:
    return document({**ORIGIN, "digits": ball_functions.DIGITS}, "values", ball_functions.rows())


def loss_document(name: str) -> str:
    return losses.document(name, ORIGIN)


def jobs() -> dict[str, tuple]:
    """File names, and how to make each; the slowest first."""
    work = {"pairs.json": (input_document, "pairs"), "pmfs.json": (input_document, "pmfs"),
            "gradients.json": (gradient_document,),
            "threshold-split.json": (split_document,)}
    for name in special.functions():
        work[f"special/{name}.json"] = (special_document, name)
    for name in losses.tables():
        work[f"losses/{name}.json"] = (loss_document, name)
    for name in distribution_cases.NAMES:
        work[f"distributions/{name}.json"] = (distribution_document, name)
    work["ball-functions.json"] = (ball_function_document,)
    slow = ["jensen_shannon_divergence", "kl_divergence", "entropy"]
    for measure in slow + [name for name in FUNCTIONS if name not in slow]:
        work[measure.replace("_", "-") + ".json"] = (measure_document, measure)
    work["joint-tables.json"] = (joint_table_document,)
    for name in joint.NAMES:
        work[f"{name}.json"] = (joint_document, name)
    for name in kernels.NAMES:
        work[f"kernel-{name}.json"] = (kernel_document, name)
    return work


def produce(item: tuple[str, tuple]) -> tuple[str, str]:
    name, (function, *arguments) = item
    return name, function(*arguments)


def regenerate() -> dict[str, str]:
    with Pool(os.cpu_count()) as pool:
        return dict(pool.imap_unordered(produce, jobs().items()))


def check(documents: dict[str, str]) -> int:
    wrong = [name for name, text in sorted(documents.items())
             if not (FOLDER / name).is_file() or (FOLDER / name).read_text() != text]
    files = (str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.json"))
    wrong += sorted(name for name in files if name not in {*documents, *NOT_WRITTEN_HERE})
    for name in wrong:
        print(f"differs: Tests/Oracles/{name}")
    print(f"{len(documents)} tables, {len(wrong)} differ")
    return 1 if wrong else 0


def write(documents: dict[str, str]) -> int:
    for folder in ("special", "losses", "distributions"):
        (FOLDER / folder).mkdir(parents=True, exist_ok=True)
    for name, text in sorted(documents.items()):
        (FOLDER / name).write_text(text)
        print(f"{len(text):8d}  Tests/Oracles/{name}")
    print(f"{sum(map(len, documents.values())):8d}  in {len(documents)} tables")
    return 0


def main() -> int:
    arguments = sys.argv[1:]
    if arguments not in ([], ["--check"]):
        print(__doc__)
        return 64
    documents = regenerate()
    return check(documents) if arguments else write(documents)


if __name__ == "__main__":
    sys.exit(main())
