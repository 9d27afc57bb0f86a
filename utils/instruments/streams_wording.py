"""What a streams report says, in words."""

import numpy as np

TOLD = 4  # streams that are told one by one


def describe(report):
    """The whole result in a few sentences."""
    return " ".join(
        [*_beginning(report), *_hearing(report), *_state(report), *_rest(report), *report.notes]
    )


def _beginning(report):
    if report.noisy:
        yield (
            "The same chunk, from the same state, gets different answers: the model draws random "
            "numbers, so that small influences are lost in its noise."
        )
    elif report.repeat is not None and not report.repeat.equal:
        yield (
            "After a reset the same chunk gets another answer than before (a difference of up to "
            f"{report.repeat.difference:.2g}): a state outlives the reset."
        )


def _hearing(report):
    if report.same is None:
        return
    same, then = (_others(found.moved) for found in (report.same, report.then))
    if not (same.any() or then.any()):
        if len(same) > 1:
            yield f"None of the {len(same)} streams hears another, in the same chunk or the next."
    elif np.array_equal(same, then):
        yield f"In the same chunk and in the next, {_rows(same)}."
    else:
        yield f"In the same chunk, {_rows(same)}."
        yield f"In the next chunk, {_rows(then)}."
    if report.verdict == "streams leak" and report.order:
        places = ", ".join(map(str, report.order))
        yield f"Each stream hears those that run before it: the order is {places}."
    unheard = np.flatnonzero(~report.heard.any(axis=1))
    if len(unheard):
        yield f"Nothing moves when {_streams(unheard)} {_is(unheard)} poked."


def _state(report):
    if report.carries is None:
        return
    carry, forget = np.flatnonzero(report.carries), np.flatnonzero(~report.carries)
    if not len(carry):
        beside = "of its own " if report.then.moved.any() else ""
        yield f"No stream carries anything {beside}into its next chunk."
    elif len(forget):
        yield (
            f"{_capital(_streams(carry))} {'carry' if len(carry) > 1 else 'carries'} something "
            f"into the next chunk, {_streams(forget)} {'do' if len(forget) > 1 else 'does'} not."
        )
    elif len(carry) == 1:
        yield "The stream carries its state into the next chunk."
    else:
        yield "Each stream carries something into its own next chunk."


def _rest(report):
    if report.same is None:
        return
    fine = []
    if report.repeat is not None and report.repeat.equal:
        fine.append("after a reset the same chunk gets the same answer")
    if report.permutation is not None and report.permutation.equal:
        fine.append("streams that change places get each other's answers")
    if report.split is not None and report.split.equal:
        fine.append("a chunk in two pieces gets the answers of the whole")
    if fine:
        yield f"{_capital(_and(fine))}."
    if report.permutation is not None and not report.permutation.equal:
        yield (
            "Streams that change places don't get each other's answers (up to "
            f"{report.permutation.difference:.2g} apart): they are not treated alike."
        )
    if report.split is not None and not report.split.equal:
        yield (
            "A chunk in two pieces gets other answers than the whole (up to "
            f"{report.split.difference:.2g} apart)."
        )


# Words


def _others(moved):
    return moved & ~np.eye(len(moved), dtype=bool)


def _rows(moved):
    """Who hears whom but itself, in one clause for each stream that does."""
    if not moved.any():
        return "no stream hears another"
    if moved.sum() == moved.size - len(moved):
        return "every stream hears every other"
    listening = np.flatnonzero(moved.any(axis=0))
    told = [f"stream {i} hears {_streams(np.flatnonzero(moved[:, i]))}" for i in listening[:TOLD]]
    if len(listening) > TOLD:
        told.append(f"{len(listening) - TOLD} more hear others")
    return _and(told)


def _streams(numbers):
    if len(numbers) == 1:
        return f"stream {numbers[0]}"
    shown = [str(n) for n in numbers[: 2 * TOLD]]
    if len(numbers) > 2 * TOLD:
        shown.append(f"{len(numbers) - 2 * TOLD} more")
    return f"streams {_and(shown)}"


def _is(numbers):
    return "are" if len(numbers) > 1 else "is"


def _and(parts):
    parts = list(parts)
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def _capital(text):
    return text[0].upper() + text[1:]
