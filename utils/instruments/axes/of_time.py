"""Which timesteps an answer hears, in words: the future, what is asked for, backwards."""

import numpy as np

from ..report import QUESTION, Finding
from .backwards import runs_backwards
from .certainty import cut_off, edge_is_sharp, is_padding, reach_is_sharp

MOST_TOLD = 8


def judge_time(looked):
    """Findings, facts, and what was not looked at."""
    found, seen, not_seen = [], [], []
    not_seen += [side.why for side in looked.inputs if side.why]
    for side in looked.inputs:
        if side.time is not None and side.timesteps < 2:
            not_seen.append(f"{side.name} has one timestep: nothing was looked at along time.")
    alive = [
        heard
        for heard in looked.times
        if looked.asker.ever[heard.out].any() and heard.matrix.shape[0] > 1
    ]
    for heard in alive:
        _judge_sampling(looked, heard, not_seen)
        seen.append(_reach(looked, heard))
    _judge_future(looked, alive, found, seen, not_seen)
    _judge_backwards(looked, alive, found)
    _judge_asked(looked, alive, found)
    if not looked.rows.heard:  # else it is not known whose timesteps these are
        _judge_unheard(looked, alive, found, seen)
    return found, seen, not_seen


def _judge_sampling(looked, heard, not_seen):
    steps, poked = heard.matrix.shape[0], len(heard.poked)
    said = f"Of the {steps} timesteps of {looked.inputs[heard.into].name} {poked} were poked, "
    said += "taken evenly."
    if poked < steps and said not in not_seen:
        not_seen.append(said)


def _between(looked, heard):
    """The names of the answer and of the input, where there are several."""
    out, into = looked.answers[heard.out].name, looked.inputs[heard.into].name
    return out, into if len(looked.inputs) > 1 else "the input"


def _capital(name):
    return name[0].upper() + name[1:]


def _reach(looked, heard):
    """What is heard, as a fact."""
    name, into = _between(looked, heard)
    out = _capital(name)
    moved, poked = heard.moved, heard.poked
    if not moved.any():
        return f"{out} hears no timestep of {into}."
    if not heard.square:
        steps = np.flatnonzero(moved.any(axis=1))
        if len(steps) == len(poked):
            return f"{out} hears every timestep of {into}."
        which = f"s {steps[0]} to {steps[-1]}" if len(steps) > 1 else f" {steps[0]}"
        return f"{out} hears timestep{which} of {into}."
    if moved[poked].all():
        return f"Each timestep of {name} hears every timestep of {into}."
    i, t = np.nonzero(moved)
    back, ahead = int(max(0, (t - i).max())), int(max(0, (i - t).max()))
    if ahead == 0:
        return (
            f"{out} at timestep t hears {into} up to its own time, {back} "
            f"step{'s' if back != 1 else ''} back at most: causal."
        )
    return f"{out} at timestep t hears {into} from {back} back to {ahead} ahead, at most."


def _judge_future(looked, alive, found, seen, not_seen):
    proven = {(s.into, s.out): s for s in looked.shifts if s.ahead >= 1}
    squares = [heard for heard in alive if heard.square]
    others = [heard for heard in alive if heard not in squares]
    if looked.causal and any(looked.answers[heard.out].time is not None for heard in others):
        not_seen.append("Of answers of another length than x it can't be told what is after them.")
    late = {id(heard): _latest(heard) for heard in squares}
    for heard in squares:
        out, into = _between(looked, heard)
        ahead, i, t = late[id(heard)]
        shift = proven.get((heard.into, heard.out))
        if shift is not None and not _one_shift(looked, shift):
            shift = None
        if looked.causal and ahead > 0 and not _is_context(heard, squares, late):
            words = (
                f"Declared causal, but {out} hears {into} up to {ahead} step"
                f"{'s' if ahead > 1 else ''} ahead: timestep {t} moves when {into} at {i} is poked."
            )
            found.append(Finding("hears the future", words))
        elif shift is not None and _hears_at(heard, shift.ahead):
            k = shift.ahead
            words = (
                f"The targets repeat {into}, {k} step{'s' if k > 1 else ''} ahead, and {out} at "
                f"timestep t hears {into} at t+{k}: the answer is in what it hears, so that there "
                "is nothing to predict. Look for what runs both ways, or for a missing causal mask "
                "or padding."
            )
            found.append(Finding("hears the future", words))


def _one_shift(looked, shift):
    """Whether no other input is the target as well: one of several may be there to be copied."""
    return sum(s.out == shift.out for s in looked.shifts) == 1


def _latest(heard):
    """How far ahead anything is heard, and an input and an output that show it."""
    i, t = np.nonzero(heard.moved)
    if not len(i):
        return 0, 0, 0
    at = int((i - t).argmax())
    return int(i[at] - t[at]), int(i[at]), int(t[at])


def _is_context(heard, squares, late):
    """Whether this input is heard whole and another one causally, as by a decoder."""
    others = [other for other in squares if other.out == heard.out and other.into != heard.into]
    causal = any(late[id(other)][0] <= 0 and other.moved.any() for other in others)
    return causal and bool(heard.moved[heard.poked].all())


def _hears_at(heard, ahead):
    """Whether outputs hear the input so many steps ahead; of those poked, most of them."""
    pairs = [(i, i - ahead) for i in heard.poked if 0 <= i - ahead < heard.matrix.shape[1]]
    return bool(pairs) and np.mean([heard.moved[i, t] for i, t in pairs]) > 0.5


def _judge_backwards(looked, alive, found):
    for heard in alive:
        turned = any(s.turned for s in looked.shifts if s.out == heard.out)
        words = None if turned else runs_backwards(heard)
        if words:
            out, into = _between(looked, heard)
            found.append(Finding("runs backwards", words.format(out=_capital(out), into=into)))


def _judge_asked(looked, alive, found):
    for shift in looked.shifts:
        back = -shift.ahead
        if back < 1 or shift.turned:
            continue
        for heard in alive:
            if (heard.into, heard.out) != (shift.into, shift.out) or not heard.square:
                continue
            if _hears_only_ahead(heard):  # it predicts what was before from what comes after
                continue
            pairs = [(i, i + back) for i in heard.poked if i + back < heard.matrix.shape[1]]
            if not pairs or any(heard.moved[i, t] for i, t in pairs):
                continue
            if not reach_is_sharp(heard) or not cut_off(looked, heard, pairs):
                continue
            i, t = np.nonzero(heard.moved)
            out, into = _between(looked, heard)
            words = (
                f"The targets repeat {into}, {back} step{'s' if back > 1 else ''} back, and {out} "
                f"at timestep t does not hear {into} at t−{back}: it reaches "
                f"{int((t - i).max())} back. So the answer can't be found."
            )
            found.append(Finding("does not hear what is asked", words))


def _hears_only_ahead(heard):
    i, t = np.nonzero(heard.moved)
    return bool((i >= t).all() and (i > t).any())


def _judge_unheard(looked, alive, found, seen):
    for a, side in enumerate(looked.inputs):
        of_input = [heard for heard in alive if heard.into == a]
        if not of_input or side.timesteps < 2:
            continue
        moved = np.any([heard.moved.any(axis=1) for heard in of_input], axis=0)
        if not moved.any():
            continue
        silent = [i for i in of_input[0].poked if not moved[i]]
        silent = [i for i in silent if not is_padding(looked, a, i)]
        if not silent or _is_rest(silent, side.timesteps, looked, moved):
            continue
        if not edge_is_sharp(of_input, silent):
            seen.append(
                f"Some of it fades: timesteps {_listed(silent, of_input[0].poked)} of {side.name} "
                "move nothing that could be seen above rounding, and may be heard a little."
            )
            continue
        if not cut_off(looked, of_input[0], [(i, None) for i in silent]):
            continue
        words = (
            f"Nothing moves when timesteps {_listed(silent, of_input[0].poked)} of {side.name} "
            f"change, of "
            f"{side.timesteps}: is the window as long as was meant?"
        )
        found.append(Finding("timesteps unheard", words, QUESTION))


def _is_rest(silent, steps, looked, moved):
    """Whether these are the last few, that strides and pooling leave over, or a mask's."""
    tail = silent[-1] == steps - 1 and not moved[silent[0] :].any()
    if not tail:
        return False
    if len(looked.inputs) > 1:
        return True
    outputs = [side.timesteps for side in looked.answers if side.time is not None]
    stride = looked_strides(looked)
    return len(silent) < max(stride, max((steps / n for n in outputs if n), default=1))


def looked_strides(looked):
    """The product of the strides of all layers, as far as they say."""
    from ..state import layers_of

    product = 1
    for layer in layers_of(looked.model) if looked.model is not None else ():
        strides = getattr(layer, "strides", None)
        strides = (strides,) if isinstance(strides, int) else strides
        if isinstance(strides, tuple | list) and strides and isinstance(strides[0], int):
            product *= max(1, strides[0])
    return product


def _listed(numbers, poked):
    """a to b where all in between that were poked are among them; else the first few."""
    numbers = [int(n) for n in numbers]
    between = [n for n in poked if numbers[0] <= n <= numbers[-1]]
    if len(numbers) > 2 and len(between) == len(numbers):
        return f"{numbers[0]} to {numbers[-1]}"
    shown = ", ".join(map(str, numbers[:MOST_TOLD]))
    return shown + (f" and {len(numbers) - MOST_TOLD} more" if len(numbers) > MOST_TOLD else "")
