"""Long lines of a program, folded as a careful person would fold them."""

WIDTH = 88  # characters of a line
CLOSING = {"(": ")", "[": "]", "{": "}"}


def folded(code):
    """The code with every call that is too long for a line on lines of its own."""
    return "\n".join(piece for line in code.split("\n") for piece in _pieces(line))


def _pieces(line):
    head, _, comment = line.partition("  # ")
    if comment and len(line) > WIDTH:
        indent = line[: len(line) - len(line.lstrip())]
        return [f"{indent}# {comment}", *_pieces(head)]
    span = _outermost(line) if len(line) > WIDTH else None
    if span is None:
        return [line]
    start, end = span
    indent = line[: len(line) - len(line.lstrip())]
    inner = f"{indent}    {line[start + 1 : end].strip()}"
    arguments = _split(line[start + 1 : end])
    if len(inner) > WIDTH or line[start] == "[":
        inside = [p for a in arguments for p in _pieces(f"{indent}    {a.strip()},")]
    else:
        inside = [inner]
    return [line[: start + 1], *inside, f"{indent}{line[end:]}"]


def _outermost(line):
    """The places of the last pair of brackets that closes at the end of the line, if it holds
    more than one thing; None if there is none."""
    depth, start, best = 0, None, None
    quote = ""
    for k, mark in enumerate(line):
        if quote:
            quote = "" if mark == quote else quote
        elif mark in "\"'":
            quote = mark
        elif mark in CLOSING:
            if depth == 0:
                start = k
            depth += 1
        elif mark in CLOSING.values():
            depth -= 1
            if depth == 0 and k > start + 1:
                best = start, k
    return best


def _split(arguments):
    """The arguments of a call, cut at the commas between them."""
    parts, depth, quote = [""], 0, ""
    for mark in arguments:
        if quote:
            quote = "" if mark == quote else quote
        elif mark in "\"'":
            quote = mark
        elif mark in CLOSING:
            depth += 1
        elif mark in CLOSING.values():
            depth -= 1
        if mark == "," and depth == 0 and not quote:
            parts.append("")
        else:
            parts[-1] += mark
    return [part for part in parts if part.strip()]
