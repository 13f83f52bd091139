"""From what a cell shows to what Jupyter displays."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass

from .errors import CellError

VEGA_LITE = "application/vnd.vegalite.v5+json"
_VERSION = "5.21"
_SCALE = 2


@dataclass(frozen=True)
class Shown:
    """Something to display: the result of a cell or not, and its forms by MIME type."""

    is_result: bool
    forms: dict[str, object]


def read_shown(payload: bytes) -> Shown:
    """Reads what the display helper wrote: a role, then type, length and bytes of each form."""
    role, _, rest = payload.partition(b"\n")
    forms: dict[str, object] = {}
    while rest:
        head, _, rest = rest.partition(b"\n")
        kind, length = head.decode().split()
        forms[kind] = _form(kind, rest[: int(length)])
        rest = rest[int(length) :]
    if VEGA_LITE in forms:
        forms |= _picture(forms)
    return Shown(role == b"result", forms)


def _form(kind: str, content: bytes) -> object:
    if kind.endswith("json"):
        return _parsed(kind, content)
    if kind.startswith("text/") or kind == "image/svg+xml":
        return content.decode(errors="replace")
    return base64.b64encode(content).decode()


def _parsed(kind: str, content: bytes) -> object:
    try:
        return json.loads(content)
    except ValueError as error:
        raise CellError("DisplayError", f"what is shown as {kind} is no JSON: {error}") from error


def _picture(forms: dict[str, object]) -> dict[str, object]:
    """The chart as a PNG, for what has no renderer of its own: a code host, nbconvert."""
    try:
        import vl_convert
    except ImportError:
        return {}
    try:
        png = vl_convert.vegalite_to_png(forms[VEGA_LITE], vl_version=_VERSION, scale=_SCALE)
    except ValueError as error:
        reason = " ".join(str(error).split("\n    at ")[0].split())
        raise CellError("DisplayError", f"the chart cannot be drawn: {reason}") from error
    return {"image/png": base64.b64encode(png).decode()}
