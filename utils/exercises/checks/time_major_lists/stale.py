"""01.stale: where does a carried state come from elsewhere? Judged by following each hand-over."""

import numpy as np

from utils.exercises.calling import call
from utils.exercises.checks.time_major_lists.positions import listed, position_messages, positions
from utils.exercises.checks.time_major_lists.sizes import (
    SHOWN,
    SIZES,
    TELLING,
    across_sizes,
    findings,
)
from utils.exercises.exercise import RIGHT, Exercise, not_yet, right


def judge_stale(stale):
    """Right if the positions are those whose carried state comes from another element."""
    verdicts = findings(_staleness, stale, (*SIZES, (1, 1)))
    good = {size for size, verdict in verdicts.items() if verdict.outcome == RIGHT}
    oblong = {size for size in good & TELLING if size[0] != size[1]}
    if oblong and oblong <= SHOWN:
        return across_sizes(verdicts, STALE.messages)
    return next((verdict for verdict in verdicts.values() if verdict.outcome != RIGHT), right())


STALE = Exercise(
    id="01.stale",
    task=(
        "Hand in `stale(batch, timesteps)`, which returns the positions in a batch (0 to "
        "batch·timesteps − 1, counted along the stream) at which the carried state does not come "
        "from the element right before."
    ),
    judge=judge_stale,
    messages=position_messages("At batch {batch}, timesteps {timesteps} ")
    | {
        "one_row": (
            "With batch = 1 you name {given}. There is a single row then: the final state of the "
            "batch before comes from its last element, and that is the one right before position "
            "0. Look at what makes a state stale: that it is carried, or from where?"
        ),
        "first_row": (
            "All but position 0 is there. Row 0 starts from the final state of row 0 of the batch "
            "before, and that row ended at its position {end}; the element right before this "
            "batch's position 0 is position {last} of the batch before. Look at where the state "
            "of row 0 was left."
        ),
        "only_first_row": (
            "Position 0 is one of them. But every row is handed a state at its start, not row 0 "
            "alone: row 1 starts at position {start} with the final state of row 1 of the batch "
            "before, and the element right before it is position {before} of this one. Look at "
            "the other rows' first steps."
        ),
        "none": (
            "You name no position at batch {batch}, timesteps {timesteps}. Row 1 starts at "
            "position {start}; its state was left by row 1 of the batch before, at position {end} "
            "of that batch, and the element right before it is position {before} of this batch. "
            "Look at what row 1 remembers at its first step."
        ),
        "row_ends": (
            "You name {given}, where rows end. Up to there the state is handed on "
            "within the row, element by element: at position {at} it comes from {previous}. Look "
            "at the step at which a row takes its state from another batch."
        ),
        "axes_mistaken": (
            "You name {given}. They are {batch} apart, which is the number of rows. Along the "
            "stream a row is {timesteps} elements long, and position {at} is step {step} of row "
            "{row}. Look at which of the two sizes a row's length is."
        ),
        "first_neighbours": (
            "You name {given}: the first {batch} of the stream, all but the first of them "
            "inside a row: position {at} is step {step} of row {row}. They would be the first "
            "list element if the list were a flat reshape. Look at which positions are the rows' "
            "first steps."
        ),
        "everything": (
            "You name all {n} positions. Inside a row the state is handed on from step to step: "
            "position {at} is step {step} of row {row} and gets its state from position "
            "{previous}, the one right before. Look at what differs between a row's first step "
            "and the others."
        ),
        "too_many": (
            "At batch {batch}, timesteps {timesteps} your answer, {given}, holds position {at}. "
            "That is step {step} of row {row}: its state comes from position {previous} of the "
            "same row, the element right before, so it is not stale. Look at which positions take "
            "their state from the batch before."
        ),
        "missing": (
            "At batch {batch}, timesteps {timesteps} your answer, {given}, leaves out position "
            "{at}. It is the first step of row {row} and starts from the state that row {row} of "
            "the batch before left at position {end} there; the element right before it is "
            "{neighbour}. Look at that hand-over row by row."
        ),
        "hard_coded_size": (
            "Your positions are right at sizes that the lesson shows ({good}), and not at {bad}. "
            "There: {finding} Look for a number in your function that should be `batch` or "
            "`timesteps`."
        ),
    },
    hints=(
        "At its first step a row has no step before it in this batch. Whose memory does it get?",
        "Take batch = 3, timesteps = 4 and draw two batches, positions 0 to 11 each, as three rows "
        "of four. Draw an arrow from each row's end in the first batch to the row that gets its "
        "state in the second. Which element lies right before that row's start in the stream?",
        "Only first steps of rows are candidates; inside a row the state comes from the step "
        "before. Row b starts at a position that you can compute from b and timesteps. Then ask "
        "about row 0, and about a batch of one row.",
        "Row starts are `b * timesteps` for b from 0 to batch − 1, row 0 among them; with one row "
        "the hand-over is right and there is none. The whole answer is in "
        "`solutions/01_time_major_lists.ipynb`.",
    ),
    hints_for={
        "first_row": "Row 0 is handed the state of row 0 of the batch before. Which row of that "
        "batch holds the element that comes right before position 0?",
        "one_row": "Draw it for batch = 1, timesteps = 5: two batches, one row each. Is there a "
        "gap between them?",
        "row_ends": "You have found the places where a state is left. At which position is it "
        "taken up?",
        "axes_mistaken": "How many elements of the stream lie between the start of row 0 and the "
        "start of row 1?",
        "none": "Follow row 1. It starts at position `timesteps`; its state was left by row 1 of "
        "the batch before. Are these two neighbours in the stream?",
    },
    explanation=(
        "Row b of a batch continues row b − 1 of the same batch, but `stateful` hands it the "
        "final state of row b of the batch before. So the first step of every row sees a bit from "
        "elsewhere and can't tell: a share of 1/timesteps of all positions. Carrying state fits "
        "only if row b of one batch goes on in row b of the next, which one single row does. For "
        "rows that are cut out of one batch's stretch of the stream, a zero state is the honest "
        "one: it says *I don't know what came before*."
    ),
    expects="a function `stale(batch, timesteps)`",
)


def _staleness(stale, batch, timesteps):
    n = batch * timesteps
    facts = {"batch": batch, "timesteps": timesteps, "n": n}
    given = positions(call(stale, batch, timesteps), n, facts)
    # Where each position's state was left: the step before in its row; for a row's first step,
    # that row's last step in the batch before, whose positions are counted back from 0.
    before = np.arange(n) - 1
    before[::timesteps] += timesteps - n
    truth = frozenset(np.flatnonzero(before != np.arange(n) - 1).tolist())
    if given == truth:
        return right()
    extra, missing = given - truth, truth - given
    at = min((p for p in given if p % timesteps), default=None) if extra else min(missing)
    facts |= {"given": listed(given, "position", "positions"), "last": n - 1}
    facts |= {"end": timesteps - 1, "start": timesteps, "before": timesteps - 1}
    if batch == 1:
        return _one_row(given, facts)
    row, step = divmod(at, timesteps)
    facts |= {"at": at, "row": row, "step": step, "previous": at - 1}
    if not given:
        return not_yet("none", **facts | {"end": 2 * timesteps - 1})
    if not extra:
        return _left_out(given, missing, facts)
    return not_yet(_too_many(given, batch, timesteps), **facts)


def _one_row(given, facts):
    """Nothing is stale in a batch of one row; say so of its start, or of a step inside."""
    at = max(given)
    if at == 0:
        return not_yet("one_row", **facts)
    if len(given) == facts["n"]:
        return not_yet("everything", **facts, at=at, row=0, step=at, previous=at - 1)
    return not_yet("too_many", **facts, at=at, row=0, step=at, previous=at - 1)


def _left_out(given, missing, facts):
    if missing == {0}:
        return not_yet("first_row", **facts)
    if given == {0}:
        return not_yet("only_first_row", **facts)
    at, n = facts["at"], facts["n"]
    end = at + facts["timesteps"] - 1
    neighbour = (
        f"position {at - 1} of this batch" if at else f"position {n - 1} of the batch before"
    )
    return not_yet("missing", **facts | {"end": end, "neighbour": neighbour})


def _too_many(given, batch, timesteps):
    """The message for positions inside a row, by what they have in common."""
    n = batch * timesteps
    if len(given) == n:
        return "everything"
    if batch != timesteps and given in (set(range(0, n, batch)), set(range(batch, n, batch))):
        return "axes_mistaken"
    if given == set(range(batch)):
        return "first_neighbours"
    if all(p % timesteps == timesteps - 1 for p in given):
        return "row_ends"
    return "too_many"
