"""Asks a gradient check about backward passes, and keeps what it does with them."""

import sys
from contextlib import contextmanager

import numpy as np

from utils.exercises.calling import call, yes_or_no
from utils.exercises.checks.gradient_check.backward_passes import RIGHT, RIGHT_ON, WRONG_ON
from utils.exercises.exercise import NotYet
from utils.puzzles import gradient_check as room


class Asked:
    """Puts one question after the other to an answer."""

    def __init__(self, check):
        self.check = check
        self.calls = 0  # of a backward pass
        self.shortened = None  # how many timesteps a backward pass got, if fewer than there are
        self._inside = False  # a backward pass

    def on_the_right_one(self, problem):
        """Whether the answer takes the right backward pass for right, or NotYet."""
        try:
            return self._on(problem, RIGHT)
        except NotYet as stop:
            facts = stop.verdict.facts
            if stop.verdict.message != "raised":
                raise
            if facts["error"] == "AssertionError":
                raise _stopped(RIGHT, facts) from None
            if problem.timesteps == 1 and problem != RIGHT_ON[0]:  # with more of them all went well
                raise NotYet("zero_by_zero", finding=f"stops with {facts['error']}") from None
            raise

    def on_another(self, problem, offer):
        """Whether the answer takes another backward pass for right, or NotYet."""
        try:
            return self._on(problem, offer)
        except NotYet as stop:
            if stop.verdict.message != "raised":
                raise
            raise _stopped(offer, stop.verdict.facts) from None

    def borrows(self):
        """The name of the course's own backward pass that the answer runs, or None."""
        own = {one.__code__: one.__name__ for one in (room.backward, room.gradients)}
        seen = []

        def watch(frame, event, _):
            if event == "call" and not self._inside and frame.f_code in own:
                seen.append(own[frame.f_code])

        before = sys.getprofile()
        sys.setprofile(watch)
        try:
            self._on(WRONG_ON, RIGHT)
        finally:
            sys.setprofile(before)
        return seen[0] if seen else None

    def _on(self, problem, offer):
        inputs, targets, p = problem.arguments()
        compute = offer.grads  # all that an answer finds that looks into the function

        def backward(outputs, targets, caches, p):
            self.calls += 1
            if len(outputs) < problem.timesteps:
                self.shortened = {"timesteps": problem.timesteps, "seen": len(outputs)}
            self._inside = True
            try:
                grads = compute(outputs, targets, caches, p)
                return {name: np.array(values) for name, values in grads.items()}
            finally:
                self._inside = False

        with _room_as_it_is():
            said = call(self.check, backward, inputs, targets, p)
        return yes_or_no(said)


def _stopped(offer, facts):
    return NotYet("stops", words=offer.words, error=facts["error"])


@contextmanager
def _room_as_it_is():
    """Puts back what an answer replaced in the puzzle's modules; `NotYet` if it did."""
    before = [(module, dict(vars(module))) for module in _rooms()]
    try:
        yield
    finally:
        changed = [
            f"{module.__name__}.{name}"
            for module, names in before
            for name, value in names.items()
            if vars(module).get(name) is not value
        ]
        for module, names in before:
            vars(module).update(names)
    if changed:
        raise NotYet("changed_library", name=changed[0])


def _rooms():
    return [module for name, module in sys.modules.items() if name.startswith(room.__name__)]
