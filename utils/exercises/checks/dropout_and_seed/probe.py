"""02.probe: is anything random while `fit` trains this model? Judged on models of known manners."""

import numpy as np

from utils.exercises.calling import yes_or_no
from utils.exercises.checks.dropout_and_seed.asking import eagerly
from utils.exercises.checks.dropout_and_seed.subjects import INPUTS, subjects
from utils.exercises.exercise import Exercise, not_yet, right
from utils.exercises.models import ask, shared

ROWS = 64  # two batches of `fit`'s usual size
TRACED = ("plain", "look-alike")  # asked once more as a notebook would run them


def judge_drops_in_fit(drops_in_fit):
    """Right if the answer says of each model whether its training is random."""
    models = subjects()
    with eagerly():
        said = {one.name: _asked(drops_in_fit, one, seed=1) for one in models}
        wrong = [one for one in models if said[one.name] != one.random]
        if wrong:
            return _misjudged(wrong, models, said)
        chance = np.random.default_rng()
        again = models[chance.integers(len(models))]
        if _asked(drops_in_fit, again, seed=2) != again.random:
            return not_yet("unsteady", asked=f"about {again.words}")
    for one in models:
        if one.name in TRACED and _asked(drops_in_fit, one, seed=3) != one.random:
            return not_yet("eager_only", words=one.words, said=not one.random)
    return right(models=len(models), noisy=sum(one.random for one in models))


PROBE = Exercise(
    id="02.probe",
    task=(
        "Hand in `drops_in_fit(model, x, y)`, which returns True if anything is random in the "
        "Keras model while `fit` trains it on x and y, and False if not. The model comes compiled, "
        "and not always built. It is yours to spoil; x and y are not."
    ),
    judge=judge_drops_in_fit,
    messages={
        "always_yes": (
            "You said True of all {models} models, also of {words}: {why}. If you compare two "
            "losses or two outputs, something else than chance has moved between them: training "
            "changes the weights, and `fit` shuffles its rows. Look at what you hold still while "
            "you compare."
        ),
        "always_no": (
            "You said False of all {models} models, also of {words}: {why}. Noise that belongs to "
            "training shows in training alone. Look at the mode in which your function runs the "
            "model, and at what it would have to see."
        ),
        "fooled": (
            "You said True of {words}: {why}. Called by hand with `training=True` this model does "
            "draw random numbers, and in its own `fit` it doesn't. Look at which of the two your "
            "function watches."
        ),
        "counts_layers": (
            "You said True of {words}: {why}. Whether a model holds such a layer is one thing, and "
            "whether the layer is told that this is training is another. It is the question's own "
            "trap: both its models list the same layers. Look at what your function takes for "
            "evidence."
        ),
        "batch_norm": (
            "You said True of {words}: {why}. What you compare differs for another reason than "
            "chance. Look at whether both sides of your comparison run in the same mode, on the "
            "same rows, in the same batches."
        ),
        "one_kind": (
            "You said False of {words}: {why}. Lists of layer types are never complete. Look at "
            "how your function knows noise when it meets it."
        ),
        "hidden": (
            "You said False of {words}: {why}. You found every noise layer that Keras knows by "
            "name, and this noise has none. Look for a sign of randomness that doesn't depend on "
            "where it comes from."
        ),
        "false_alarm": (
            "You said True of {words}: {why}. Of {wrong} of the {models} models your answer is not "
            "right. Look at what your function compares, for this model, number by number."
        ),
        "missed": (
            "You said False of {words}: {why}. Of {wrong} of the {models} models your answer is "
            "not right. Look at what your function would see if this model were asked to train "
            "twice on the same rows."
        ),
        "eager_only": (
            "You were right about all models while each step ran line by line. In a notebook, "
            "`fit` first turns the step into a graph, and there you said {said} of {words}. Python "
            "code in a layer then runs once, when the graph is made. Look at where your function "
            "takes its evidence from."
        ),
    },
    hints=(
        "Suppose that nothing is random. Which two numbers must then be equal to the last bit? And "
        "what besides chance could make them differ?",
        "Let `fit` itself be the witness: its losses are computed in training, as the model really "
        "trains. Two epochs over the same rows give two losses. What has to stand still between "
        "them?",
        "Three things move: the weights, the order of the rows, and chance. A learning rate of 0 "
        "holds the first; an argument of `fit` holds the second.",
        "`model.compile(keras.optimizers.SGD(0.0), model.loss)`, then `fit` with two epochs, "
        "`shuffle=False` and one batch; compare the two losses. The whole answer is in "
        "`solutions/02_dropout_and_seed.ipynb`.",
    ),
    hints_for={
        "always_yes": "Try your function on a model of two Dense layers. What differs between "
        "your two numbers, and why?",
        "fooled": "`fit` does not call your model in the way you do. Which function could you call "
        "to see what `fit` sees?",
        "counts_layers": "Both look-alikes hold the same layers. What differs in what they do?",
        "batch_norm": "Compare training with training, not training with `evaluate`, and give both "
        "the same batches.",
        "hidden": "Two epochs at a learning rate of 0: would they give the same loss here?",
        "one_kind": "What do all kinds of noise do to the loss of the same rows?",
        "always_no": "`predict` and `evaluate` switch all of it off. Which function doesn't?",
        "eager_only": "What Python keeps in a list while a graph is made is no number yet. The "
        "history that `fit` returns is.",
    },
    explanation=(
        "Told apart: {models} models, {noisy} of them noisy. Two passes over the same rows, in "
        "`fit` and with nothing allowed to move, must cost the same to the last bit unless "
        "something is random. No list of layers is needed for that, so noise has nowhere to hide, "
        "and BatchNormalization raises no alarm. Calling the model by hand would have told you of "
        "another model than the one that `fit` trains: a `call` without `training` is noisy by "
        "hand and quiet in `fit`. What this probe doesn't say is *where* the noise is. For that "
        "there is `noise`."
    ),
    seconds=60.0,
    expects="a function `drops_in_fit(model, x, y)`",
    tensorflow=True,
)


def _asked(drops_in_fit, subject, seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(ROWS, INPUTS)).astype(np.float32)
    y = (x[:, :1] - x[:, 1:2] ** 2 + 1).astype(np.float32)
    given = f"asked about {subject.words}"
    return yes_or_no(ask(drops_in_fit, shared(subject.make()), x, y, given=given))


def _misjudged(wrong, models, said):
    """The verdict on a wrong answer, by the models that it is wrong about."""
    facts = {"models": len(models), "wrong": len(wrong)}

    def told(message, one):
        return not_yet(message, words=one.words, why=one.why, **facts)

    if len(set(said.values())) == 1:
        return told("always_yes" if said["plain"] else "always_no", wrong[0])
    alarms = [one for one in wrong if not one.random]
    missed = [one for one in wrong if one.random]
    named = {one.name: one for one in wrong}
    if "spare" in named or {"look-alike", "hard"} <= named.keys():
        return told("counts_layers", named.get("look-alike", wrong[0]))
    if any(one.called for one in alarms) and not missed:
        return told("fooled", next(one for one in alarms if one.called))
    if "batch norm" in named:
        return told("batch_norm", named["batch norm"])
    if {one.name for one in missed} == {"hidden"} and not alarms:
        return told("hidden", missed[0])
    if not alarms and named.keys() <= {"gaussian", "hidden"}:
        return told("one_kind", missed[0])
    return told("false_alarm", alarms[0]) if alarms else told("missed", missed[0])
