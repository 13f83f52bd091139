"""Write what was measured: a line at once, tables as Markdown, all of it as JSON."""

import json
from pathlib import Path

COPY = "copy"
"""The contender that only copies memory."""
BEGIN, END = "<!-- begin of what run wrote -->", "<!-- end of what run wrote -->"
INTRODUCTIONS = {
    "Growth": "How many times as long an element takes as in the smallest size.",
}
INTRODUCTION = "How many times as fast as each package, and the quartiles."


def duration(seconds: float) -> str:
    for unit, length in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= length:
            return f"{seconds / length:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


def number(ratio: float) -> str:
    if ratio >= 100:
        return f"{ratio:.0f}"
    return f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.2g}"


def spread(ratio: dict) -> str:
    return f"{number(ratio['median'])} ({number(ratio['lower'])} – {number(ratio['upper'])})"


def threads_text(number: int) -> str:
    return "1 thread" if number == 1 else f"{number} threads"


def lines(record: dict) -> list[str]:
    """What is printed as soon as a benchmark has run."""
    found = [f"{record['name']}, {threads_text(record['threads'])}"]
    for measured in record["measurements"]:
        own = f"  {measured['form']}: {duration(measured['seconds'])}"
        if COPY in measured["ratios"]:
            own += f", {measured['ratios'][COPY]['median']:.0%} of the speed of a copy"
        found.append(f"{own}, {measured['rounds']} rounds")
        for name, ratio in measured["ratios"].items():
            if name == COPY:
                continue
            goal = measured["goals"].get(name)
            found.append(f"    {spread(ratio):>28} {name}: {duration(ratio['seconds'])}"
                         + ("" if goal is None else f", goal {goal:g}"
                            + ("" if ratio["median"] >= goal else " NOT REACHED")))
    return found + [f"  LEFT OUT {fault}" for fault in record["faults"]]


def names_of_peers(records: list[dict]) -> list[str]:
    names: dict[str, None] = {}
    for record in records:
        for measured in record["measurements"]:
            names.update(dict.fromkeys(measured["ratios"]))
    return [name for name in names if name != COPY]


def table(records: list[dict]) -> list[str]:
    peers = names_of_peers(records)
    heads = ["work", "threads", "form", "time", "speed of a copy", *peers]
    rows = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for record in records:
        for measured in record["measurements"]:
            ratios = measured["ratios"]
            cells = [record["name"], str(record["threads"]), measured["form"],
                     duration(measured["seconds"]),
                     f"{ratios[COPY]['median']:.0%}" if COPY in ratios else "",
                     *(spread(ratios[name]) if name in ratios else "" for name in peers)]
            rows.append("| " + " | ".join(cells) + " |")
    return rows


def tables(records: list[dict]) -> list[str]:
    """A table for each benchmark of growth, and one for each other section."""
    groups: dict[str, list[list[dict]]] = {}
    for record in records:
        own = groups.setdefault(record["section"], [])
        if record["section"] in INTRODUCTIONS or not own:
            own.append([])
        own[-1].append(record)
    found: list[str] = []
    for section, parts in groups.items():
        found += [f"### {section}", "", INTRODUCTIONS.get(section, INTRODUCTION), ""]
        for part in parts:
            found += [*table(part), ""]
    return found


def markdown(result: dict) -> str:
    packages = ", ".join(f"{name} {number}" for name, number in result["packages"].items())
    head = [f"{result['date']}, {result['processor']}, {packages}."]
    for threads, speed in result["copy_speeds"].items():
        head.append(f"A copy past the caches reads and writes {speed / 1e9:.1f} GB/s together on "
                    f"{threads_text(int(threads))}.")
    if not result["pinned"]:
        head.append("The threads were not held to processors: this system cannot.")
    if result["quick"]:
        head.append("**A quick run on small data: it says nothing about speed.**")
    text = [*head, "", *tables(result["records"])]
    left_out = [f"- {record['name']}, {threads_text(record['threads'])}: {fault}"
                for record in result["records"] for fault in record["faults"]]
    if left_out:
        text += ["Left out, because they failed:", "", *left_out, ""]
    return "\n".join(text)


def write(result: dict, folder: Path, document: Path | None) -> None:
    folder.mkdir(exist_ok=True)
    text = markdown(result)
    (folder / "results.md").write_text(text, encoding="utf-8")
    (folder / "results.json").write_text(
        json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{folder / 'results.md'}\n{folder / 'results.json'}")
    if document:
        whole = document.read_text(encoding="utf-8")
        before, begin, rest = whole.partition(BEGIN)
        _, end, after = rest.partition(END)
        if not begin or not end:
            raise SystemExit(f"{document}: there are no lines {BEGIN} and {END}")
        document.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}", encoding="utf-8")
        print(document)
