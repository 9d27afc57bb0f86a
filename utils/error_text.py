"""What an exception says, as it can be shown anywhere: Keras colours its texts for a terminal."""

import re

_CODES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")


def without_colours(text):
    """`text` without the codes that a terminal takes for colours and the like."""
    return _CODES.sub("", text)


def text_of(error, most=600):
    """The text of an exception, without colours, at most so many characters; "…" for the rest.

    Raises whatever the exception raises when it is asked. A text that is no plain str is left out.
    """
    text = str(error)
    text = without_colours(text).strip() if type(text) is str else ""  # a str of a kind of its own
    return text if len(text) <= most else f"{text[:most]} …"
