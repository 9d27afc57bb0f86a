"""Shows the source of something in a notebook, so that a lesson can quote the code that runs."""

import inspect
import textwrap
from pathlib import Path


class Source:
    """A piece of Python: coloured in a notebook, plain elsewhere."""

    def __init__(self, text):
        self.text = textwrap.dedent(text).strip()

    def __repr__(self):
        return self.text

    def _repr_markdown_(self):
        fence = "`" * 3
        while fence in self.text:
            fence += "`"
        return f"{fence}python\n{self.text}\n{fence}"


def source(thing):
    """The source of a function, class or module, or of the Python file at a path.

    Raises TypeError for a thing that has none, such as a number.
    """
    if isinstance(thing, Path):
        return Source(thing.read_text(encoding="utf-8"))
    try:
        return Source(inspect.getsource(thing))
    except (TypeError, OSError):
        raise TypeError(
            f"{type(thing).__name__} {thing!r} has no source to show; expected a function, a "
            "class, a module or a pathlib.Path."
        ) from None
