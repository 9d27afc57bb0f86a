"""From what met in the loss, and from losses with targets in other places, to findings."""

from dataclasses import dataclass

from ..report import QUESTION, Finding
from . import wording
from .meetings import crosses

BROADCAST = "silently broadcast"
UNPAIRED = "targets are not paired"
MANY_ANSWERS = "every step gets one target"
ONE_ANSWER = "one answer for every step"
IGNORED = "targets ignored"
ALIKE_WIDE = {  # losses of Keras that compare number with number
    *("mean_squared_error", "mean_absolute_error", "mean_absolute_percentage_error"),
    *("mean_squared_logarithmic_error", "huber", "log_cosh", "poisson", "kl_divergence"),
    *("hinge", "squared_hinge", "categorical_hinge", "cosine_similarity", "dice", "tversky"),
}
TELLS = 5e-5  # share of the loss by which the pairing has to matter, to be told from rounding


@dataclass(frozen=True)
class Evidence:
    """All that is known of one step."""

    meetings: tuple
    rows: int
    sizes: tuple[int, ...]  # how many numbers each array of targets holds
    steps: frozenset[int]  # lengths of the time axes of x
    pairings: tuple
    pairwise: bool = False  # whether the step compares rows with rows of their own side
    picked: bool = False  # whether it picks among pairs of rows, or sorts them
    own_input: bool = False  # whether the targets are what came in, too
    squeezed: tuple = ()  # shapes of answers whose last axis Keras takes off

    @property
    def unchanged(self):
        """The first Pairing that says that the order of the rows does not matter; or None."""
        return next((p for p in self.pairings if p.same and p.matters), None)


def judged(evidence):
    """Findings; and sentences of what was seen and is no finding."""
    crossed = list(_crossed(evidence))
    found = crossed or list(_stretched(evidence))
    if not found:  # what is repeated may add up to the same in any order
        found = [*_unpaired(evidence), *_ignored(evidence)]
    return tuple(found), wording.seen(evidence)


def fits_by_chance(meetings, rows, fewer, error):
    """Shapes that only fit because the batch has as many rows as another axis is long."""
    for m in meetings:
        short, long = sorted((m.target, m.answer), key=len)
        place = len(long) - len(short)
        if m.elementwise and place > 0 and short and short[0] == long[place] == long[0] == rows:
            yield Finding(BROADCAST, wording.by_chance(m, rows, fewer, error))
            return


def _crossed(evidence):
    """Rows of the targets along another axis than those of the answers: each meets all others."""
    for meeting in sorted(evidence.meetings, key=lambda m: m.metric):
        if len(meeting.target) == len(meeting.answer) or not meeting.elementwise:
            continue  # with as many axes on both sides somebody has made one for it: all pairs
        if not crosses(meeting.target, meeting.answer, evidence.rows):
            continue
        same = None if meeting.metric else evidence.unchanged
        if meeting.made and (evidence.pairwise or evidence.picked or same is None):
            continue
        yield Finding(BROADCAST, wording.crossed(meeting, same))
        if steps := _time_axis(meeting.answer, evidence):
            yield Finding(MANY_ANSWERS, wording.many_answers(steps))
        return


def _stretched(evidence):
    """The same rows, but one number beside several: of Keras' own losses none means that."""
    for meeting in evidence.meetings:
        if meeting.metric or meeting.made or not meeting.elementwise:
            continue
        if not _whole(meeting, evidence):
            continue
        many, one = meeting.answer, meeting.target
        name = MANY_ANSWERS
        if one == meeting.result:
            many, one, name = one, many, ONE_ANSWER
        if len(many) != len(one) or many != meeting.result or many[0] != one[0] or many == one:
            continue
        steps = _time_axis(many, evidence) if one[1] == 1 else None
        if meeting.built_in and meeting.where.split(".")[0] in ALIKE_WIDE:
            name = name if steps else BROADCAST
            yield Finding(name, wording.stretched(meeting, name, steps))
            return
        if steps and not meeting.built_in:
            yield Finding(name, wording.stretched(meeting, name, steps), QUESTION)
            return


def _unpaired(evidence):
    """The loss stays the same in whatever order the targets come."""
    of_loss = [m for m in evidence.meetings if not m.metric]
    for which in {m.which for m in of_loss if m.which >= 0}:
        met = [m for m in of_loss if m.which == which]
        if all(meeting.shuffled for meeting in met):
            yield Finding(UNPAIRED, wording.shuffled(met[0]))
            return
    for pairing in evidence.pairings:
        met = [m for m in of_loss if m.which == pairing.which]
        if not (pairing.same and pairing.matters) or evidence.pairwise or evidence.picked:
            continue
        if max((meeting.tells for meeting in met), default=0.0) < TELLS:
            continue  # the rows are too much alike to tell
        pooled = all(evidence.rows not in meeting.target for meeting in met)
        level = {"level": QUESTION} if pooled else {}
        yield Finding(UNPAIRED, wording.unpaired(pairing, met[0], pooled), **level)
        return


def _ignored(evidence):
    """No target meets an answer, and the loss is the same for other targets."""
    asked = [p for p in evidence.pairings if not p.matters]
    if evidence.own_input or evidence.meetings:
        return
    if asked and len(asked) == len(evidence.pairings):
        yield Finding(IGNORED, wording.ignored(asked[0]), QUESTION)


def _whole(meeting, evidence):
    """Whether the targets meet the answers as they are, and not pooled or cut."""
    numbers = 1
    for size in meeting.target:
        numbers *= size
    return meeting.which >= 0 and numbers == evidence.sizes[meeting.which]


def _time_axis(shape, evidence):
    """The number of timesteps of an answer or target of this shape, if it has a time axis."""
    has = len(shape) > 1 and shape[0] == evidence.rows and shape[1] in evidence.steps
    return shape[1] if has else None
