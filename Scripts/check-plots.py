"""Check that Altair reads every chart of the gallery, and that vl-convert draws it.

    PlotGallery | python Scripts/check-plots.py [FOLDER]

Each line is a chart's name, a tab, and its Vega-Lite specification. Altair checks it
against the schema of Vega-Lite 5, vl-convert compiles and draws it. With FOLDER, the
pictures are written there, as PNG. Needs `altair<6` and `vl-convert-python`.
"""

import json
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import altair
import vl_convert

VERSION = "5.21"


def marks(svg: str) -> int:
    """The number of marks in a picture; the axes and titles are groups of other roles."""
    root = ElementTree.fromstring(svg)
    groups = [g for g in root.iter() if "role-mark" in g.get("class", "").split()]
    return sum(len(list(group)) for group in groups)


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    passed = failed = 0
    for line in sys.stdin:
        name, text = line.rstrip("\n").split("\t", 1)
        try:
            altair.Chart.from_dict(json.loads(text))
            if not marks(vl_convert.vegalite_to_svg(text, vl_version=VERSION)):
                raise ValueError("the picture has no marks")
            if folder:
                folder.mkdir(parents=True, exist_ok=True)
                png = vl_convert.vegalite_to_png(text, vl_version=VERSION, scale=1)
                (folder / f"{name}.png").write_bytes(png)
            passed += 1
        except Exception as error:  # whatever is wrong with a chart, the others are checked too
            failed += 1
            print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
