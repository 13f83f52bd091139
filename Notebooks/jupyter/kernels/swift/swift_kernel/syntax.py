"""What the text of a cell declares, as the compiler's parser tells it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

# How `import KIND Module.name` calls what the parser calls by the key.
_KINDS = {
    "var_decl": "var",
    "func_decl": "func",
    "struct_decl": "struct",
    "class_decl": "class",
    "enum_decl": "enum",
    "protocol": "protocol",
    "typealias": "typealias",
}
_FOR_AWAIT = re.compile(rb"for\s+(?:try\s+)?await\b")
_TOKEN = re.compile(r"`?\w+`?")


@dataclass
class Syntax:
    """The declarations of a cell, and where its last expression starts."""

    imports: list[str] = field(default_factory=list)
    # Names with the kind by which they are imported.
    names: dict[str, str] = field(default_factory=dict)
    # What is declared and cannot be imported by name: members of extensions, operators.
    others: list[str] = field(default_factory=list)
    # The offset in bytes of the expression that ends the cell, and whether a semicolon
    # after it says that it is not to be shown.
    result: int | None = None
    is_result_hidden: bool = False
    # The offset of an `await` that is not in a function or closure.
    top_level_await: int | None = None


def read_syntax(tree: str, source: bytes) -> Syntax:
    """Reads the parser's tree, in JSON, of the source."""
    syntax = Syntax()
    items = json.loads(tree).get("items", [])
    for item in items:
        _read_item(item, source, syntax)
    if items and items[-1]["_kind"] == "top_level_code_decl":
        last = items[-1]["body"]["elements"][-1]
        if last["_kind"].endswith("_expr"):
            syntax.result = items[-1]["range"]["start"]
            syntax.is_result_hidden = bool(last.get("trailing_semi"))
    return syntax


def _read_item(item: dict, source: bytes, syntax: Syntax) -> None:
    kind = item["_kind"]
    start = item["range"]["start"]
    if kind == "import_decl":
        syntax.imports.append(_import_text(item, source))
    elif kind == "extension_decl":
        syntax.others += _extension_keys(item, source)
    elif kind == "top_level_code_decl":
        if syntax.top_level_await is None and _awaits(item["body"], source):
            syntax.top_level_await = start
    elif kind.endswith("operator_decl") or _is_operator(item):
        syntax.others.append(f"{kind} {_name(item)}{_labels(item)}")
    elif kind in _KINDS and not _is_hidden(item):
        syntax.names[_name(item)] = _KINDS[kind]


def _import_text(item: dict, source: bytes) -> str:
    """The declaration without its attributes; the range ends where its last token starts."""
    start, end = item["range"]["start"], item["range"]["end"]
    last = _TOKEN.match(source[end:].decode())
    return source[start:end].decode() + (last.group() if last else "")


def _name(item: dict) -> str:
    name = item.get("name")
    if not isinstance(name, dict):
        return str(name or "")
    base = name.get("base_name", {})
    return base.get("name") or base.get("special", "")


def _labels(item: dict) -> str:
    name = item.get("name")
    arguments = name.get("args", []) if isinstance(name, dict) else []
    return "(" + ":".join(arguments) + ")"


def _is_operator(item: dict) -> bool:
    name = item.get("name")
    return isinstance(name, dict) and bool(name.get("base_name", {}).get("is_operator"))


def _is_hidden(item: dict) -> bool:
    """Whether later cells cannot see the declaration."""
    levels = (attribute.get("access_level") for attribute in item.get("attrs", []))
    return any(level in ("private", "fileprivate") for level in levels)


def _extension_keys(item: dict, source: bytes) -> list[str]:
    text = source[item["range"]["start"] :].decode(errors="replace")
    header = " ".join(text.split("{")[0].split())
    named = [member for member in item.get("members", []) if _name(member)]
    return [header, *(f"{header} {_name(member)}{_labels(member)}" for member in named)]


def _awaits(node: object, source: bytes) -> bool:
    """Whether code awaits outside of the functions and closures in it."""
    if isinstance(node, list):
        return any(_awaits(part, source) for part in node)
    if not isinstance(node, dict):
        return False
    kind = node.get("_kind", "")
    if kind == "await_expr":
        return True
    if kind == "for_each_stmt" and _FOR_AWAIT.match(source, node["range"]["start"]):
        return True
    if kind in ("closure_expr", "func_decl", "accessor_decl") or kind in _KINDS:
        return False
    return any(_awaits(part, source) for part in node.values())
