"""Asking a program in several ways, whose answers have to agree whatever it has learned."""

import numpy as np

from .symptoms import later_changed

SAME = 5e-3  # answers that differ by less, in standard deviations of the answers, are the same
ROWS = 7  # of a smaller batch


class Asked:
    """A program's `predict`, and the data that it is asked about."""

    def __init__(self, predict, x, wanted):
        self.predict, self.x, self.wanted = predict, x, wanted

    def answers(self, x=None):
        """The answers to x, or to all of the data."""
        return np.asarray(self.predict(np.array(self.x if x is None else x)))

    def difference(self, one, other):
        """How far answers are from each other, in standard deviations of the latter."""
        if np.shape(one) != np.shape(other):
            return float("inf")
        return float(np.max(np.abs(one - other))) / (float(np.std(other)) or 1.0)

    def same(self, one, other):
        return self.difference(one, other) <= SAME

    def form(self, answers):
        """What is wrong with the answers to all of the data before one looks at their values."""
        if answers.size != np.size(self.wanted) or len(answers) != len(self.wanted):
            yield "shape", {"got": str(answers.shape), "wanted": str(self.wanted.shape)}
        elif not np.isfinite(answers).all():
            yield "not_finite", {}

    def invariants(self, task, in_chunks):
        """What is wrong with the answers whatever the right ones are.

        in_chunks: whether a state goes on from row to row.
        """
        answers = self.answers()
        yield from self.form(answers)
        self.answers(self.x[::-1])  # something else in between
        difference = self.difference(self.answers(), answers)
        if difference > SAME:
            yield "state_left" if in_chunks else "varies", {"difference": difference}
        if in_chunks:
            yield from self._chunks(task, answers)
        else:
            yield from self._batches(answers)
        if task.causal:
            yield from self._future(answers)
        if task.tokens:
            yield from self._padding(task, answers)

    def _batches(self, answers):
        for rows in (1, ROWS):
            difference = self.difference(self.answers(self.x[:rows]), answers[:rows])
            if difference > SAME:
                yield "batch_matters", {"rows": rows, "difference": difference}
        difference = self.difference(self.answers(self.x[::-1])[::-1], answers)
        if difference > SAME:
            yield "order_matters", {"difference": difference}

    def _chunks(self, task, answers):
        rows = task.constants.get("$SERIES") or task.constants["$ROOMS"]
        changed = np.array(self.x)
        changed[:rows] = changed[:rows][::-1]  # the first chunk of each series
        if np.array_equal(self.answers(changed)[rows : 2 * rows], answers[rows : 2 * rows]):
            yield "state_dropped", {}
        if "$STREAMS" in task.constants:
            changed = np.array(self.x)
            changed[:, 0] = changed[::-1, 0]
            difference = self.difference(self.answers(changed)[:, 1:], answers[:, 1:])
            if difference > SAME:
                yield "streams_mixed", {"difference": difference}

    def _future(self, answers):
        for kept in (self.x.shape[1] // 2, self.x.shape[1] - 1):
            changed = self.answers(later_changed(self.x, kept))
            difference = self.difference(changed[:, :kept], answers[:, :kept])
            if difference > SAME:
                yield "hears_future", {"step": kept - 1, "difference": difference}

    def _padding(self, task, answers):
        length = self.x.shape[1]
        longer = self.answers(np.pad(self.x, ((0, 0), (0, length))))
        if task.sequence:
            real = (self.x > 0)[..., None]
            longer, answers = longer[:, :length] * real, answers * real
        difference = self.difference(longer, answers)
        if difference > SAME:
            yield (
                "padding_matters",
                {"length": length, "longer": 2 * length, "difference": difference},
            )
