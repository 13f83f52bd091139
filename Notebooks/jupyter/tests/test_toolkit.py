"""The package's own modules in cells."""

from pathlib import Path

from conftest import ROOT


def test_its_modules_are_imported_and_compute(swift):
    swift.check("import InformationTheory\nimport ClassificationLosses\nimport SpecialFunctions")
    swift.check("let p = try Categorical([0.5, 0.25, 0.125, 0.125])")
    assert swift.check("p.entropy().bits").result == "1.75"
    swift.check("let logits = [0.0, 0.0], labels = [1]")
    code = "try softmaxCrossEntropy(logits: logits.span, classIndices: labels.span, classCount: 2).mean"
    assert swift.check(code).result == "0.6931471805599453"
    assert swift.check("try digamma(1.0)").result == "-0.5772156649015329"


def test_its_errors_arrive_with_type_and_text(swift):
    swift.check("import InformationTheory")
    answer = swift.run("try Categorical([0.5, 0.2])")
    assert answer.name == "InformationError"
    assert "sums to 0.7" in answer.text


def test_its_preconditions_stop_the_cell_only(swift):
    swift.check("import InformationTheory\nlet q = try Categorical([0.5, 0.5])")
    assert swift.run("q[2]").name == "Trapped"
    assert swift.check("q.entropy().bits").result == "1.0"


def test_it_is_the_release_build(swift):
    process = swift.check("import Glibc\ngetpid()").result
    maps = Path(f"/proc/{process}/maps").read_text()
    assert str((ROOT / ".build" / "release").resolve() / "libNotebookToolkit.so") in maps


def test_charts_of_plots_are_shown_as_charts(swift):
    swift.check("import Plots")
    swift.check('let line = try LineChart([.init("loss", x: [0, 1, 2], y: [1, 0.5, 0.25])])')
    forms = swift.check("line").shown[0][1]
    assert forms["application/vnd.vegalite.v5+json"]["$schema"].endswith("/v5.json")
    assert forms["text/plain"] == "LineChart" and forms["image/png"].startswith("iVBOR")
