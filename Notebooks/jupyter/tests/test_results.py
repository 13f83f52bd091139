"""What is shown of a cell that works."""

import base64
import struct

VEGA_LITE = "application/vnd.vegalite.v5+json"
SPECIFICATION = (
    '{"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "width": 90, "height": 60, '
    '"data": {"values": [{"x": 1, "y": 2}, {"x": 2, "y": 3}]}, "mark": "line", "encoding": '
    '{"x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "quantitative"}}}'
)


def test_the_last_expression_is_shown(swift):
    assert swift.check("let a = 1\na + 1").result == "2"
    assert swift.check("[1, 2, 3].map { $0 * 2 }").result == "[2, 4, 6]"
    assert swift.check("[1, 2, 3].reduce(0) { sum, next in\n  sum + next\n}").result == "6"
    assert swift.check('"text"   // with a comment').result == "text"
    assert swift.check("Optional(3)").result == "Optional(3)"


def test_nothing_else_is(swift):
    for code in ["let b = 2", "_ = 5", "if true { }", "func f() {}", "()", "var c = 1; c += 1"]:
        assert swift.check(code).shown == [], code


def test_a_semicolon_hides_the_result(swift):
    assert swift.check("1 + 1;").shown == []


def test_a_result_that_cannot_be_copied_is_named(swift):
    answer = swift.check("struct Token: ~Copyable { let n = 1 }\nfunc token() -> Token { Token() }\ntoken()")
    assert answer.result == "Token"


def test_text_beyond_ascii_arrives(swift):
    assert swift.check('print("grüße 🎲"); "ŷ = σ(z)"').printed() == "grüße 🎲\n"
    assert swift.check('let größe = "π"\ngröße').result == "π"


def test_the_streams_are_told_apart(swift):
    answer = swift.check('import Glibc\nprint("out")\nfputs("err\\n", stderr)')
    assert answer.printed("stdout") == "out\n"
    assert answer.printed("stderr") == "err\n"


def test_output_comes_while_the_cell_runs(swift):
    message = swift.send('import Glibc\nprint("early"); usleep(300_000); print("late")')
    swift.wait_for_output("early")
    # The end of the line may come after the word.
    assert swift.finish(message).printed().lstrip("\n") == "late\n"


def test_prints_and_displays_keep_their_order(swift):
    code = "for i in 0 ..< 50 { print(i); display(HTML(\"<i>\\(i)</i>\")) }\nprint(\"end\")\n\"result\""
    order = []
    for kind, content in swift.check(code).shown:
        if kind == "stdout":
            order += content.split()
        else:
            order.append(content.get("text/html", content["text/plain"]))
    expected = [text for i in range(50) for text in (str(i), f"<i>{i}</i>")]
    assert order == [*expected, "end", "result"]


def test_much_output_arrives_whole(swift):
    answer = swift.check('for i in 0 ..< 20_000 { print("line", i) }')
    assert answer.printed() == "".join(f"line {i}\n" for i in range(20_000))


def test_html_and_svg(swift):
    shown = swift.check('display(HTML("<b>ä</b>"))\nSVG("<svg/>")').shown
    assert shown[0] == ("display", {"text/html": "<b>ä</b>", "text/plain": "HTML"})
    assert shown[1] == ("result", {"image/svg+xml": "<svg/>", "text/plain": "SVG"})


def test_the_bytes_of_a_png(swift):
    [forms] = swift.check("display(PNG([137, 80, 78, 71, 0, 10, 255]))").displayed
    assert base64.b64decode(forms["image/png"]) == bytes([137, 80, 78, 71, 0, 10, 255])


def test_a_chart_comes_with_a_picture_of_it(swift):
    [(_, forms)] = swift.check(f'VegaLite(#"{SPECIFICATION}"#)').shown
    assert forms[VEGA_LITE]["mark"] == "line"
    picture = base64.b64decode(forms["image/png"])
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    assert width > 180 and height > 120  # Two pixels a point, and the axes.


def test_a_specification_that_is_no_chart_is_an_error(swift):
    answer = swift.run('display(VegaLite("{\\"mark\\": 3}"))\nprint("not reached")')
    assert (answer.status, answer.name) == ("error", "DisplayError")
    assert answer.printed() == ""
    answer = swift.run('VegaLite("no JSON")')
    assert answer.name == "DisplayError" and "no JSON" in answer.text
    assert swift.check("1 + 1").result == "2"


def test_a_type_of_a_cell_shows_itself(swift):
    swift.check(
        "struct Box: Displayable {\n"
        '  var displayParts: [DisplayPart] { [.init(type: "text/html", text: "<hr>"),\n'
        '    .init(type: "text/plain", text: "---")] }\n}'
    )
    assert swift.check("Box()").shown == [("result", {"text/html": "<hr>", "text/plain": "---"})]


def test_a_rule_shows_types_that_know_nothing_of_notebooks(swift):
    swift.check("struct Plain { let n: Int }")
    swift.check(
        "displayRules.append { ($0 as? Plain).map "
        '{ [DisplayPart(type: "text/html", text: "<p>\\($0.n)</p>")] } }'
    )
    assert swift.check("Plain(n: 3)").shown[0][1]["text/html"] == "<p>3</p>"
    assert swift.check("4").result == "4"


def test_displays_from_several_threads_arrive(swift):
    code = "import Dispatch\nDispatchQueue.concurrentPerform(iterations: 40) { display($0) }"
    texts = [forms["text/plain"] for forms in swift.check(code).displayed]
    assert sorted(map(int, texts)) == list(range(40))
