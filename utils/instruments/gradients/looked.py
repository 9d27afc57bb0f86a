"""What one look at a step brought: a part of a Report."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Looked:
    """Findings, facts in words, and in words what was not looked at."""

    found: tuple = ()
    seen: tuple[str, ...] = ()
    not_seen: tuple[str, ...] = ()

    def __add__(self, other):
        return Looked(
            (*self.found, *other.found),
            (*self.seen, *other.seen),
            (*self.not_seen, *other.not_seen),
        )


NOTHING = Looked()


def finding(*found):
    """A Looked that holds findings only."""
    return Looked(found)


def fact(*words):
    """A Looked that holds facts only."""
    return Looked((), words)


def unknown(*words):
    """A Looked that holds what was not looked at only."""
    return Looked((), (), words)
