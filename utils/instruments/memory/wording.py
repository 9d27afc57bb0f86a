"""What is said of a memory, of Keras models and of plain functions."""

from ..report import Finding

STATELESS = (
    "Nothing is carried from one call to the next: an answer does not depend on what was asked "
    "before. There is no state."
)
RANDOM = (
    "The same question from the same state gets different answers, so that a state could not be "
    "told from noise. Nothing about its memory was asked."
)


def carried(distance):
    """That there is a state."""
    return (
        f"A state is carried: the next answer differs by up to {distance:.3g} by what came before."
    )


def reset_works(words):
    """That a reset begins anew. words: its name."""
    return f"After {words} the next answer is the same whatever came before."


def not_reset(words, distance, left):
    """That it doesn't. left: the end of a sentence that begins with “What is left”."""
    return Finding(
        "not reset",
        f"After {words}, the next answer still depends on what came before, by up to "
        f"{distance:.3g}. What is left {left}.",
    )


def without_reset(distance, what):
    """That there is none. what: changes in a pass."""
    return Finding(
        "state without a reset",
        f"A pass in predict mode changes {what}, so that the next answer differs by up to "
        f"{distance:.3g}, and no reset_state() takes that away: there is no way to begin anew.",
    )


def some(parts):
    """The names of parts, two at most."""
    names = [part.words for part in parts]
    return " and ".join(names[:2]) + (f" and {len(names) - 2} more" if len(names) > 2 else "")
