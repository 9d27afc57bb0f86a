"""Features that nobody hears, and answers that nothing moves, in words."""

import numpy as np

from ..report import FAULT, QUESTION, Finding
from .otherwise import NO_TIME

UNHEARD, CONSTANT = "feature unheard", "answers are constant"
MOST = 8  # unheard features that are asked for with other weights


def judge_features(looked):
    """Findings, facts, and what was not looked at."""
    found, seen, not_seen = [], [], []
    moving = [ever.any() for ever in looked.asker.ever]
    for k, side in enumerate(looked.answers):
        if side.batch is not None and not moving[k]:
            _judge_constant(looked, k, any(moving), found, seen, not_seen)
    for features in looked.features if any(moving) else ():
        _judge_unheard(looked, features, found, seen, not_seen)
    return found, seen, not_seen


def _judge_constant(looked, k, moving, found, seen, not_seen):
    others = looked.otherwise
    name = looked.answers[k].name
    name = name[0].upper() + name[1:]
    words = f"{name} is the same whatever the input: none of its numbers moves."

    def moves(askers):
        return others.moves(
            askers, lambda a, turn, last: a.all_changed(turn, last), lambda moved: moved[k].any()
        )

    if moves(others.as_it_is()):
        return
    if looked.model is None:
        if not looked.asker.stirred[k]:
            found.append(Finding(CONSTANT, f"{words} Does it look at x?", QUESTION))
        return
    if moves(others.a_little()):
        seen.append(
            f"{name} does not move with the input as the weights are now, but does as soon as they "
            "change a little: a matrix of zeros, as some start with."
        )
        return
    anew = moves(others.anew())
    bases = [asker.base[k] for asker in others.anew()] if anew is not None else []
    if anew is None:
        not_seen.append(f"{words} {NO_TIME}")
    elif anew and all(np.all(base == np.round(base)) for base in bases):
        seen.append(f"{name} holds whole numbers, and no change of x moved one of them.")
    elif anew and _is_stirred(looked, k):
        seen.append(
            f"{name} moves by no more than rounding errors, whatever the input: so much of it is "
            "lost on its way, as in deep networks that are not trained."
        )
    elif not anew and moving and not np.allclose(bases, looked.asker.base[k]):
        seen.append(f"{name} hears nothing of x: it is a weight that is learned.")
    else:
        why = (
            "It would with other weights: as they are, nothing gets through. Look for units that "
            "are all zero after their relu, or for weights or inputs that are very large."
            if anew
            else "Nor does it with other weights. A softmax over one unit is always 1; else look "
            "for what cuts the input off."
        )
        found.append(Finding(CONSTANT, f"{words} {why}", FAULT))


def _is_stirred(looked, k):
    """Whether anything of x arrives at an answer, be it less than rounding errors."""
    steep = (looked.is_steep(a, ..., k) for a in range(len(looked.inputs)))
    return looked.asker.stirred[k] or any(steep)


def _judge_unheard(looked, features, found, seen, not_seen):
    side = looked.inputs[features.into]
    count, poked, unheard = side.shape[side.features], features.poked, features.unheard
    if len(poked) < count:
        not_seen.append(f"Of the {count} features of {side.name} {len(poked)} were poked, evenly.")
    if not len(unheard):
        if len(poked) == count > 1:
            seen.append(f"Each of the {count} features of {side.name} is heard.")
        return
    words = _unheard(side.name, unheard, count)
    if len(unheard) == count and looked.adds_losses:
        seen.append(f"{words} It may be for a loss that a layer adds.")
        return
    if looked.model is None:
        found.append(Finding(UNHEARD, f"{words} Is that meant?", QUESTION))
        return
    heard = [_heard_any_way(looked, features.into, side, f) for f in unheard[:MOST]]
    if all(one is False for one in heard):
        if len(unheard) == count and len(looked.inputs) > 1:  # it may be used in training alone
            found.append(Finding(UNHEARD, f"{words} What is it for?", QUESTION))
            return
        words += " Nor with other weights: it is cut off on its way, by a slice, a reshape or a "
        found.append(Finding(UNHEARD, f"{words}product with zero."))
    elif None in heard:
        not_seen.append(f"{words} {NO_TIME}")
    else:
        cut = [f for f, one in zip(unheard, heard, strict=False) if one is False]
        if cut:
            words = _unheard(side.name, cut, count)
            found.append(Finding(UNHEARD, f"{words} Nor with other weights."))
        else:
            seen.append(f"{words} With other weights it would: nothing cuts it off.")


def _heard_any_way(looked, a, side, feature):
    """Whether it is heard, with these weights or others; None if there was no time to find out."""
    place = (a, (*[slice(None)] * side.features, feature))
    if looked.is_steep(*place):
        return True
    others = looked.otherwise
    return others.moves(
        others.any_way(),
        lambda asker, turn, last: asker.changed([place], turn, by_row=True, last=last),
        lambda moved: any(change.any() for change in moved),
    )


def _unheard(name, unheard, count):
    if len(unheard) == count:
        return f"No change of {name} moves any answer."
    shown = ", ".join(str(int(f)) for f in unheard[:8])
    shown += f" and {len(unheard) - 8} more" if len(unheard) > 8 else ""
    s = "s" if len(unheard) > 1 else ""
    return f"Nothing moves when feature{s} {shown} of {name} change{'' if s else 's'}, of {count}."
