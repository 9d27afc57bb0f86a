"""03.warm_up: a causal model that listens first. Judged by what its outputs hear, then trained."""

from dataclasses import dataclass

import numpy as np

from utils.exercises.calling import guarded
from utils.exercises.checks.sequence_or_last_state.models import (
    OTHER_INPUT,
    UNSTEADY,
    refuse_other_shape,
    refuse_unsteady,
)
from utils.exercises.checks.sequence_or_last_state.short_training import train
from utils.exercises.exercise import Exercise, not_yet, right
from utils.exercises.models import NOT_A_MODEL, asked, built
from utils.exercises.questions import first_wrong, listed, number, some_sizes, verdicts


def judge_warm_up(build):
    """Right if output t hears samples t and delay + t, nothing later, and can be trained."""
    found = verdicts(_heard, build, QUESTIONS, again=1, enough=2)
    _, finding = first_wrong(found)
    if finding is None:
        return _trained(build, QUESTIONS[0])
    return some_sizes(found, _in_short) or finding


WARM_UP = Exercise(
    id="03.warm_up",
    task=(
        "Hand in `build(timesteps, delay, units)`, which returns a Keras model, "
        "[N, delay + timesteps, 1] -> [N, timesteps, 1] or [N, timesteps]. Output t stands beside "
        "input sample delay + t: it hears that sample and sample t, which it wants, and nothing "
        "that comes after sample delay + t."
    ),
    judge=judge_warm_up,
    messages={
        "not_a_model": NOT_A_MODEL,
        "unsteady_model": UNSTEADY,
        "other_input": OTHER_INPUT,
        "all_steps": (
            "At {at} your model returns shape {got}: outputs for the {delay} warm-up samples as "
            "well. Their targets lie before the window; trained on them, the model is asked again "
            "for what it can't know. Look at which outputs belong to the window."
        ),
        "one_step": (
            "At {at} your model returns shape {got} for {rows} sequences: one output each, and "
            "{timesteps} are wanted. Look at which states leave your recurrent layer."
        ),
        "shape": (
            "At {at} your model returns shape {got} for {rows} sequences; ({rows}, {timesteps}, 1) "
            "or ({rows}, {timesteps}) is wanted. Look at each axis of your output, and at what it "
            "counts."
        ),
        "hears_everything": (
            "At {at} every output moves with every input: output 0 with input {last} as well, "
            "which comes {later} samples after input {own}, its own. Such a model has to wait for "
            "the end of the window before it can say its first word, and on a running signal there "
            "is no end. Look for a layer that reads both ways, or that makes all outputs of one "
            "state."
        ),
        "hears_future": (
            "At {at} output {t} moves when input {i} is poked, and its own place is beside input "
            "{own}. When it has to answer, that sample has not come yet. Of all pairs of an input "
            "and an output, {pairs} of this kind. Look at what each layer may look ahead."
        ),
        "hears_nothing": (
            "At {at} no poke of any input moves any output, whatever the weights are. The best "
            "that such a model can learn is a constant. Look at the way from the input to the "
            "output, and for a layer that cuts it."
        ),
        "deaf_outputs": (
            "At {at} {deaf} never moves, whichever input is poked; the others do. Zeros in place "
            "of outputs have the right shape and answer nothing. Look at where these outputs come "
            "from."
        ),
        "wrong_end": (
            "At {at} the last input that output t hears is input {newest}, for t = {t}, and it "
            "stands beside input {own}: all your outputs come {early} too soon. You have kept the "
            "outputs of other steps than the window's, so on a running signal the newest sample "
            "has no output at all. Look at which end of the outputs you drop, and how much."
        ),
        "other_step": (
            "At {at} output {t} does not move when input {own} is poked, the sample that it stands "
            "beside, though other outputs hear theirs. The newest sample is known when the model "
            "answers, and tells it where the sine is. Look at which inputs reach which output."
        ),
        "warm_up_unheard": (
            "At {at} no output hears any of the {delay} warm-up samples. They are there to be "
            "listened to: the target of output 0 is sample 0, one of them. Look at what you drop, "
            "inputs or outputs, and at the layer before which you drop it."
        ),
        "short_reach": (
            "At {at} output {t} hears {heard}, and it wants sample {t}, which lies {delay} before "
            "its own. The model's memory is too short by construction; no training reaches "
            "further. Look at how far back your layers reach, added up, and on what that should "
            "depend."
        ),
        "misses_sample": (
            "At {at} output {t} hears {heard}, and among these is not sample {t}, the one that it "
            "wants. Look at the way of that sample through your layers."
        ),
        "range": (
            "What each output hears is right. But in {steps} steps of training on sines the "
            "outputs stayed between {low} and {high}, and the targets go from −1 to 1: the mean "
            "squared error came from {first} down to {final} only. No weights help against a "
            "limit. Look at the activation at the end of your model."
        ),
        "nothing_trains": (
            "What each output hears is right. But nothing in your model can be trained: no "
            "trainable weight gets a gradient from the error. Look for layers that are frozen, for "
            "a gradient that is stopped, and for steps like rounding that have none."
        ),
        "no_learning": (
            "What each output hears is right. But in {steps} steps of training on sines the mean "
            "squared error went from {first} to {final}, where models of this kind fall far below "
            "that. Something between the input and the output keeps it from learning. Look for "
            "frozen layers, for saturated activations, and for what follows the last layer with "
            "weights."
        ),
        "some_sizes": (
            "At {good} your model is right, and not at {bad}: {finding}. The lesson's slider goes "
            "through many delays and windows. Look for a number in your function that should "
            "depend on `timesteps` or `delay`."
        ),
    },
    hints=(
        "Take timesteps = 5, delay = 2. Draw the seven input samples in a row and write above each "
        "one which output stands beside it. Which two have none?",
        "Start from the sequence model of the question: it is causal already, and hears all that "
        "came. Fed with delay + timesteps samples, how many outputs does it have, and which of "
        "them are asked for?",
        "The warm-up samples must go through the recurrent layer, since its state is what they are "
        "for. So what is dropped, the inputs or the outputs? And at the start or at the end?",
        "`LSTM(units, return_sequences=True)` over all samples, then drop the first `delay` steps, "
        "with `Cropping1D((delay, 0))` or a slice, and `Dense(1)` at each step. The whole answer "
        "is in `solutions/03_sequence_or_last_state.ipynb`.",
    ),
    hints_for={
        "all_steps": "Which outputs stand beside the first `delay` samples? Nobody asks for those.",
        "hears_everything": "Use `influence` on your model. In a causal one, half of the map is "
        "empty. Which layer fills it?",
        "hears_future": "Use `influence` on your model and find the first output that hears too "
        "much. Which layer lets it?",
        "wrong_end": "Write the numbers 0 to 6 for the steps. Which of them are left after your "
        "cut, and which are the last five?",
        "warm_up_unheard": "Let the recurrent layer hear everything first. Drop afterwards.",
        "short_reach": "A causal convolution over k steps reaches k − 1 samples back. How far back "
        "is the wanted one?",
        "range": "What does your last layer return for a large negative number?",
        "deaf_outputs": "A target of the window should meet an output that was computed, not "
        "padded.",
        "hears_nothing": "Try `model(x)` for two quite different x. At which layer do they become "
        "equal?",
        "one_step": "What does `return_sequences` decide?",
    },
    explanation=(
        "Output t hears samples up to its own, delay + t, and the one that it wants, t, lies "
        "`delay` back in its memory: nothing is left to be guessed, and no later sample is needed. "
        "Within {steps} steps of training on sines the mean squared error of your model fell from "
        "{first} to {final}. An LSTM built in this way has as many weights as the Keras half of "
        "the question; only what is asked of it has changed. Of the cures in this lesson it is "
        "the one that can run on a signal while it comes in."
    ),
    seconds=15.0,
    expects="a function `build(timesteps, delay, units)`",
    tensorflow=True,
)


@dataclass(frozen=True)
class _Question:
    """The arguments of `build`."""

    timesteps: int
    delay: int
    units: int

    def words(self):
        return f"timesteps {self.timesteps}, delay {self.delay}"

    def inputs(self):
        return self.delay + self.timesteps


QUESTIONS = (_Question(5, 2, 8), _Question(3, 5, 6), _Question(4, 4, 7))
BASES = 3  # sequences that are poked, so that a relu which is shut for one is open for another
NUDGE = 0.3  # size of what is added to the weights, so that zeros at the start hide no connection


def _heard(build, question):
    """The verdict on shapes and influence at one size."""
    timesteps, delay = question.timesteps, question.delay
    model = built(build, timesteps, delay, question.units)
    x = _poked(question)
    facts = {"at": question.words(), "timesteps": timesteps, "delay": delay, "rows": len(x)}
    outputs = asked(model, x)
    if outputs.shape not in ((len(x), timesteps), (len(x), timesteps, 1)):
        return _misshapen(outputs.shape, question, facts)
    refuse_unsteady(model, x, outputs)
    moved = _moved(outputs, question)
    _nudge(model)
    moved |= _moved(asked(model, x), question)
    finding = _misheard(moved, question, facts)
    if finding is None:
        refuse_other_shape(model, x, at=question.words())
    return finding or right()


def _poked(question):
    """[BASES · (1 + 2 · inputs), inputs, 1]: each base, then with each input poked up and down."""
    inputs = question.inputs()
    rng = np.random.default_rng([inputs, question.delay])
    bases = rng.uniform(-1, 1, (BASES, 1, inputs))
    pokes = np.concatenate([np.zeros((1, inputs)), np.eye(inputs), -np.eye(inputs)])
    return (bases + pokes).reshape(-1, inputs, 1).astype(np.float32)


def _moved(outputs, question):
    """[inputs, timesteps]: whether any poke of an input moves an output by more than rounding."""
    by_poke = outputs.reshape(BASES, 1 + 2 * question.inputs(), question.timesteps)
    change = abs(by_poke[:, 1:] - by_poke[:, :1]).max(axis=0)
    change = change.reshape(2, question.inputs(), question.timesteps).max(axis=0)
    return change > 1e-5 * (1 + abs(outputs).max())


def _nudge(model):
    """Adds small random numbers to the trainable weights."""
    rng = np.random.default_rng(0)
    with guarded("the weights of the model that your function returned were changed a little"):
        for weight in model.trainable_variables:
            drawn = rng.normal(0, NUDGE, weight.shape)
            weight.assign(np.asarray(weight) + drawn.astype(np.float32))


def _misshapen(shape, question, facts):
    facts = facts | {"got": str(shape)}
    if shape[:1] == (len(_poked(question)),):
        steps = shape[1:2]
        if steps == (question.inputs(),) and len(shape) <= 3:
            return not_yet("all_steps", **facts)
        if np.prod(shape[1:]) == 1 or shape[1:] == (question.units,):
            return not_yet("one_step", **facts)
    return not_yet("shape", **facts)


def _misheard(moved, question, facts):
    """The verdict on what each output hears, or None if that is right."""
    timesteps, delay = question.timesteps, question.delay
    inputs, outputs = np.arange(len(moved))[:, None], np.arange(timesteps)
    ahead = np.argwhere((moved & (inputs > delay + outputs)).T)
    if moved.all():
        return not_yet(
            "hears_everything", last=len(moved) - 1, own=delay, later=timesteps - 1, **facts
        )
    if len(ahead):
        t, i = ahead[0]
        pairs = "1 is" if len(ahead) == 1 else f"{len(ahead)} are"
        return not_yet("hears_future", t=t, i=i, own=delay + t, pairs=pairs, **facts)
    if not moved.any():
        return not_yet("hears_nothing", **facts)
    if not moved.any(axis=0).all():
        deaf = listed(np.flatnonzero(~moved.any(axis=0)), "output", "outputs")
        return not_yet("deaf_outputs", deaf=deaf, **facts)
    if not moved[:delay].any():
        return not_yet("warm_up_unheard", **facts)
    newest = len(moved) - 1 - moved[::-1].argmax(axis=0)
    early = delay + outputs - newest
    if (early == early[0]).all() and early[0]:
        steps = f"{early[0]} step{'s' * int(early[0] > 1)}"
        return not_yet("wrong_end", newest=newest[0], t=0, own=delay, early=steps, **facts)
    if early.any():
        t = int(np.argmax(early))
        return not_yet("other_step", t=t, own=delay + t, **facts)
    missing = np.flatnonzero(~moved[outputs, outputs])
    if not missing.size:
        return None
    reached = [t for t in missing if moved[:t, t].any()]  # further back than the wanted sample
    t = (reached or missing)[0]
    heard = listed(np.flatnonzero(moved[:, t]), "input", "inputs")
    return not_yet("misses_sample" if reached else "short_reach", t=t, heard=heard, **facts)


def _trained(build, question):
    """The verdict on a short training of a new model."""
    model = built(build, question.timesteps, question.delay, question.units)
    training = train(model, question.timesteps, question.delay)
    low, high = training.lowest, training.highest
    facts = {"steps": training.steps, "first": number(training.first, 2)}
    facts |= {"final": number(training.final, 2), "low": number(low, 2), "high": number(high, 2)}
    if training.learned:
        return right(**facts)
    if not training.anything:
        return not_yet("nothing_trains", **facts)
    return not_yet("range" if low > -0.5 or high < 0.5 else "no_learning", **facts)


def _in_short(verdict):
    """What was seen at one size, as a clause."""
    clauses = {
        "hears_everything": "every output hears every input",
        "hears_future": "output {t} hears input {i}, which comes after input {own}, its own",
        "wrong_end": "the last input that output {t} hears is input {newest}, and not {own}",
        "short_reach": "output {t} hears {heard}, and not sample {t}",
        "misses_sample": "output {t} hears {heard}, and not sample {t}",
        "warm_up_unheard": "no output hears the warm-up samples",
        "hears_nothing": "no output hears anything",
        "deaf_outputs": "{deaf} never moves",
        "other_input": "it was built for inputs of shape {announced}",
    }
    clause = clauses.get(verdict.message)
    if clause is None:
        got = verdict.facts.get("got")
        clause = "the output has shape {got}" if got else "there it gives no output to judge"
    return clause.format(**verdict.facts)
