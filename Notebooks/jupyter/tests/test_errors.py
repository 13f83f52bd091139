"""Cells that fail: what is reported, and that the state survives."""

import time

import pytest


@pytest.fixture(scope="module", autouse=True)
def kept(swift):
    """Something that must survive whatever goes wrong."""
    swift.check("var kept = [1, 2, 3]")


@pytest.fixture(autouse=True)
def survives(swift, kept):
    """The process and the state are there after each test."""
    yield
    assert swift.check("kept").result == "[1, 2, 3]"


def expect(answer, name):
    """The reply and the published message report an error of this name."""
    assert answer.status == "error"
    assert answer.published == {
        "ename": answer.name, "evalue": answer.text, "traceback": answer.lines
    }
    assert answer.name == name, answer.report
    return answer


def test_a_type_error_has_its_place(swift):
    answer = expect(swift.run("let ok = 1\nlet wrong: Int = \"text\""), "CompileError")
    assert answer.lines[0].startswith("In[")
    assert answer.lines[0].endswith(
        ":2:18: error: cannot convert value of type 'String' to specified type 'Int'"
    )
    assert answer.lines[1] == '    let wrong: Int = "text"'
    assert answer.lines[2] == "    " + " " * 17 + "^"


def test_columns_count_characters(swift):
    answer = expect(swift.run('let s = "äöü" + missing'), "CompileError")
    assert ":1:17: error: cannot find 'missing' in scope" in answer.report


def test_the_last_expression_has_its_own_columns(swift):
    answer = expect(swift.run("let n = 1; n + missing"), "CompileError")
    assert ":1:16: error: cannot find 'missing' in scope" in answer.report
    assert "showNotebookResult" not in answer.report


def test_text_that_is_no_swift(swift):
    answer = expect(swift.run("let x = (1"), "CompileError")
    assert ":1:11: error: expected ')' in expression list" in answer.report


def test_a_cell_that_does_not_compile_declares_nothing(swift):
    expect(swift.run("let lost = 1\nlet bad: Int = \"\""), "CompileError")
    expect(swift.run("lost"), "CompileError")


def test_a_module_that_does_not_exist(swift):
    answer = expect(swift.run("import Nowhere"), "CompileError")
    assert answer.text == "no such module 'Nowhere'"


def test_await_outside_of_functions_is_refused_with_advice(swift):
    answer = expect(swift.run("func f() async -> Int { 1 }\nlet v = await f()"), "CompileError")
    assert ":2:1: error: cells cannot await" in answer.report
    assert "runBlocking" in answer.report


def test_a_warning_is_shown_and_no_error(swift):
    answer = swift.check("func unused() { let n = 1 }")
    assert ":1:21: warning: initialization of immutable value 'n' was never used" in (
        answer.printed("stderr")
    )


def test_an_error_that_nobody_catches(swift):
    swift.check("struct Broken: Error, CustomStringConvertible { var description: String { \"it broke\" } }")
    answer = expect(swift.run('print("before")\nthrow Broken()\nprint("after")'), "Broken")
    assert answer.text == "it broke"
    assert answer.printed() == "before\n"
    assert answer.report == "Thrown: Broken\nit broke"


def test_an_error_thrown_by_a_function(swift):
    swift.check("enum Fault: Error { case deep(Int) }\nfunc faulty() throws -> Int { throw Fault.deep(3) }")
    assert expect(swift.run("try faulty()"), "Fault").text == "deep(3)"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("let list = [1]\nvar i = 3\nlist[i]", "Index out of range"),
        ("let none: Int? = nil\n\nnone!", "Unexpectedly found nil"),
        ("\n\nfatalError(\"on purpose\")", "on purpose"),
        ("\n\nprecondition(1 > 2, \"one is less\")", "one is less"),
    ],
)
def test_a_trap_has_its_line_and_its_words(swift, code, text):
    answer = swift.run(code)
    assert answer.status == "error" and answer.name == "Trapped"
    assert ":3: " in answer.lines[0] and answer.lines[0].startswith("In[")
    assert text in answer.text
    assert answer.printed("stderr") == "" and "stack trace" not in answer.report


def test_an_overflow(swift):
    answer = swift.run("var top = Int.max\ntop += 1")
    assert answer.name == "Trapped" and "arithmetic overflow" in answer.text


def test_a_cast_that_fails(swift):
    answer = swift.run('let anything: Any = "text"\nanything as! Int')
    assert answer.name == "Trapped" and answer.text.startswith("Could not cast value of type")


def test_a_wild_pointer(swift):
    answer = swift.run("UnsafePointer<Int>(bitPattern: 8)!.pointee")
    assert answer.name == "Trapped" and "SIGSEGV" in answer.text


def test_abort(swift):
    answer = swift.run("import Glibc\nabort()")
    assert answer.name == "Trapped" and "SIGABRT" in answer.text


def test_a_stack_that_overflows(swift):
    swift.check("func deep(_ n: Int) -> Int { n < 0 ? 0 : 1 + deep(n + 1) }")
    for _ in range(3):
        answer = swift.run("deep(0)")
        assert answer.name == "Trapped" and "SIGSEGV" in answer.text


def test_overlapping_accesses(swift):
    code = "var shared = 1\nfunc change(_ n: inout Int) { n += shared }\nchange(&shared)"
    answer = swift.run(code)
    assert answer.name == "Trapped", answer.report
    assert answer.text.startswith("Simultaneous accesses to")


def test_a_trap_on_another_thread(swift):
    code = (
        "import Dispatch\nlet five = [1, 2, 3, 4, 5]\n"
        "DispatchQueue.concurrentPerform(iterations: 8) { i in _ = five[i] }"
    )
    answer = swift.run(code)
    assert answer.name == "Trapped" and answer.text == "Fatal error: Index out of range"


def test_a_trap_in_a_task(swift):
    answer = swift.run('try runBlocking { () -> Int in fatalError("in a task") }')
    assert answer.name == "Trapped" and answer.text == "Fatal error: in a task"


def test_a_trap_between_cells_is_told_of_in_the_next_one(swift):
    swift.check(
        "import Dispatch\nDispatchQueue.global().asyncAfter(deadline: .now() + 0.2) "
        '{ fatalError("unattended") }'
    )
    time.sleep(1)
    answer = swift.check("kept.count")
    assert answer.result == "3"
    assert "Fatal error: unattended" in answer.printed("stderr")


def test_a_trap_on_a_thread_of_the_pool_takes_that_thread_only(fresh):
    answer = fresh.run('try runBlocking { () -> Int in fatalError("once") }')
    assert answer.name == "Trapped"
    assert answer.lines[1].startswith("It happened on a thread of the pool, which is lost")
    assert fresh.check("runBlocking { await Task { 5 }.value }").result == "5"


def test_a_trap_while_printing_leaves_printing_possible(swift):
    swift.check(
        "struct Shy: CustomStringConvertible { var description: String { fatalError(\"no words\") } }"
    )
    assert swift.run("print(Shy())").name == "Trapped"
    assert swift.check('print("still here")').printed() == "still here\n"


def test_what_was_printed_before_a_trap_is_shown(swift):
    answer = swift.run('print("half a line", terminator: "")\nfatalError("then")')
    assert answer.printed() == "half a line"


def test_words_that_look_like_last_ones_are_shown(swift):
    answer = swift.check('import Glibc\nfputs("Fatal error: not really\\nmore\\n", stderr)')
    assert answer.printed("stderr") == "Fatal error: not really\nmore\n"


def test_exit_loses_the_state_and_says_so(fresh):
    fresh.check("let gone = 1")
    answer = expect(fresh.run("import Glibc\nexit(3)"), "ProcessEnded")
    assert answer.text == "the Swift process ended with status 3"
    assert "run them again from the first" in answer.report
    assert fresh.run("gone").name == "CompileError"
    fresh.check("let back = 2")
    assert fresh.check("back").result == "2"
