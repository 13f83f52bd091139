"""What a cell leaves to the cells after it."""


def test_variables_are_kept_and_change(swift):
    swift.check("var counter = 41\nlet names = [\"a\", \"b\"]")
    swift.check("counter += 1")
    assert swift.check("counter").result == "42"
    assert swift.check("names.joined()").result == "ab"


def test_several_names_of_one_pattern_are_kept(swift):
    swift.check("let (left, right) = (1, 2), third = 3")
    assert swift.check("left + right + third").result == "6"


def test_functions_types_and_generics_are_kept(swift):
    swift.check("func doubled<T: Numeric>(_ x: T) -> T { x + x }\nstruct Pair { var a = 1; var b = 2 }")
    swift.check("enum Side { case left, right }\nprotocol Named { var name: String { get } }")
    swift.check("extension Pair: Named { var name: String { \"pair\" } }\ntypealias Two = Pair")
    assert swift.check("doubled(21)").result == "42"
    assert swift.check("Two().name").result == "pair"
    assert swift.check("Side.left").result == "left"


def test_members_of_an_extension_are_kept(swift):
    swift.check("extension Int { var squared: Int { self * self } }")
    assert swift.check("7.squared").result == "49"


def test_a_conformance_declared_in_a_cell_is_found_at_run_time(swift):
    swift.check("protocol Speaking { func say() -> String }")
    swift.check("extension Double: Speaking { func say() -> String { \"I am \\(self)\" } }")
    swift.check("let anything: Any = 2.5")
    assert swift.check('(anything as? any Speaking)?.say() ?? "not found"').result == "I am 2.5"


def test_operators_are_kept(swift):
    swift.check("infix operator <+>: AdditionPrecedence\nfunc <+> (a: Int, b: Int) -> Int { 10 * a + b }")
    assert swift.check("4 <+> 2").result == "42"


def test_a_closure_captures_a_variable_of_an_earlier_cell(swift):
    swift.check("var calls = 0\nlet count = { calls += 1 }")
    swift.check("count(); count()")
    assert swift.check("calls").result == "2"


def test_a_name_declared_again_has_its_newest_meaning(swift):
    swift.check("let thing = 1")
    swift.check("let thing = \"one\"")
    assert swift.check("thing").result == "one"
    swift.check("func thing2() -> Int { 1 }")
    swift.check("func thing2() -> String { \"two\" }")
    assert swift.check("thing2()").result == "two"
    swift.check("struct Thing { let a = 1 }")
    swift.check("struct Thing { let b = 2 }")
    assert swift.check("Thing().b").result == "2"


def test_a_name_may_change_its_kind(swift):
    swift.check("let shape = 3")
    swift.check("func shape() -> Int { 4 }")
    assert swift.check("shape()").result == "4"
    swift.check("var shape = 5")
    assert swift.check("shape").result == "5"


def test_what_was_compiled_before_keeps_the_old_meaning(swift):
    swift.check("let base = 1")
    swift.check("func above() -> Int { base + 1 }")
    swift.check("let base = 100")
    assert swift.check("above()").result == "2"


def test_a_cell_with_an_extension_can_be_run_again(swift):
    code = "extension String { func shouted() -> String { uppercased() + \"!\" } }"
    swift.check(code)
    swift.check(code)
    assert swift.check('"hey".shouted()').result == "HEY!"


def test_a_whole_cell_can_be_run_again_with_changes(swift):
    cell = "struct Model { var n = %d }\nextension Model { func twice() -> Int { 2 * n } }\nlet m = Model()"
    swift.check(cell % 1)
    swift.check(cell % 5)
    assert swift.check("m.twice()").result == "10"


def test_a_private_name_stays_in_its_cell(swift):
    swift.check("private let secret = 1\nlet open = secret + 1")
    assert swift.check("open").result == "2"
    assert swift.run("secret").name == "CompileError"


def test_a_name_of_a_library_can_be_declared(swift):
    swift.check("import Foundation")
    swift.check("struct Date { let year = 2026 }")
    assert swift.check("Date().year").result == "2026"


def test_a_function_overloads_that_of_a_library(swift):
    swift.check("import Foundation\nstruct Wave { }\nfunc sin(_ w: Wave) -> String { \"wave\" }")
    assert swift.check("sin(Wave())").result == "wave"
    assert swift.check("sin(0.0)").result == "0.0"


def test_imports_are_kept(swift):
    swift.check("import Foundation")
    assert swift.check("Data([1, 2]).base64EncodedString()").result == "AQI="


def test_a_cell_that_fails_declares_nothing_but_keeps_its_imports(fresh):
    failing = fresh.run("import Foundation\nlet half = 0.5\nstruct Stop: Error {}\nthrow Stop()")
    assert failing.name == "Stop"
    assert fresh.run("half").text == "cannot find 'half' in scope"
    assert fresh.check("Data([255]).base64EncodedString()").result == "/w=="


def test_a_cell_without_statements_is_fine(swift):
    for code in ["", "   \n", "// nothing", "/* nothing\n at all */"]:
        assert swift.check(code).shown == []
