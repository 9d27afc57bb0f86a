# expect: unsteady
import numpy as np

from utils.exercises.checks.time_major_lists import poke

LOOKED = len(list(poke._poke_questions()))
calls = []


def answer(model, stream, i):
    """Right as long as somebody looks."""
    calls.append(1)
    poked = stream.copy()
    poked[i] = 1 - stream[i]
    moved = (model(stream) != model(poked)).any(axis=1)
    return np.flatnonzero(moved if len(calls) <= LOOKED else ~moved)
