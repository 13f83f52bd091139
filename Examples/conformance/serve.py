"""Answer the questions of `infotheory conformance`, one a line, with a function.

    from serve import Unsupported, serve
    serve({"kl_divergence": lambda question: {"value": my_kl(question["p"], question["q"])}})
"""

import json
import math
import sys


class Unsupported(Exception):
    """The implementation lacks what the question asks for, which is no fault."""


def number(value):
    """A number of a question, where infinities and NaN are text."""
    return [number(x) for x in value] if isinstance(value, list) else float(value)


def text(value):
    """A number of an answer, where infinities and NaN are text again."""
    if isinstance(value, list):
        return [text(x) for x in value]
    return value if math.isfinite(value) else str(value)


def serve(measures):
    """Answer every question with the function of its measure, which returns a dictionary
    with "value" and, for a loss, "gradient". An exception refuses the question."""
    for line in sys.stdin:
        question = json.loads(line)
        try:
            if question["measure"] not in measures:
                raise Unsupported
            answer = measures[question["measure"]](question)
            answer = {key: text(value) for key, value in answer.items()}
        except Unsupported:
            answer = {"error": {"code": "unsupported"}}
        except Exception as error:
            answer = {"error": {"message": f"{type(error).__name__}: {error}"}}
        print(json.dumps({"id": question["id"], **answer}), flush=True)
