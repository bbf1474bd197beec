"""Writes CPython's view of Python files, one JSON line a file, for agreement.test.ts.

Reads file names from standard input. The first line is {"version", "fields"}: the fields of each kind, in order. Then
a line a file: {"file", "nodes"}, or {"file", "error"} where CPython refuses it.
Nodes are in preorder, five entries each: depth, kind, start, end, detail. Start and end are offsets into the decoded
text in UTF-16 code units, -1 where CPython has no position (or, before 3.12, an unreliable one: inside f-strings).
"""

import ast
import io
import json
import sys
import tokenize

sys.setrecursionlimit(10000)

OPERATORS = (ast.boolop, ast.operator, ast.unaryop, ast.cmpop)
IGNORED = {"kind", "type_comment", "ctx", "type_ignores"}


def decode(data):
    """The text of a file as the parser sees it, but with its own line ends."""
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    return data.decode(encoding)


def utf16(text):
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


class Lines:
    """Turns CPython's places (line, UTF-8 bytes) into UTF-16 offsets."""

    def __init__(self, text):
        self.starts = []
        self.lines = []
        offset = 0
        for line in io.StringIO(text, newline="").readlines():
            self.starts.append(offset)
            self.lines.append(None if line.isascii() else line.encode())
            offset += utf16(line)
        self.starts.append(offset)
        self.lines.append(None)

    def offset(self, line, column):
        wide = self.lines[line - 1]
        if wide is not None:
            column = utf16(wide[:column].decode())
        return self.starts[line - 1] + column


def constant(value):
    if value is None:
        return ["none"]
    if value is ...:
        return ["ellipsis"]
    if isinstance(value, bytes):
        return ["bytes"]
    if isinstance(value, (bool, str)):
        return [type(value).__name__, value]
    number = value.imag if isinstance(value, complex) else value
    try:
        return [type(value).__name__, repr(float(number))]
    except OverflowError:
        return [type(value).__name__, "inf"]


def fields(node):
    """The strings and numbers of a node, and its child nodes in order."""
    details = []
    children = []
    for name, value in ast.iter_fields(node):
        if name in IGNORED:
            continue
        if isinstance(node, (ast.Constant, ast.MatchSingleton)) and name == "value":
            details.extend(constant(value))
        elif isinstance(value, OPERATORS):
            details.append(type(value).__name__)
        elif isinstance(value, ast.AST):
            children.append(value)
        elif isinstance(value, list) and name == "ops":
            details.extend(type(op).__name__ for op in value)
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, ast.AST):
                    children.append(item)
                else:
                    details.append(item)
        else:
            details.append(value)
    return details, children


def dump(text, tree):
    lines = Lines(text)
    nodes = []
    stack = [(tree, 0, True)]
    while stack:
        node, depth, placed = stack.pop()
        details, children = fields(node)
        start = end = -1
        if placed and hasattr(node, "lineno"):
            start = lines.offset(node.lineno, node.col_offset)
            end = lines.offset(node.end_lineno, node.end_col_offset)
        nodes.extend((depth, type(node).__name__, start, end, details))
        inside = placed and not isinstance(node, ast.JoinedStr)
        stack.extend((child, depth + 1, inside) for child in reversed(children))
    return nodes


def known_fields():
    kinds = (kind for kind in vars(ast).values() if isinstance(kind, type) and issubclass(kind, ast.AST))
    return {kind.__name__: [name for name in kind._fields if name not in IGNORED] for kind in kinds}


def main():
    print(json.dumps({"version": sys.version_info[:3], "fields": known_fields()}))
    for name in sys.stdin.read().splitlines():
        with open(name, "rb") as file:
            data = file.read()
        try:
            result = {"nodes": dump(decode(data), ast.parse(data))}
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            result = {"error": str(error)}
        print(json.dumps({"file": name, **result}), flush=True)


main()
