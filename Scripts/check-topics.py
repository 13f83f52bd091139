"""Demand that every page's symbols stand under a topic that somebody wrote.

    python3 Scripts/check-topics.py DOCUMENTATION

DocC lists what no page names under headings of its own making, "Functions" and
"Instance Methods", where nobody finds it.
"""

import json
import sys
from pathlib import Path

PAGES_WITH_TOPICS = ("module", "struct", "class")
ALLOWED = {"Default Implementations"}
"""Headings for what comes from protocols."""
FEW = 20
"""A type with fewer symbols than this is short enough to be read as a list."""


def uncurated(page: dict) -> list[str]:
    kind = page.get("metadata", {}).get("symbolKind")
    sections = page.get("topicSections", [])
    count = sum(len(section["identifiers"]) for section in sections)
    if kind not in PAGES_WITH_TOPICS or (kind != "module" and count < FEW):
        return []
    return [
        name
        for section in sections
        if section.get("generated") and section.get("title") not in ALLOWED
        for name in section["identifiers"]
    ]


def main() -> int:
    failures = pages = 0
    for path in sorted(Path(sys.argv[1], "data", "documentation").rglob("*.json")):
        pages += 1
        for name in uncurated(json.loads(path.read_text(encoding="utf-8"))):
            failures += 1
            print(f"{path.stem}: {name.removeprefix('doc://')} is under no topic")
    print(f"{pages} pages, {failures} symbols under no topic")
    return 1 if failures or not pages else 0


if __name__ == "__main__":
    sys.exit(main())
