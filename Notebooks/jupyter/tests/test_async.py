"""Asynchronous code in cells."""


def test_run_blocking_returns_what_the_task_gives(swift):
    code = "try runBlocking { try await Task.sleep(nanoseconds: 1_000_000); return 3 }"
    assert swift.check(code).result == "3"


def test_run_blocking_throws_what_the_task_throws(swift):
    swift.check("struct Late: Error {}\nfunc late() async throws -> Int { throw Late() }")
    assert swift.run("try runBlocking { try await late() }").name == "Late"


def test_run_blocking_needs_no_try_where_nothing_is_thrown(swift):
    swift.check("func soon() async -> Int { await Task.yield(); return 4 }")
    assert swift.check("runBlocking { await soon() }").result == "4"


def test_actors_and_task_groups(swift):
    swift.check("actor Counter { var n = 0; func add() { n += 1 } }")
    code = (
        "let counter = Counter()\n"
        "runBlocking {\n"
        "  await withTaskGroup(of: Void.self) { group in\n"
        "    for _ in 0 ..< 100 { group.addTask { await counter.add() } }\n"
        "  }\n"
        "  return await counter.n\n"
        "}"
    )
    assert swift.check(code).result == "100"


def test_a_task_goes_on_after_its_cell(swift):
    swift.check(
        "actor Note { var text = \"\"; func write(_ t: String) { text = t } }\nlet note = Note()\n"
        "let task = Task.detached { await note.write(\"done\") }"
    )
    assert swift.check("runBlocking { await task.value; return await note.text }").result == "done"


def test_code_of_the_main_actor_runs(swift):
    swift.check("@MainActor func onMain() -> Int { 5 }")
    assert swift.check("runBlocking { await onMain() }").result == "5"
