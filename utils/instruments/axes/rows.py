"""Along the batch: does a row of the answer hear any row of the input but its own?"""

from dataclasses import dataclass, replace

import numpy as np

from ..calling import take_apart
from .asking import within
from .batch import evenly

VARIANTS = 4  # that a poke tries
DETAILED = 12  # rows that are poked one by one, when something was heard
SHARE = 0.45  # of the time that is left


@dataclass(frozen=True)
class Rows:
    """Which rows of the answer moved when a row of the input was poked."""

    matrix: np.ndarray  # [rows, rows] the largest change; NaN: not known
    heard: bool  # whether any row moved when others were poked
    all_pairs: bool  # whether each row was tried against each other
    others: np.ndarray  # [rows] of bool: moved by another row, poked alone or in a group
    tables: tuple = ()  # numbers of the answers that are tables of rows against rows
    skipped: tuple = ()  # numbers of the answers that have no axis of rows


def across_rows(asker, batch, inputs, answers):
    """Poke rows of a batch and watch the others."""
    skipped = tuple(k for k, side in enumerate(answers) if side.batch is None)
    watched = tuple(k for k in range(len(answers)) if k not in skipped)
    found = _across(asker, batch.rows, inputs, answers, watched)
    if found.heard:
        tables = tuple(k for k in watched if _is_table(asker, batch, k, answers[k]))
        watched = tuple(k for k in watched if k not in tables)
        if tables:
            found = _across(asker, batch.rows, inputs, answers, watched)
        found = replace(found, tables=tables)
    return replace(found, skipped=skipped)


def _across(asker, rows, inputs, answers, watched):
    matrix, others = np.full((rows, rows), np.nan), np.zeros(rows, bool)
    if rows < 2 or not watched:
        return Rows(matrix, False, False, others)

    def moved_by(poked, variant):
        """How far each row moves, the largest of all its numbers; None if the model raises."""
        places = [(a, _rows(side, poked)) for a, side in enumerate(inputs) if _has(side, rows)]
        found = asker.moved(asker.changed(places, variant), variant)
        if found is None:
            return None
        return np.max([_by_row(found[k], answers[k]) for k in watched], axis=0)

    with within(asker, SHARE):
        own, others, done = _in_groups(asker, moved_by, rows)
    if done:
        matrix = np.diag(own)
    if others.any():
        matrix = _one_by_one(asker, moved_by, rows)
        others |= (np.nan_to_num(matrix) * (1 - np.eye(rows)) > 0).any(axis=0)
    return Rows(matrix, bool(others.any()), done, others)


def _is_table(asker, batch, k, side):
    """Whether an answer holds rows against rows: its second axis, too, has as many as there are.

    A table of similarities is one, from which a contrastive loss is made.
    """
    rows = batch.rows
    if len(side.shape) < 2 or side.shape[1] != rows or rows < 3 or not batch.any_number:
        return False
    try:
        answer = take_apart(asker.calls[0](batch.fewer(rows - 1).nest))[0][k]
    except Exception:  # it takes this number of rows and no other
        return False
    return answer.shape[:2] == (rows - 1, rows - 1)


def told_by(looked):
    """The name of an input that tells which rows are neighbours, as of the nodes of a graph.

    It is a table of rows against rows; when it tells of no neighbours, no row hears another.
    """
    rows, asker = looked.batch.rows, looked.asker
    for a, side in enumerate(looked.inputs):
        if len(looked.inputs) < 2 or side.shape != (rows, rows):
            continue
        alone = np.eye(rows).astype(asker.arrays[a].dtype)
        arrays = [alone if k == a else array for k, array in enumerate(asker.arrays)]
        other = asker.about(arrays)
        places = [side if k != a else None for k, side in enumerate(looked.inputs)]
        watched = [k for k, side in enumerate(looked.answers) if side.batch is not None]
        if not _across(other, rows, places, looked.answers, watched).heard:
            return side.name
    return ""


def _in_groups(asker, moved_by, rows):
    """Poke half of the rows and watch the rest, by the digits of their numbers in base two.

    Any two rows differ in some digit, so that each is tried against each other.
    """
    bits = [1 << k for k in range(max(1, (rows - 1).bit_length()))]
    groups = [(np.arange(rows) & bit > 0) == side for bit in bits for side in (True, False)]
    own, others = np.zeros(rows), np.zeros(rows, bool)
    for variant in range(VARIANTS):
        for k, group in enumerate(groups):
            if asker.left <= 0 and (variant > 0 or k > 1):
                return own, others, variant > 0
            moved = moved_by(group, variant + k)
            if moved is not None:
                others |= (moved > 0) & ~group
                own = np.where(group, np.fmax(own, moved), own)
        if others.any():
            break
    return own, others, True


def _one_by_one(asker, moved_by, rows):
    matrix = np.full((rows, rows), np.nan)
    with within(asker, SHARE):
        for row in evenly(rows, DETAILED):
            for variant in range(VARIANTS):
                if asker.left <= 0 and np.isfinite(matrix).any():
                    return matrix
                moved = moved_by(np.arange(rows) == row, variant)
                if moved is not None:
                    matrix[row] = np.fmax(matrix[row], moved)
    return matrix


def _has(side, rows):
    return side is not None and side.batch is not None and side.shape[side.batch] == rows


def _rows(side, poked):
    return (*[slice(None)] * side.batch, poked)


def _by_row(change, side):
    first = np.moveaxis(change, side.batch, 0)
    return first.reshape(len(first), -1).max(axis=1, initial=0)
