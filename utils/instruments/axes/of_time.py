"""Which timesteps an answer hears, in words: the future, what is asked for, backwards."""

from ..report import Finding
from .backwards import runs_backwards
from .certainty import cut_off, reach_is_sharp
from .of_steps import judge_unheard
from .otherwise import NO_TIME


def judge_time(looked):
    """Findings, facts, and what was not looked at."""
    found, seen, not_seen = [], [], []
    not_seen += [side.why for side in looked.inputs if side.why]
    for side in looked.inputs:
        if side.time is not None and side.timesteps < 2:
            not_seen.append(f"{side.name} has one timestep: nothing was looked at along time.")
    alive = [
        heard for heard in looked.times if looked.asker.ever[heard.out].any() and heard.length > 1
    ]
    for heard in alive:
        _judge_sampling(looked, heard, not_seen)
        seen.append(_reach(looked, heard))
    _judge_future(looked, alive, found, seen, not_seen)
    _judge_backwards(looked, alive, found)
    _judge_asked(looked, alive, found, not_seen)
    if not looked.rows.heard:  # else it is not known whose timesteps these are
        judge_unheard(looked, alive, found, seen, not_seen)
    return found, seen, not_seen


def _judge_sampling(looked, heard, not_seen):
    name, poked = looked.inputs[heard.into].name, len(heard.steps)
    said = f"Of the {heard.length} timesteps of {name} {poked} were poked, taken evenly."
    if poked < heard.length and said not in not_seen:
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
    moved = heard.moved
    if not moved.any():
        return f"{out} hears no timestep of {into}."
    if not heard.square:
        steps = heard.steps[moved.any(axis=1)]
        if len(steps) == len(heard.steps):
            return f"{out} hears every timestep of {into}."
        which = f"s {steps[0]} to {steps[-1]}" if len(steps) > 1 else f" {steps[0]}"
        return f"{out} hears timestep{which} of {into}."
    if moved.all():
        return f"Each timestep of {name} hears every timestep of {into}."
    i, t = heard.pairs
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
        elif shift is not None and _mostly(heard.lagged(-shift.ahead)):
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
    i, t = heard.pairs
    if not len(i):
        return 0, 0, 0
    at = int((i - t).argmax())
    return int(i[at] - t[at]), int(i[at]), int(t[at])


def _is_context(heard, squares, late):
    """Whether this input is heard whole and another one causally, as by a decoder."""
    others = [other for other in squares if other.out == heard.out and other.into != heard.into]
    causal = any(late[id(other)][0] <= 0 and other.moved.any() for other in others)
    return causal and bool(heard.moved.all())


def _mostly(found):
    return len(found) > 0 and bool(found.mean() > 0.5)


def _judge_backwards(looked, alive, found):
    for heard in alive:
        turned = any(s.turned for s in looked.shifts if s.out == heard.out)
        words = None if turned else runs_backwards(heard)
        if words:
            out, into = _between(looked, heard)
            found.append(Finding("runs backwards", words.format(out=_capital(out), into=into)))


def _judge_asked(looked, alive, found, not_seen):
    back = {(s.into, s.out): -s.ahead for s in looked.shifts if s.ahead < 0}
    for heard in alive:
        k = back.get((heard.into, heard.out))
        if k is None or not heard.square or _hears_only_ahead(heard):
            continue  # one that hears only what is ahead predicts what was before
        asked = heard.lagged(k)
        if not len(asked) or asked.any() or not reach_is_sharp(heard):
            continue
        i, t = heard.pairs
        out, into = _between(looked, heard)
        words = (
            f"The targets repeat {into}, {k} step{'s' if k > 1 else ''} back, and {out} at "
            f"timestep t does not hear {into} at t−{k}: it reaches {int((t - i).max())} back. So "
            "the answer can't be found."
        )
        middle = int(heard.steps[len(asked) // 2])
        cut = cut_off(looked, heard, [middle], middle + k)
        if cut is None:
            not_seen.append(f"{words} {NO_TIME}")
        elif cut:
            found.append(Finding("does not hear what is asked", words))


def _hears_only_ahead(heard):
    i, t = heard.pairs
    return bool((i >= t).all() and (i > t).any())
