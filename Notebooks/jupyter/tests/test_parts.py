"""The parts of the kernel that need no Jupyter, each by itself."""

import json
import shutil
import subprocess

import pytest
from conftest import KERNEL
from swift_kernel.diagnostics import Cell, read_diagnostics
from swift_kernel.errors import CellError
from swift_kernel.rendering import read_shown
from swift_kernel.scope import Scope
from swift_kernel.support import Support
from swift_kernel.syntax import Syntax, read_syntax
from swift_kernel.toolchain import Toolchain
from swift_kernel.toolkit import BUILD_COMMAND, Toolkit


@pytest.fixture(scope="module")
def parse(tmp_path_factory):
    """What the parser and the reader of its tree make of a text."""
    frontend = Toolchain.find().program("swift-frontend")
    file = tmp_path_factory.mktemp("parsed") / "parsed.swift"

    def parsed(text: str) -> Syntax:
        file.write_text(text)
        command = [frontend, "-dump-parse", "-dump-ast-format", "json", str(file)]
        answer = subprocess.run(command, capture_output=True, text=True, check=True)
        return read_syntax(answer.stdout, file.read_bytes())

    return parsed


def test_declared_names_and_their_kinds(parse):
    syntax = parse(
        "let a = 1, (b, c) = (2, 3)\nvar d: Int { 4 }\nfunc e<T>(_ t: T) {}\nstruct F {}\n"
        "enum G { case x }\nactor H {}\nclass I {}\nprotocol J {}\ntypealias K = F\n"
        "private let l = 1\n@MainActor fileprivate func m() {}\nfunc outer() { let inner = 1 }"
    )
    assert syntax.names == {
        **dict.fromkeys("abcd", "var"), "e": "func", "F": "struct", "G": "enum", "H": "class",
        "I": "class", "J": "protocol", "K": "typealias", "outer": "func",
    }


def test_imports(parse):
    syntax = parse("@preconcurrency import Foundation\nimport struct Dispatch.DispatchTime\nlet x = 1")
    assert syntax.imports == ["import Foundation", "import struct Dispatch.DispatchTime"]


def test_extensions_and_operators_are_told_apart_by_what_they_declare(parse):
    text = "extension Int: Named { var n: Int { 1 }; func f(_ x: Int, by y: Int) {} }\n"
    one = parse(text + "infix operator +++\nfunc +++ (a: Int, b: Int) -> Int { a }")
    assert one.names == {}
    assert one.others[0] == "extension Int: Named"
    assert len(one.others) == len(set(one.others)) == 5
    assert parse(text).others == one.others[:3]


@pytest.mark.parametrize(
    ("text", "result", "hidden"),
    [
        ("let a = 1\na", 10, False),
        ("f(3) { $0 } // more", 0, False),
        ('let é = 1; "ü"', 12, False),
        ("try x.y()", 0, False),
        ("a; b;", 3, True),
        ("let a = 1", None, False),
        ("if a { b }", None, False),
        ("a\nfunc f() {}", None, False),
        ("// only this", None, False),
    ],
)
def test_the_last_expression(parse, text, result, hidden):
    syntax = parse(text)
    assert (syntax.result, syntax.is_result_hidden) == (result, hidden)


@pytest.mark.parametrize(
    ("text", "awaits"),
    [
        ("let v = await f()", True),
        ("let v = try await f()", True),
        ("for await x in y { }", True),
        ("for try await x in y { }", True),
        ("if true { _ = await f() }", True),
        ("for x in y { }", False),
        ("func g() async { await f() }", False),
        ("runBlocking { await f() }", False),
        ("actor A { func h() async { await f() } }", False),
    ],
)
def test_where_a_cell_awaits(parse, text, awaits):
    assert (parse(text).top_level_await is not None) == awaits


def declaring(**names):
    return Syntax(names=names)


def test_scope_imports_the_newest_declaration_by_name():
    scope = Scope()
    scope.add_declarations("Cell_1", declaring(x="var", f="func"))
    scope.add_declarations("Cell_2", declaring(x="var"))
    assert scope.import_lines() == [
        "@testable import Cell_2", "@testable import Cell_1", "@testable import var Cell_2.x",
    ]
    scope.add_declarations("Cell_3", declaring(f="func"))
    assert "@testable import Cell_1" not in scope.import_lines()
    assert "@testable import func Cell_3.f" in scope.import_lines()


def test_scope_keeps_a_cell_of_which_an_extension_is_left():
    scope = Scope()
    scope.add_declarations("Cell_1", Syntax(names={"x": "var"}, others=["extension Int"]))
    scope.add_declarations("Cell_2", declaring(x="var"))
    assert "@testable import Cell_1" in scope.import_lines()
    scope.add_declarations("Cell_3", Syntax(others=["extension Int"]))
    assert "@testable import Cell_1" not in scope.import_lines()


def test_scope_keeps_each_import_once():
    scope = Scope()
    for _ in range(2):
        scope.add_imports(Syntax(imports=["import Foundation"]))
    assert scope.import_lines() == ["import Foundation"]


def test_diagnostics_know_the_cell():
    cell = Cell("In[2]", "let ü = x\ny", result_line=2, result_column=1, shift=5)
    output = (
        "In[2]:1:10: error: cannot find 'x' in scope\nlet ü = x\n        ^\n"
        "In[2]:2:6: error: cannot find 'y' in scope\nelsewhere.swift:3:4: note: declared here\n"
        "/tmp/parsed.swift:3:2: error: expected something\nnoise\n<unknown>:0: error: unplaced\n"
    )
    found = read_diagnostics(output, cell)
    assert [(entry.kind, entry.line, entry.column) for entry in found] == [
        ("error", 1, 9), ("error", 2, 1), ("note", None, None), ("error", 2, 1),
        ("error", None, None),
    ]
    assert found[0].shown(cell) == [
        "In[2]:1:9: error: cannot find 'x' in scope", "    let ü = x", "            ^",
    ]
    assert found[4].shown(cell) == ["error: unplaced"]


def test_shown_forms_are_read():
    html, picture = "<b>ä</b>".encode(), bytes(range(256))
    payload = b"display\ntext/html %d\n%simage/png %d\n%s" % (len(html), html, 256, picture)
    shown = read_shown(payload)
    assert not shown.is_result
    assert shown.forms["text/html"] == "<b>ä</b>"
    assert shown.forms["image/png"].startswith("AAECAwQF")
    assert read_shown(b"result\napplication/json 2\n{}").forms == {"application/json": {}}
    with pytest.raises(CellError, match="no JSON"):
        read_shown(b"result\napplication/json 1\n{")


def test_a_package_that_is_not_built_says_how_to_build_it(tmp_path):
    (tmp_path / "Sources" / "InformationTheory").mkdir(parents=True)
    toolkit = Toolkit.around(tmp_path / "Notebooks" / "jupyter" / "kernels" / "swift")
    assert toolkit.root == tmp_path
    assert not toolkit.is_built and toolkit.compiler_flags == []
    assert toolkit.has_module("InformationTheory") and not toolkit.has_module("Foundation")
    assert BUILD_COMMAND in toolkit.advice("InformationTheory")


def test_there_is_advice_where_swift_is_missing(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CellError, match="install Swift 6.3 or later"):
        Toolchain.find()


def test_the_kernels_binaries_are_built_once_for_each_version_of_their_sources(tmp_path):
    sources, cache = tmp_path / "support", tmp_path / "cache"
    shutil.copytree(KERNEL / "support", sources)
    toolchain = Toolchain.find()
    first = Support.built(sources, cache, toolchain)
    assert first.runner.exists() and first.library.exists()
    stamp = first.runner.stat().st_mtime_ns
    again = Support.built(sources, cache, toolchain)
    assert again == first and again.runner.stat().st_mtime_ns == stamp
    (sources / "Display.swift").write_text("let broken: Int = nil")
    with pytest.raises(CellError, match="make setup") as failure:
        Support.built(sources, cache, toolchain)
    assert any("nil" in line for line in failure.value.lines)
    assert [path.name for path in cache.iterdir()] == [first.folder.name]


def test_the_kernel_is_described_without_a_path_of_the_machine():
    description = json.loads((KERNEL / "kernel.json").read_text())
    assert description["argv"] == ["python3", "{resource_dir}", "-f", "{connection_file}"]
