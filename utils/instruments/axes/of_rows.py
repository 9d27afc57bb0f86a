"""What the rows of a batch hear of each other, in words."""

import numpy as np

from ..report import FAULT, QUESTION, Finding
from .rows import told_by
from .timesteps import along_other_axis

NAME = "samples hear each other"


def judge_rows(looked):
    """Findings, facts, and what was not looked at."""
    rows, count = looked.rows, looked.batch.rows
    not_seen = [looked.answers[k].why for k in rows.skipped]
    tables = [
        f"Rows of {looked.answers[k].name} are compared with rows, which is what a table of "
        "similarities is for."
        for k in rows.tables
    ]
    if len(rows.skipped) + len(rows.tables) == len(looked.answers):
        return [], tables, not_seen
    if count < 2:
        said = "The batch has one row: whether samples hear each other was not looked at."
        return [], tables, [*not_seen, said]
    if not any(ever.any() for ever in looked.asker.ever):
        return [], [], not_seen
    told = rows.heard and told_by(looked)
    if told:
        tables.append(
            f"Rows hear each other as {told} tells them to, and not where it tells of none."
        )
        return [], tables, not_seen
    if not rows.heard:
        said = f"Of {count} rows each answers to itself alone."
        if not rows.all_pairs:
            not_seen.append(f"There was no time to try each of {count} rows against each other.")
            said = f"No row was seen to hear another, of {count}."
        return [], [said, *tables], not_seen
    return [_finding(looked)], tables, not_seen


def _finding(looked):
    rows, count = looked.rows, looked.batch.rows
    hears = int(rows.others.sum())
    words = (
        f"{hears} of {count} rows of the answer move when only other rows of the batch are changed"
        f"{_example(rows.matrix)}. "
    )
    words += _why(looked)
    return Finding(NAME, words, QUESTION if _may_be_meant(looked) else FAULT)


def _example(matrix):
    """A pair of rows of which one moves the other."""
    moved = np.nan_to_num(matrix) * (1 - np.eye(len(matrix)))
    if not moved.any():
        return ""
    i, j = np.unravel_index(moved.argmax(), moved.shape)
    return f": row {j} by {moved[i, j]:.2g} when row {i} is"


def _why(looked):
    earlier = _only_earlier(looked.rows.matrix)
    if looked.model is None and not looked.time_major:
        if along_other_axis(looked):
            return (
                "Along axis 1 each place answers to itself alone. If axis 0 is time, say "
                "time_major=True; else rows are mixed."
            )
        return "If axis 0 is no batch but time, this is meant: say time_major=True."
    if earlier and along_other_axis(looked):
        return (
            "Time runs along the batch: a row hears the rows before it, and no timestep hears "
            "another. Which axis does the model take for time?"
        )
    return (
        "So a prediction depends on what else is in its batch. Look for a reshape that moves "
        "numbers between rows, an operation along axis 0, or statistics of the batch."
        if not looked.time_major
        else "Look for what runs or sums along axis 1, which is the batch."
    )


def _only_earlier(matrix):
    moved = np.nan_to_num(matrix) > 0
    poked = ~np.isnan(matrix).all(axis=1)
    return bool(moved.any()) and not np.tril(moved, -1)[poked].any()


def _may_be_meant(looked):
    return looked.model is None and not looked.time_major
