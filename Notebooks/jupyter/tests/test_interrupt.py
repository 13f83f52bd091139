"""Interrupting a cell ends it, and nothing else."""

import time

import pytest
from conftest import Notebook

LOOPS = {
    "computing": "var x = 0\nwhile true { x = (x &* 31) &+ 1 }",
    "sleeping": "import Glibc\nwhile true { sleep(100) }",
    "allocating": "var a: [[Int]] = []\nwhile true { a = (0 ..< 100).map { [$0] } }",
    "printing": 'while true { print("again") }',
    "displaying": 'while true { display("again") }',
    "waiting": "runBlocking { while true { try? await Task.sleep(nanoseconds: 1_000_000) } }",
}


@pytest.mark.parametrize("what", LOOPS)
def test_a_cell_is_interrupted_and_the_state_survives(swift, what):
    swift.check("var survivor = 7")
    message = swift.send(f'print("started")\n{LOOPS[what]}')
    swift.wait_for_output("started")
    time.sleep(0.2)
    start = time.monotonic()
    swift.manager.interrupt_kernel()
    answer = swift.finish(message)
    assert (answer.status, answer.name) == ("error", "Interrupted")
    assert time.monotonic() - start < 5
    assert swift.check('print("on"); display("off"); survivor').result == "7"


def test_a_cell_after_an_interrupted_one_allocates_and_prints(swift):
    code = "let big = (0 ..< 200_000).map { String($0) }.joined()\nprint(big.count)"
    assert swift.check(code).printed() == "1088890\n"


def test_an_interrupt_between_cells_changes_nothing(swift):
    swift.check("let before = 1")
    swift.manager.interrupt_kernel()
    time.sleep(0.2)
    assert swift.check("before").result == "1"


def test_shutting_down_ends_a_running_cell():
    notebook = Notebook()
    notebook.send('print("started")\nwhile true {}')
    notebook.wait_for_output("started")
    start = time.monotonic()
    notebook.close()
    assert time.monotonic() - start < 8
    assert not notebook.manager.is_alive()
