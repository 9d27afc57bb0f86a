"""What a learner hands in: the cause that they name, and the functions that they changed."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Answer:
    """An answer to one case, as it was given: whoever judges it says what is wrong with it."""

    number: int
    level: int
    causes: tuple | None = None  # as given to `name`; None: none was asked for
    functions: dict = field(default_factory=dict)  # those that were handed in, by name
