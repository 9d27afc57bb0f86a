"""Is a state carried to the next answer, does a reset take it away, and was it fresh?"""

from ..report import QUESTION, Finding
from .asking import apart, call_flags, differ, ways_to_forget
from .held import alike
from .inquiry import inner
from .wording import not_reset, reset_works, some, without_reset

STATELIKE = ("state", "hidden", "memor", "carry", "cache", "buffer")
STATELIKE_NAMES = ("h", "c", "_h", "_c", "hc", "prev")


def ask_carried(inquiry):
    """Whether the next answer depends on what was asked before. Returns whether it does."""
    distance, _ = inquiry.told_apart()
    inquiry.numbers["carried"] = distance
    return distance > 0


def ask_carried_shortly(inquiry, cutter):
    """The same with the first few timesteps, in which nothing is forgotten, if it takes so few."""
    before = inquiry.pasts, inquiry.probe
    few, one = min(3, cutter.timesteps), 1
    for past, probe in ((few, one), (few, few)):
        inquiry.pasts = tuple(tuple(cutter.cut(x, 0, past) for x in xs) for xs in before[0])
        inquiry.probe = cutter.cut(inquiry.x, 0, probe)
        try:
            if ask_carried(inquiry):
                return True
        except RuntimeError:  # it takes no sequence as short as that
            continue
    inquiry.pasts, inquiry.probe = before
    return ask_carried(inquiry)


def find_carriers(inquiry):
    """The parts of which the next answer depends: those that tell one past from another, and move
    it. What is counted, logged or kept for a look is none.
    """
    held = _after_pasts(inquiry, None)
    found = _differing(inquiry.telling, held)
    if len(found) < 2:
        return found
    return [part for part in found if _moves_answer(inquiry, part, held, None)] or found


def ask_each_declared(inquiry, heard, carried):
    """Whether each layer that declares a state begins with what it was left in."""
    for layer in inquiry.declared:
        calls = heard.of(layer)
        if not calls:
            inquiry.not_seen.append(f"“{layer.name}” is stateful and was not heard in a pass.")
        elif any(one is layer for one in heard.resets):
            inquiry.seen.append(f"“{layer.name}” is reset within the model's own call.")
        elif all(call.given is not None for call in calls):
            _started_elsewhere(inquiry, layer, calls)
        elif not carried and not _keras_own(layer):
            _own_not_carried(inquiry, layer)
        elif not carried:
            inquiry.not_seen.append(
                f"“{layer.name}” goes on from its state, but nothing of it was seen in the next "
                "answer: it is forgotten by then, or the answer does not depend on it."
            )
    if not carried:
        _own_states(inquiry, heard)


def _started_elsewhere(inquiry, layer, calls):
    """A stateful layer that is handed its initial state in each call."""
    asking = inquiry.asking
    given = []
    for past in inquiry.pasts:
        asking.after(*past)
        given.append(inquiry.hear(inquiry.probe)[0].of(layer)[0].given)
    if any(apart(given[0], other)[0] > 0 for other in given[1:]):
        inquiry.seen.append(
            f"“{layer.name}” is handed its initial state, which depends on what came before."
        )
        return
    inquiry.found.append(
        Finding(
            "state not carried",
            f"“{layer.name}” is declared stateful, but each of its {_times(len(calls))} in a pass "
            "is handed an initial state, the same whatever came before: its own state is written "
            "and never read. Look at initial_state in its call.",
        )
    )


def _own_not_carried(inquiry, layer):
    held = [part for part in inquiry.telling if part.layer is layer or part.layer in inner(layer)]
    kept = f"it writes {held[0].words}, and" if held else "nothing that it holds changes, and"
    if not held or inquiry.probe_is_short:
        inquiry.found.append(
            Finding(
                "state not carried",
                f"“{layer.name}” is declared stateful, but {kept} the answer to the next x is the "
                "same whatever x came before.",
            )
        )


def _own_states(inquiry, heard):
    """States of own layers that are written and don't reach the next answer."""
    named = {id(layer) for layer in inquiry.declared}
    named |= {id(one) for layer in inquiry.declared for one in inner(layer)}
    named |= {id(one) for one in heard.resets}
    for part in inquiry.telling:
        if id(part.layer) in named:
            continue
        named.add(id(part.layer))
        forget = ways_to_forget(part.layer)[0]
        words = (
            f"{part.words} is written in each call, but the answer to the next x is the same "
            "whatever x came before"
        )
        statelike = _statelike(part.name)
        if forget and statelike and inquiry.probe_is_short:
            inquiry.found.append(
                Finding(
                    "state not carried",
                    f"{words}, although {forget[0][0]}() is there to begin anew: it is never "
                    "read, or overwritten before it is.",
                )
            )
        elif (forget or statelike) and part.in_variables and inquiry.probe_is_short:
            inquiry.found.append(
                Finding("state not carried", f"{words}. Is it meant as a state?", QUESTION)
            )
        else:
            inquiry.seen.append(f"{words}: nothing is carried by it.")


def ask_reset(inquiry):
    """Whether a reset takes away everything that the next answer depends on.

    Returns a function that resets the model for good; None if there is none.
    """
    own, every, wanting = _ways(inquiry)
    if inquiry.flags:
        flag = inquiry.flags[0]
        inquiry.seen.append(f"With {flag}=True the model begins anew in its own call.")
        if not own and not every:
            return None
    for words, reset in filter(None, (own, every)):
        trouble = _try(reset)
        if trouble:
            inquiry.found.append(Finding("not reset", f"{words} raised {trouble}."))
            return None
        distance, limit = inquiry.told_apart(then=reset)
        inquiry.numbers["after a reset"] = distance
        if distance <= limit:
            inquiry.seen.append(reset_works(words))
            return reset
        if (words, reset) == own and every and _clean(inquiry, every[1]):
            left = _left(inquiry, reset)
            inquiry.found.append(not_reset(words, distance, _where(left)))
            return None
    if every or own:
        words, reset = every or own
        left = _left(inquiry, reset)
        orphans = [part for part in left if not _may_forget(part.layer, inquiry)]
        if left and len(orphans) == len(left) and not own:
            inquiry.found.append(without_reset(distance, some(orphans)))
        else:
            inquiry.found.append(not_reset(words, distance, _where(left)))
        return None
    if wanting:
        inquiry.not_seen.append(
            f"Whether {wanting[0]}() begins anew was not asked: it takes arguments."
        )
        return None
    if not inquiry.flags:
        left = _left(inquiry, None)
        inquiry.found.append(
            without_reset(inquiry.numbers["carried"], some(left) if left else "something elsewhere")
        )
    return None


def ask_fresh(inquiry, reset):
    """Whether the model, as it was handed in, answers as it does after a reset."""
    asking = inquiry.asking
    if asking.fresh or reset is None:
        return
    (as_it_is,) = asking.after(inquiry.probe)
    (anew,) = asking.after(inquiry.probe, then=reset)
    distance, limit = apart(as_it_is, anew)
    inquiry.numbers["as handed in, against after a reset"] = distance
    if distance > limit:
        inquiry.found.append(
            Finding(
                "state is not fresh",
                f"As it was handed in, the model answers otherwise than after a reset, by up to "
                f"{distance:.3g}: it is in the middle of something, or its reset does not lead "
                "back to where it began. It was left there.",
                QUESTION,
            )
        )
    asking.start()
    reset()
    asking.starts_here(inquiry.moving)  # everything else is asked from there


def find_flags(inquiry):
    """The arguments of the model's call with which the past makes no difference any more."""
    asking, found = inquiry.asking, []
    for flag in call_flags(asking.model):
        answers = []
        try:
            for past in inquiry.pasts:
                asking.after(*past)
                answers.append(asking.ask(inquiry.probe, **{flag: True}))
        except RuntimeError:
            continue
        if not any(differ(answers[0], other) for other in answers[1:]):
            found.append(flag)
    return found


def _ways(inquiry):
    """The model's own reset, and all resets that there are, as (words, function); or None.

    Third come names of such methods that can't be called because they want arguments.
    """
    model = inquiry.asking.model
    free, wanting = ways_to_forget(model)
    own = None
    if declared := [way for way in free if way[0] in ("reset_state", "reset_states")]:
        name, method = declared[0]
        own = f"{name}() of the model", method
    layers = inquiry.asking.layers
    touched = [n for n in layers if _holds(n, inquiry)] or [n for n in layers if not _keras_own(n)]
    methods, more = [], []
    for layer in touched:
        can, want = ways_to_forget(layer)
        methods += can
        more += [name for name, _ in want]
    if not methods:
        return own, None, [name for name, _ in wanting] + more

    def every():
        for _, method in methods:
            method()

    names = sorted({name for name, _ in methods})
    return own, (f"{' and '.join(names)}() of every layer", every), more


def _holds(layer, inquiry):
    """Whether a layer or one within it holds a state."""
    holders = [*inquiry.holders, *inquiry.declared]
    return any(one in holders for one in (layer, *inner(layer)))


def _may_forget(layer, inquiry):
    """Whether this layer, or one around it but the model, has a way to clear what it holds."""
    around = [one for one in inquiry.asking.layers if one is layer or layer in inner(one)]
    return any(ways_to_forget(one)[0] for one in around)


def _clean(inquiry, reset):
    if _try(reset):
        return False
    distance, limit = inquiry.told_apart(then=reset)
    return distance <= limit


def _left(inquiry, reset):
    """The parts in which the past is still there after a reset, those that move answers first."""
    held = _after_pasts(inquiry, reset)
    left = _differing(inquiry.telling, held)
    return [part for part in left if _moves_answer(inquiry, part, held, reset)] or left


def _after_pasts(inquiry, reset):
    """What the parts hold after each past, and a reset: {key: (values, the thing itself)}."""
    found = []
    for past in inquiry.pasts:
        inquiry.asking.after(*past)
        if reset:
            reset()
        found.append({part.key: (part.read(), part.look()) for part in inquiry.telling})
    return found


def _differing(parts, held):
    return [
        part
        for part in parts
        if any(not alike(held[0][part.key][0], other[part.key][0]) for other in held[1:])
    ]


def _moves_answer(inquiry, part, held, reset):
    """Whether the answer differs by what this part alone holds after one past or another."""
    asking, answers = inquiry.asking, []
    for values in held:
        asking.after(*inquiry.pasts[0])
        if reset:
            reset()
        if not part.write(*values[part.key]):
            return True  # it can't be told
        answers.append(asking.ask(inquiry.probe))
    return any(apart(answers[0], other)[0] > 0 for other in answers[1:])


def _where(left):
    return f"is {some(left)}" if left else "is kept outside of its layers"


def _try(reset):
    try:
        reset()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _statelike(name):
    name = name.lower()
    return name in STATELIKE_NAMES or any(word in name for word in STATELIKE)


def _keras_own(layer):
    return type(layer).__module__.startswith("keras.")


def _times(calls):
    return "call" if calls == 1 else f"{calls} calls"
