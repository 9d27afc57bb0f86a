"""03.reach: which outputs can be right? Judged on influence maps whose answers are worked out."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace

import numpy as np

from utils.exercises.calling import as_array, call, describe
from utils.exercises.exercise import Exercise, NotYet, not_yet, right
from utils.exercises.questions import listed, number, verdicts

ENOUGH = 3  # noise-free samples that fix a sine's frequency, phase and size


def judge_reach(reach):
    """Right if each output is said to be in reach where what it hears tells its target."""
    given = {}  # question -> what the answer says to it, as long as that can be read

    def once(answer, question):
        given[question] = said = _said(answer, question)
        return right() if (said == question.truth()).all() else not_yet("other")

    questions = _questions()
    _said(reach, questions[0])  # what cannot be read here need not be asked on
    found = verdicts(once, reach, questions)
    unreadable = [
        verdict for verdict in found.values() if verdict.message not in ("", "other", "raised")
    ]
    if unreadable:
        return unreadable[0]
    raised = [verdict for verdict in found.values() if verdict.message == "raised"]
    wrong = [question for question in given if (given[question] != question.truth()).any()]
    if not wrong:
        return raised[0] if raised else right(questions=len(questions))
    message, facts = _misread(given)
    if message == "other" and raised:
        return raised[0]
    numbers = {"wrong": len(wrong), "total": len(questions)}
    return not_yet(message, example=_example(wrong[0], given[wrong[0]]), **facts, **numbers)


REACH = Exercise(
    id="03.reach",
    task=(
        "Hand in `reach(moved, delay, sine)`, which returns a truth value for each output: can it "
        "be right? `moved[i, t]` says that input i moves output t; output t wants sample "
        "t − delay. White noise (`sine` is False) must be heard itself; a sine is also known from "
        "any three samples."
    ),
    judge=judge_reach,
    messages={
        "indices": (
            "For {asked} you returned {got}, which reads as the indices of outputs. Wanted is a "
            "yes or no for every output, {timesteps} in all, so that it can be laid beside the "
            "error by step. Look at the last thing that your function does to its truth values."
        ),
        "not_a_truth": (
            "For {asked} you returned {value} for output {t}, and a yes or no is wanted for each. "
            "A count says how much is heard, not whether it is enough. Look for the comparison "
            "that makes a decision out of it."
        ),
        "length": (
            "For {asked} you returned a result of shape {got}; ({timesteps},) is wanted, a yes or "
            "no for each output. Without that nobody can tell which output is meant. Look at which "
            "axis of `moved` counts outputs, and at what your result has one entry for."
        ),
        "constant": (
            "Your function says {said} to every output of every map, whatever is heard, wanted or "
            "known of the signal. {example} Look at what in your function depends on `moved`."
        ),
        "map_unread": (
            "Your function goes by the clock: it says yes from output `delay` on, whatever the map "
            "shows. {example} What a model may hear is for the map to say; models that run both "
            "ways, or that forget, look different. Look at where `moved` enters your answer."
        ),
        "transposed": (
            "You read the map with its axes exchanged: what you say fits `moved[t, i]`. {example} "
            "In a map of a causal model the two halves are each other's mirror, and that is easily "
            "missed. Look at which axis is an input."
        ),
        "before_window": (
            "The sample that output t wants is t − delay, and early on that lies before the "
            "window. {example} What you look up in its place is another sample: in Python an "
            "index below 0 counts from the end, and one that is cut off at 0 stays at the first. "
            "Look at what your index is at output 0."
        ),
        "wrong_way": (
            "You look for sample t + delay, and output t wants sample t − delay. {example} An echo "
            "comes after the sound. Look at the sign in front of `delay`."
        ),
        "shifted": (
            "You look one sample beside the wanted one. {example} Look at the index of the sample "
            "that you look up, at output `delay` for instance: it should be the first of the "
            "window."
        ),
        "own_only": (
            "You treat a sine like noise: an output that does not hear its own sample is out of "
            "reach to you. {example} A sine goes on before and after what is heard, and three of "
            "its samples fix it. Look at what `sine` changes in your answer."
        ),
        "noise_too": (
            "You treat noise like a sine: three samples heard are enough for you. {example} "
            "Samples of white noise say nothing about each other. Look at what `sine` changes in "
            "your answer."
        ),
        "upside_down": (
            "You use the sine's rule for noise and the noise's rule for a sine. {example} Look at "
            "the condition on `sine`, and at which way round it is."
        ),
        "other_count": (
            "For a sine you ask for {count} heard samples. {example} Frequency, phase and size are "
            "three unknowns, and three samples without noise fix them. Look at the comparison of "
            "your count."
        ),
        "forgets_own": (
            "For a sine you count samples and nothing else. {example} An output that hears its own "
            "sample need not work out the rest. Look at how the two ways to be right are put "
            "together."
        ),
        "both_needed": (
            "For a sine you ask for two things at once: the own sample and three of any kind. "
            "{example} Either is enough. Look at how the two ways to be right are put together."
        ),
        "causal_count": (
            "Of the samples that an output hears you count only those up to its own step. "
            "{example} Some models read a sequence from its end as well, and samples from there "
            "tell as much of a sine. Look at the rows of `moved` that your count goes over."
        ),
        "any_input": (
            "You say yes wherever anything is heard at all. {example} One sample of noise or of a "
            "sine does not tell another. Look at what an output must hear, and how much."
        ),
        "own_step": (
            "You look whether output t hears sample t, and it wants the sample `delay` steps "
            "before. {example} Look at where `delay` enters your index."
        ),
        "opposite": (
            "Your answer is the exact opposite of the right one, at every output. {example} Look "
            "for a negation, or for the words of the question: who can be right?"
        ),
        "other": (
            "To {wrong} of {total} questions your answer is not right. {example} Look at that one "
            "output by hand: which sample does it want, does it hear it, and how many does it hear?"
        ),
    },
    hints=(
        "Take timesteps = 5, delay = 2 and a causal model, where output t hears inputs 0 to t. "
        "Write beneath each output which sample it wants and which it hears.",
        "White noise first. Which entry of `moved` says that output 3 hears the sample that it "
        "wants? And is there such an entry for output 1?",
        "Now the sine. How many inputs does each output hear? That is a count down a column of "
        "`moved`. An output is in reach if it hears its own sample, or if the count is large "
        "enough; keep the first rule as it is.",
        "`moved.sum(axis=0) >= 3` is the sine's rule for all outputs at once; the own sample is "
        "`moved[t - delay, t]`, where t ≥ delay. The whole answer is in "
        "`solutions/03_sequence_or_last_state.ipynb`.",
    ),
    hints_for={
        "before_window": "Print `[t - delay for t in range(len(moved))]`. Which of these are "
        "inputs of the window?",
        "transposed": "Try a map in which one input alone moves one output alone: `moved[4, 1] = "
        "True`. Who hears whom?",
        "map_unread": "Try a map in which nothing moves anything. What should your function say?",
        "own_only": "Two unknowns too many can be solved for. What are the unknowns of a sine, and "
        "how many samples does it take to fix them?",
        "forgets_own": "Try a model whose output t hears its own sample and no other. Can it be "
        "right?",
        "raised": "Try your function by hand at delay 0, and at a delay longer than the window.",
        "other_count": "a · sin(ω · t + φ): count the unknowns.",
    },
    explanation=(
        "An output can be right if the map lets it hear what tells its target. For noise that is "
        "the one sample itself, and a causal model never has it before step `delay`: those errors "
        "stay, whatever the units or the training. For a sine any three samples will do, which is "
        "why the early outputs of a causal model are hard, not impossible, and only the very first "
        "have too little to go by. A last state hears everything from output 0 on. The map says "
        "what may be learned, not that it will be: a bad condition or a wrong activation still "
        "costs. {questions} questions got the right answer."
    ),
    expects="a function `reach(moved, delay, sine)`",
)


@dataclass(frozen=True, eq=False)
class _Question:
    """A model's influence map, and what is asked of it."""

    name: str
    moved: np.ndarray  # [inputs, outputs], True where input moves output
    delay: int
    sine: bool

    def words(self):
        signal = "a sine" if self.sine else "white noise"
        steps = f"{len(self.moved)} timestep{'s' * (len(self.moved) > 1)}"
        return f"{self.name} ({steps}), delay {self.delay}, and {signal}"

    def wanted(self):
        """The sample that each output wants; below 0 it lies before the window."""
        return np.arange(len(self.moved)) - self.delay

    def truth(self):
        return _own(self) | (self.sine & (self.moved.sum(axis=0) >= ENOUGH))


def _questions():
    """Maps of models that there are, and of some that nobody has built, at several delays."""
    rng = np.random.default_rng(3)
    step = np.arange(9)
    lag = step[None, :] - step[:, None]  # [inputs, outputs]: how long ago the input was
    maps = {
        "a causal model": lag[:7, :7] >= 0,
        "a last state with a dense layer": np.ones((6, 6), bool),
        "a convolution over 2 steps": ((lag >= 0) & (lag < 2))[:5, :5],
        "a convolution over 4 steps": ((lag >= 0) & (lag < 4))[:8, :8],
        "a model that reads from the end": lag[:7, :7] <= 0,
        "a model that hears its own step only": lag[:6, :6] == 0,
        "a model that hears one step only, 2 back": lag[:6, :6] == 2,
        "a model that hears nothing": lag[:4, :4] > 9,
        "a model that hears the newest input only": (step[:5] == 4)[:, None] & (step[:5] >= 0),
        "a model that hears the last 3 inputs only": (step[:6] > 2)[:, None] & (step[:6] >= 0),
        "a model that hears every second step": ((lag >= 0) & (lag % 2 == 0))[:8, :8],
        "a wiring drawn at random": rng.random((8, 8)) < 0.4,
        "another wiring drawn at random": rng.random((9, 9)) < 0.25,
        "a model with a single step": np.ones((1, 1), bool),
    }
    return [
        _Question(name, moved, delay, sine)
        for name, moved in maps.items()
        for delay in sorted({0, 1, 2, 3, len(moved) - 1, len(moved)})
        if delay <= len(moved)
        for sine in (False, True)
    ]


def _said(reach, question):
    """The answer to one question as truth values [timesteps], or NotYet."""
    timesteps = len(question.moved)
    result = call(reach, question.moved, question.delay, question.sine)
    facts = {"timesteps": timesteps, "got": describe(result), "asked": question.words()}
    if isinstance(result, str | bytes | Mapping | Set):
        expected = "a list or an array of truth values, one for each output"
        raise NotYet("wrong_type", what="the result", expected=expected, got=facts["got"])
    array = as_array(result, "the result")
    if array.shape == (timesteps,) and np.isin(array, (0, 1)).all():
        return array.astype(bool)
    if array.dtype != bool and _are_indices(array, timesteps):
        raise NotYet("indices", **facts)
    if array.shape != (timesteps,):
        raise NotYet("length", **facts | {"got": str(array.shape)})
    t = int(np.argmax(~np.isin(array, (0, 1))))
    raise NotYet("not_a_truth", t=t, value=number(array[t]), **facts)


def _are_indices(array, timesteps):
    flat = array.ravel()
    inside = np.isin(flat, np.arange(timesteps)).all()
    return (
        array.ndim
        and array.size == array.shape[-1]
        and inside
        and np.unique(flat).size == flat.size
    )


def _misread(given):
    """(message, facts): which way to read the maps gives the answers to all questions?"""
    for message, facts, reading in _readings():
        if all((said == reading(question)).all() for question, said in given.items()):
            return message, facts
    return "other", {}


def _readings():
    """(message, facts, what an answer says that reads so), for each of two steps and both.

    First the sample that an output wants is looked up, then it is decided whether that is enough.
    """
    for said in (True, False):
        words = "yes" if said else "no"
        yield (
            "constant",
            {"said": words},
            lambda question, said=said: np.full(len(question.moved), said),
        )
    yield "opposite", {}, lambda question: ~question.truth()
    for look_up_fault, look_up in _LOOK_UPS:
        for rule_fault, facts, rule in _RULES:
            message = look_up_fault or rule_fault
            if message:
                yield message, facts, lambda q, rule=rule, own=look_up: rule(q, own(q))


def _own(question, shift=0):
    """[timesteps]: whether each output hears the sample that it wants."""
    timesteps = len(question.moved)
    wanted = question.wanted() + shift
    inside = (wanted >= 0) & (wanted < timesteps)
    return inside & question.moved[wanted.clip(0, timesteps - 1), np.arange(timesteps)]


def _turned(question):
    return replace(question, moved=question.moved.T)


def _wrapped(question):
    timesteps = len(question.moved)
    return question.moved[question.wanted() % timesteps, np.arange(timesteps)]


def _cut_off(question):
    return question.moved[question.wanted().clip(0), np.arange(len(question.moved))]


def _heard(question):
    return question.moved.sum(axis=0)


def _heard_by_now(question):
    return np.triu(question.moved).sum(axis=0)


def _heard_before(question):
    return np.triu(question.moved, 1).sum(axis=0)


_LOOK_UPS = (  # (message, which outputs hear what is taken for their sample)
    (None, _own),
    ("transposed", lambda q: _own(_turned(q))),
    ("before_window", _wrapped),
    ("before_window", _cut_off),
    ("wrong_way", lambda q: _own(replace(q, delay=-q.delay))),
    ("wrong_way", lambda q: _wrapped(replace(q, delay=-q.delay))),
    ("shifted", lambda q: _own(q, 1)),
    ("shifted", lambda q: _own(q, -1)),
    ("own_step", lambda q: q.moved.diagonal()),
    ("map_unread", lambda q: q.wanted() >= 0),
    ("map_unread", lambda q: q.wanted() > 0),
    ("any_input", lambda q: q.moved.any(axis=0)),
)
_RULES = (  # (message, facts, what is said of outputs that hear their sample, and of the others)
    (None, {}, lambda q, own: own | (q.sine & (_heard(q) >= ENOUGH))),
    ("own_only", {}, lambda q, own: own),
    ("noise_too", {}, lambda q, own: own | (_heard(q) >= ENOUGH)),
    ("noise_too", {}, lambda q, own: _heard(q) >= ENOUGH),
    ("upside_down", {}, lambda q, own: own | ((not q.sine) & (_heard(q) >= ENOUGH))),
    ("forgets_own", {}, lambda q, own: _heard(q) >= ENOUGH if q.sine else own),
    ("both_needed", {}, lambda q, own: own & ((_heard(q) >= ENOUGH) | (not q.sine))),
    ("causal_count", {}, lambda q, own: own | (q.sine & (_heard_by_now(q) >= ENOUGH))),
    ("causal_count", {}, lambda q, own: own | (q.sine & (_heard_before(q) >= ENOUGH))),
    ("transposed", {}, lambda q, own: own | (q.sine & (_heard(_turned(q)) >= ENOUGH))),
    *(
        ("other_count", {"count": count}, lambda q, own, k=k: own | (q.sine & (_heard(q) >= k)))
        for k, count in ((0, "no"), (1, "1"), (2, "2"), (4, "4"), (5, "5"))
    ),
)


def _example(question, said):
    """A sentence on the first output of a question that is not said right."""
    t = int(np.argmax(said != question.truth()))
    wanted = question.wanted()[t]
    where = "" if wanted >= 0 else ", which lies before the window"
    heard = listed(np.flatnonzero(question.moved[:, t]), "input", "inputs")
    wants = f"output {t} wants sample {number(wanted)}{where}, and hears {heard}"
    return f"For {question.words()}: {wants}; you say {'yes' if said[t] else 'no'}."
