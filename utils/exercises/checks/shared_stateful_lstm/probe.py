"""05.probe: who hears whom? Judged on models of known manners."""

import numpy as np

from utils.exercises.calling import as_array
from utils.exercises.checks.shared_stateful_lstm.subjects import subjects
from utils.exercises.exercise import Exercise, NotYet, not_yet, right
from utils.exercises.models import ask, shared
from utils.puzzles import shared_stateful_lstm as puzzle


def judge_who_hears(who_hears):
    """Right if every entry is right for every model, and each model is left as it should be."""
    models = subjects()
    said = {one.name: _asked(who_hears, one) for one in models}
    wrong = [one for one in models if (said[one.name] != one.heard).any()]
    if wrong:
        return _misjudged(wrong, models, said)
    again = models[np.random.default_rng().integers(len(models))]
    if (_asked(who_hears, again) != again.heard).any():
        return not_yet("unsteady", asked=f"about {again.words}")
    return right(models=len(models), later=sum(_only_later(one) for one in models))


PROBE = Exercise(
    id="05.probe",
    task=(
        "Hand in `who_hears(model, x)`, which returns a [streams, streams] array of truth values: "
        "entry [j, i] says whether stream i's output changes, in this chunk or in the next, when "
        "the input of stream j changes in this chunk. However little it changes, it counts. x is "
        "one chunk, [batch, streams, timesteps, features]. Leave the model's state reset, or as it "
        "was."
    ),
    judge=judge_who_hears,
    messages={
        "amounts": (
            "For {words} your result holds numbers such as {number}. Whoever reads the map asks "
            "yes or no, and after a reset the same chunks give the same numbers to the last bit. "
            "Look at what you compare, and at what you return."
        ),
        "state_left": (
            "After your function had looked at {words}, its streams did not go on from a reset, "
            "nor from where they were. The next prediction of its owner begins with the end of "
            "your experiment. Look at the last thing that your function does to the model."
        ),
        "changed_model": (
            "After your function had looked at {words}, its weights were no longer the same. A "
            "probe that alters what it measures has measured something else. Look for `fit`, "
            "`train_on_batch`, `set_weights` or `assign`."
        ),
        "not_reset": (
            "You said that everybody hears everybody in {words}; there, {why}. You said it of "
            "every model that has a state, and only of the one without were you right to say "
            "otherwise. So your two outputs differ for another reason than the poke. Look at the "
            "state from which each of your runs begins."
        ),
        "everybody": (
            "You said of all {models} models that everybody hears everybody, also of {words}: "
            "{why}. Look at what you compare with what, and at the axes over which you ask "
            "whether anything has changed."
        ),
        "nobody": (
            "You said of all {models} models that nobody hears anybody, not even itself. A stream "
            "that does not hear its own input would be a strange one. Look at whether your poke "
            "reaches the model, and at what you compare."
        ),
        "only_itself": (
            "You said of all {models} models that each stream hears itself and nobody else, also "
            "of {words}: {why}. Look at which outputs you watch while stream j is poked, and at "
            "whether the way you ask can follow a state that is written by one stream and read by "
            "another."
        ),
        "this_chunk_only": (
            "In the chunk itself you are right about all {models} models. But in {words}, stream "
            "{i} hears stream {j} one chunk later: {why}. A state outlives the call. Look at how "
            "many chunks your model is given after a reset."
        ),
        "next_chunk_only": (
            "About the next chunk you are right for all {models} models. But in {words}, stream "
            "{i} hears stream {j} at once: {why}. Look at which of the outputs you compare."
        ),
        "transposed": (
            "Your maps are right, and turned: in {words}, you say that stream {i} hears stream "
            "{j}, and it is the other way round. With a symmetric map nobody notices. Look at "
            "which axis belongs to the stream that is poked."
        ),
        "not_itself": (
            "You are right about all pairs of two streams. But whether a stream hears itself is a "
            "question as well: in {words}, entry [{j}, {i}] is wrong. {Why}. Look at what you put "
            "on the diagonal."
        ),
        "long_chunk": (
            "You are right about all models but one, whose chunk has {timesteps} steps: {words}. "
            "There {why}. Fading memory hides a leak from whoever looks in one place. Look at "
            "which steps you poke, and at which you watch."
        ),
        "zero_input": (
            "You are right about all models but one, whose chunk holds zeros: {words}. There "
            "{why}. A poke that leaves zero as it is, is none. Look at how you change the input."
        ),
        "too_coarse": (
            "You are right about all models but one: {words}. There {why}. Stream {i} does hear "
            "stream {j}, and your limit is too coarse to see it. Look at what a model's answer "
            "differs by, if nothing at all was changed."
        ),
        "one_feature": (
            "You are right about all models but one: {words}. There {why}. Look at how much of a "
            "step you poke."
        ),
        "rows": (
            "You are right about all models but one: {words}. There {why}. Look at which axes of "
            "the output you join, and which one is left."
        ),
        "false_alarm": (
            "In {words}, you say that stream {i} hears stream {j}. It does not: {why}. For "
            "{wrong} of the {models} models your map is not right. Look at what else could make "
            "your two outputs differ, or at which stream's output you look."
        ),
        "missed": (
            "In {words}, you say that stream {i} does not hear stream {j}. It does: {why}. For "
            "{wrong} of the {models} models your map is not right. Look at where in time you poke, "
            "where you watch, and for how many chunks."
        ),
    },
    hints=(
        "You want to know what one poke does. So two runs must differ in the poke and in nothing "
        "else. What besides the input decides what a stateful model answers?",
        "A run is: reset, this chunk, the next chunk. Keep both outputs. Make one run in peace, "
        "and one for each stream that you poke.",
        "Poke all of stream j by adding something: to set it to zero does nothing where it is zero "
        "already. Then ask, for each stream i: has any number of its outputs changed, in any row, "
        "at any step, in either chunk?",
        "Stack the two outputs, compare with `!=`, and take `.any(axis=(0, 1, 3, 4))`: what is "
        "left is the axis of streams. It is row j of the map. Reset once more at the end. The "
        "whole answer is in `solutions/05_shared_stateful_lstm.ipynb`.",
    ),
    hints_for={
        "not_reset": "Call the model twice on the same chunk. What would you have to do between "
        "the calls to get the same answer?",
        "this_chunk_only": "Give the model x once more after the poked chunk. Who has changed?",
        "next_chunk_only": "Both chunks count, the poked one and the one after it.",
        "only_itself": "Write down the whole output before and after one poke, and subtract.",
        "transposed": "Row j: stream j is poked. Column i: stream i is watched.",
        "long_chunk": "Poke the whole stream, and watch all steps.",
        "zero_input": "Add something.",
        "too_coarse": "Run the same thing twice after a reset. By how much do the answers differ?",
        "state_left": "`puzzle.reset(model)` is the last word of a polite probe.",
    },
    explanation=(
        "Right about {models} models; in {later} of them somebody is heard in the next chunk only, "
        "and whoever looks at one call would have let them pass. Poke one stream, from a reset, "
        "watch all, over two chunks: that is the whole instrument, and it asks nothing about how a "
        "model is built. What it can't tell is how much a stream hears, and whether that was "
        "meant. `streams` from `utils` shows the two maps side by side, with sizes."
    ),
    seconds=60.0,
    expects="a function `who_hears(model, x)`",
    tensorflow=True,
)


def _asked(who_hears, subject):
    """The map that the answer gives, as [streams, streams] bool; NotYet if it is none."""
    model, x = shared(subject.make()), subject.x()
    spoilt = x[::-1] + 0.5  # what the model has heard before it is handed over
    fresh, kept, handed_over = _ways_to_go_on(model, spoilt, x)
    result = ask(who_hears, model, x, given=f"asked about {subject.words}")
    streams = len(subject.same)
    array = as_array(result, "the result", (streams, streams))
    if not np.isin(array, (0, 1)).all():
        strange = array[~np.isin(array, (0, 1))][0]
        raise NotYet("amounts", words=subject.words, number=f"{strange:.3g}")
    if any(not np.array_equal(a, b) for a, b in zip(handed_over, _weights(model), strict=True)):
        raise NotYet("changed_model", words=subject.words)
    now = np.asarray(model(x))
    if not any(np.allclose(now, good, 1e-4, 1e-7) for good in (fresh, kept)):
        raise NotYet("state_left", words=subject.words)
    return array.astype(bool)


def _ways_to_go_on(model, before, x):
    """The outputs for x from a reset, and after `before`; leaves the model after `before`.

    Returns both, and the weights.
    """
    puzzle.reset(model)
    fresh = np.asarray(model(x))
    puzzle.reset(model)
    model(before)
    kept = np.asarray(model(x))
    puzzle.reset(model)
    model(before)
    return fresh, kept, _weights(model)


def _weights(model):
    return [np.asarray(weight).copy() for weight in model.trainable_variables]


def _misjudged(wrong, models, said):
    """The verdict on a wrong answer, by the models and the entries that it is wrong about."""
    names = {one.name for one in wrong}
    for message, reading in _readings():
        if all(np.array_equal(said[one.name], reading(one)) for one in models):
            return _told(message, wrong, models, said)
    alone = {
        "long": "long_chunk",
        "zeros": "zero_input",
        "faint": "too_coarse",
        "now": "one_feature",
        "rows": "rows",
    }
    if len(names) == 1 and names <= alone.keys():
        return _told(alone[names.pop()], wrong, models, said)
    missed = [one for one in wrong if (one.heard & ~said[one.name]).any()]
    return _told("missed" if missed else "false_alarm", missed or wrong, models, said)


def _readings():
    """(message, what an answer with that fault says of a subject), the plainest first."""
    return (
        ("everybody", lambda one: np.ones_like(one.same)),
        ("nobody", lambda one: np.zeros_like(one.same)),
        ("only_itself", lambda one: np.eye(len(one.same), dtype=bool)),
        ("not_reset", lambda one: one.heard | one.stateful),
        ("this_chunk_only", lambda one: one.same),
        ("next_chunk_only", lambda one: one.following),
        ("transposed", lambda one: one.heard.T),
        ("not_itself", lambda one: one.heard & ~np.eye(len(one.same), dtype=bool)),
        ("not_itself", lambda one: one.heard | np.eye(len(one.same), dtype=bool)),
    )


def _told(message, wrong, models, said):
    """The verdict with an example: one of two different streams, if there is one."""
    gaps = {one.name: said[one.name] != one.heard for one in wrong}
    if message == "missed":
        gaps = {one.name: one.heard & ~said[one.name] for one in wrong}
    between = {name: gap & ~np.eye(len(gap), dtype=bool) for name, gap in gaps.items()}
    one = next((one for one in wrong if between[one.name].any()), wrong[0])
    j, i = np.argwhere(between[one.name] if between[one.name].any() else gaps[one.name])[0]
    facts = {"words": one.words, "why": one.why, "Why": one.why[0].upper() + one.why[1:]}
    facts |= {"models": len(models), "timesteps": one.timesteps}
    facts["wrong"] = sum((said[other.name] != other.heard).any() for other in models)
    return not_yet(message, j=j, i=i, **facts)


def _only_later(subject):
    return bool((subject.following & ~subject.same).any())
