"""Asks a Keras model that an answer has built, and an answer that is about a Keras model."""

from utils.exercises.calling import as_array, call, describe, guarded
from utils.exercises.exercise import NotYet

NOT_A_MODEL = (
    "Your function returned {got}, and a Keras model is wanted. Only a model can be compiled, "
    "trained and saved with the weights that it holds. Look at your `return` line."
)


def built(answer, *args, given=None):
    """The Keras model that `answer(*args)` returns, or NotYet ("not_a_model" among others).

    given: as for `ask`; without it, a message lists the arguments.
    """
    from keras import Model  # before the answer has a chance to put something else there

    model = call(answer, *args) if given is None else ask(answer, *args, given=given)
    if not issubclass(type(model), Model):
        raise NotYet("not_a_model", got=describe(model))
    return model


def asked(model, x):
    """The model's outputs for x as an array of its own, float64, or NotYet."""
    with guarded(f"the model that your function returned was called with x of shape {x.shape}"):
        outputs = model(x.copy())
    return as_array(outputs, "the model's output").astype(float)


def ask(answer, *args, given):
    """`call(answer, *args)`; `given` completes the message's "When {given}, your answer …".

    Raises what `call` raises; arrays are copied and compared, models are handed over themselves.
    """
    try:
        return call(answer, *args)
    except NotYet as stop:
        if "given" in stop.verdict.facts:
            raise NotYet(stop.verdict.message, **stop.verdict.facts | {"given": given}) from None
        raise


def shared(model):
    """The model, marked so that a deep copy of it is itself: copying Keras models takes long."""
    model.__deepcopy__ = lambda memo: model
    return model
