"""Runs notebooks from the first cell to the last, as a reader would.

A line for each, with the error where one failed, and "N passed, N failed" in the end.
`--update` saves them with what they showed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

FOLDER = Path(__file__).resolve().parent.parent
# Paths of the machine, which no reader of a notebook has use for.
PRIVATE_PATHS = [
    str(path)
    for path in (FOLDER.parent, Path.home(), Path(tempfile.gettempdir()) / "swift-kernel-")
    if path != Path(path.anchor)
]
CELL_SECONDS = 300


def main() -> int:
    """Runs the notebooks that are named, or all of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebooks", nargs="*", type=Path, metavar="NOTEBOOK")
    parser.add_argument("--update", action="store_true", help="save what the cells showed")
    arguments = parser.parse_args()
    notebooks = arguments.notebooks or sorted(FOLDER.glob("*.ipynb"))
    failed = 0
    for path in notebooks:
        start = time.monotonic()
        problem = run(path, arguments.update)
        outcome = "FAILED" if problem else "passed"
        print(f"{path.name:<50}{outcome} {time.monotonic() - start:5.0f} s", flush=True)
        if problem:
            failed += 1
            print("\n".join(f"  | {line}" for line in problem.splitlines()), flush=True)
    print(f"{len(notebooks) - failed} passed, {failed} failed")
    return 1 if failed else 0


def run(path: Path, update: bool) -> str | None:
    """Runs one notebook; returns what went wrong."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="swift",
        resources={"metadata": {"path": str(path.resolve().parent)}},
        record_timing=False,
        coalesce_streams=True,
    )
    try:
        client.execute()
    except (CellExecutionError, DeadKernelError) as error:
        return str(error)
    except TimeoutError as error:
        return f"a cell took more than {CELL_SECONDS} s: {error}"
    if found := private_paths(notebook):
        return f"an output shows a path of this machine: {', '.join(found)}"
    if update:
        nbformat.write(notebook, path)
    return None


def private_paths(notebook: nbformat.NotebookNode) -> list[str]:
    """The paths of this machine that outputs contain."""
    outputs = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
    text = nbformat.writes(nbformat.v4.new_notebook(metadata={"outputs": outputs}))
    return [path for path in PRIVATE_PATHS if path in text]


if __name__ == "__main__":
    sys.exit(main())
