"""The script that runs notebooks: what it fails on, what it saves, and its closing line."""

import os
import subprocess
import sys

import nbformat
import pytest
from conftest import JUPYTER


def run(*arguments):
    command = [sys.executable, JUPYTER / "run_notebooks.py", *arguments]
    return subprocess.run(list(map(str, command)), capture_output=True, text=True)


@pytest.fixture
def notebook(tmp_path):
    """Writes a notebook of the given cells."""

    def write(name, *cells):
        metadata = {"kernelspec": {"name": "swift", "display_name": "Swift", "language": "swift"}}
        book = nbformat.v4.new_notebook(metadata=metadata)
        book.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
        path = tmp_path / f"{name}.ipynb"
        nbformat.write(book, path)
        return path

    return write


def test_each_notebook_has_a_line_and_all_have_the_last_one(notebook):
    good = notebook("good", "let a = 1", "a + 1")
    thrown = notebook("thrown", "struct Oh: Error {}", "throw Oh()", 'print("never")')
    broken = notebook("broken", "let x: Int = \"\"")
    trapped = notebook("trapped", "[1][2]")
    result = run(good, thrown, broken, trapped)
    assert result.returncode == 1
    lines = result.stdout.splitlines()
    assert lines[-1] == "1 passed, 3 failed"
    assert sum(line.startswith("good.ipynb") and "passed" in line for line in lines) == 1
    assert sum("FAILED" in line for line in lines) == 3
    assert "Thrown: Oh" in result.stdout and "Index out of range" in result.stdout
    assert "cannot convert value of type 'String'" in result.stdout


def test_only_an_update_saves(notebook):
    path = notebook("saved", "import Foundation\nHTML(\"<b>x</b>\")", 'print("one"); print("two")')
    before = path.read_bytes()
    assert run(path).stdout.splitlines()[-1] == "1 passed, 0 failed"
    assert path.read_bytes() == before
    assert run("--update", path).returncode == 0
    saved = nbformat.read(path, as_version=4)
    assert saved.cells[0].outputs[0].data["text/html"] == "<b>x</b>"
    assert saved.cells[1].outputs[0].text == "one\ntwo\n"
    updated = path.read_bytes()
    assert run("--update", path).returncode == 0
    assert path.read_bytes() == updated


def test_a_path_of_the_machine_in_an_output_is_a_failure(notebook):
    path = notebook("path", f'print("{os.path.expanduser("~")}/data")')
    before = path.read_bytes()
    result = run("--update", path)
    assert result.returncode == 1
    assert "an output shows a path of this machine" in result.stdout
    assert path.read_bytes() == before
