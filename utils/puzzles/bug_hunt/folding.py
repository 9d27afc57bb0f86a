"""Long lines of a program, folded as a careful person would fold them."""

WIDTH = 88  # characters of a line
CLOSING = {"(": ")", "[": "]", "{": "}"}


def folded(code):
    """The code with every call that is too long for a line on lines of its own."""
    return "\n".join(piece for line in code.split("\n") for piece in _pieces(line))


def _pieces(line):
    head, _, comment = line.partition("  # ")
    if comment and len(line) > WIDTH:
        return [f"{_indent(line)}# {comment}", *_pieces(head)]
    span = _longest(line) if len(line) > WIDTH else None
    if span is None:
        return [line]
    start, end = span
    inner = f"{_indent(line)}    {line[start + 1 : end].strip()}"
    arguments = _split(line[start + 1 : end])
    inside = _pieces(inner)
    if len(arguments) > 1 and len(inner) > WIDTH:
        inside = [p for a in arguments for p in _pieces(f"{_indent(line)}    {a.strip()},")]
    return [line[: start + 1], *inside, f"{_indent(line)}{line[end:]}"]


def _indent(line):
    return line[: len(line) - len(line.lstrip())]


def _longest(line):
    """The places of that pair of outer brackets which holds most; None if none holds anything."""
    depth, start, pairs, quote = 0, 0, [], ""
    for k, mark in enumerate(line):
        if quote:
            quote = "" if mark == quote else quote
        elif mark in "\"'":
            quote = mark
        elif mark in CLOSING:
            start = start if depth else k
            depth += 1
        elif mark in CLOSING.values():
            depth -= 1
            if depth == 0 and k > start + 1:
                pairs.append((start, k))
    return max(pairs, key=lambda pair: pair[1] - pair[0], default=None)


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
