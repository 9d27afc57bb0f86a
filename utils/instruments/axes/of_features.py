"""Features that nobody hears, and answers that nothing moves, in words."""

import numpy as np

from ..report import FAULT, QUESTION, Finding
from .features import ROUNDS, poke_feature
from .otherwise import a_little_changed, redrawn

REDRAWS = 3
MOST = 8  # unheard features that are asked for with other weights


def judge_features(looked):
    """Findings, facts, and what was not looked at."""
    found, seen, not_seen = [], [], []
    others = Otherwise(looked)
    for k, side in enumerate(looked.answers):
        if side.batch is not None and not looked.asker.ever[k].any():
            _judge_constant(looked, others, k, found, seen)
    if looked.asker.ever and any(ever.any() for ever in looked.asker.ever):
        for features in looked.features:
            _judge_unheard(looked, others, features, found, seen, not_seen)
    return found, seen, not_seen


class Otherwise:
    """The same questions to the model with other weights, made when they are first asked."""

    def __init__(self, looked):
        self.looked, self.model, self.made = looked, looked.model, {}

    def a_little(self):
        """With every weight moved by a hundredth."""
        return self._made("little", lambda call: a_little_changed(call, self.model))

    def anew(self):
        """With weights drawn anew, several times."""
        for seed in range(REDRAWS):
            yield self._made(seed, lambda call, seed=seed: redrawn(call, self.model, seed))

    def _made(self, key, other):
        if key not in self.made:
            asker = self.looked.asker
            self.made[key] = asker.with_calls([other(call) for call in asker.calls])
        return self.made[key]


def _judge_constant(looked, others, k, found, seen):
    name = looked.answers[k].name
    moving = any(ever.any() for ever in looked.asker.ever)
    subject = name[0].upper() + name[1:]
    words = f"{subject} is the same whatever the input: none of its numbers moves. "
    if looked.model is None:
        found.append(Finding("answers are constant", words + "Does it look at x?", QUESTION))
        return
    if _any_moves(others.a_little(), k):
        seen.append(
            f"{subject} does not move with the input as the weights are now, but does as soon as "
            "they change a little: a matrix of zeros, as some start with."
        )
        return
    anew = [other for other in others.anew() if _any_moves(other, k)]
    if not anew and moving and _depends_on_weights(looked, others, k):
        seen.append(f"{subject} hears nothing of x: it is a weight that is learned.")
        return
    if anew and all(_whole(other.base[k]) for other in anew):
        seen.append(f"{subject} holds whole numbers, and no change of x moved one of them.")
        return
    words += (
        "It would with other weights: as they are, nothing gets through. Look for units that are "
        "all zero after their relu, or for weights or inputs that are very large."
        if anew
        else "Nor does it with other weights. A softmax over one unit is always 1; else look for "
        "what cuts the input off."
    )
    found.append(Finding("answers are constant", words, FAULT))


def _any_moves(asker, k):
    for turn in range(max(ROUNDS, len(asker.calls))):
        moved = asker.moved(asker.all_changed(turn, last=turn >= ROUNDS // 2), turn)
        if moved is not None and moved[k].any():
            return True
    return False


def _depends_on_weights(looked, others, k):
    base = looked.asker.base[k]
    return any(not np.allclose(other.base[k], base) for other in others.anew())


def _whole(array):
    return bool(np.all(array == np.round(array)))


def _judge_unheard(looked, others, features, found, seen, not_seen):
    side = looked.inputs[features.into]
    count = side.shape[side.features]
    if len(features.poked) < count:
        not_seen.append(
            f"Of the {count} features of {side.name} {len(features.poked)} were poked, evenly."
        )
    unheard = features.unheard
    if not len(unheard):
        if len(features.poked) == count and count > 1:
            seen.append(f"Each of the {count} features of {side.name} is heard.")
        return
    if len(unheard) == count:
        words = f"No change of {side.name} moves any answer."
    else:
        words = (
            f"Nothing moves when feature{'s' if len(unheard) > 1 else ''} {_listed(unheard)} of "
            f"{side.name} change{'' if len(unheard) > 1 else 's'}, of {count}."
        )
    if looked.model is None:
        found.append(Finding("feature unheard", f"{words} Is that meant?", QUESTION))
        return
    never = [f for f in unheard[:MOST] if not _heard_otherwise(others, features.into, side, f)]
    if len(never) < len(unheard[:MOST]):
        seen.append(f"{words} With other weights it would: nothing cuts it off.")
        return
    found.append(
        Finding(
            "feature unheard",
            f"{words} Nor with other weights: it is cut off on its way, by a slice, a reshape or a "
            "product with zero.",
        )
    )


def _heard_otherwise(others, a, side, feature):
    for other in (others.looked.asker, others.a_little(), *others.anew()):
        for turn in range(max(ROUNDS, len(other.calls))):
            moved = poke_feature(other, a, side, feature, turn)
            if moved is not None and moved.any():
                return True
    return False


def _listed(numbers):
    shown = ", ".join(str(int(n)) for n in numbers[:8])
    return shown + (f" and {len(numbers) - 8} more" if len(numbers) > 8 else "")
