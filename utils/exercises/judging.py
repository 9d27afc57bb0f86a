"""One answer before its judge: a verdict as plain data, or the report of the course's fault."""

import traceback
from numbers import Integral, Real

import numpy as np

from utils.exercises.calling import describe, from_learner, guarded
from utils.exercises.exercise import NotYet, Verdict

TEXT, ITEMS = 2_000, 100  # what one fact may hold: characters, members


def ruling(judge, answer):
    """`{"outcome", "message", "facts"}`, or `{"fault": report}` if the judge itself broke."""
    try:
        verdict = judge(answer)
    except NotYet as error:
        verdict = error.verdict
    except MemoryError:
        return _plain_verdict(Verdict("not_yet", "memory"))
    except BaseException as error:
        if not from_learner(error, judge):
            return {"fault": "".join(traceback.format_exception(error))[-4_000:]}
        verdict = _blame(error)
    if not isinstance(verdict, Verdict):
        return {"fault": f"The judge returned {describe(verdict)} instead of a Verdict."}
    return _plain_verdict(verdict)


def _blame(error):
    """The verdict for an exception that the judge met in the learner's own lines."""
    try:
        with guarded("looked at"):
            raise error
    except NotYet as told:
        return told.verdict


def _plain_verdict(verdict):
    facts = {name: plain(value) for name, value in verdict.facts.items()}
    return {"outcome": verdict.outcome, "message": verdict.message, "facts": facts}


def plain(value):
    """`value` as something that JSON can carry and a template can format; long things are cut."""
    if value is None or type(value) in (bool, str):
        return value[:TEXT] if type(value) is str else value
    if isinstance(value, np.ndarray):
        return plain(value.tolist()) if value.size <= ITEMS else describe(value)
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return float(value)
    if type(value) in (list, tuple, set, frozenset, range):
        return [plain(part) for part in list(value)[:ITEMS]]
    return str(value)[:TEXT]
