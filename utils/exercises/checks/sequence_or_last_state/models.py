"""What makes a model unfit for comparison: other outputs the next time, or another shape."""

from utils.exercises.calling import guarded
from utils.exercises.exercise import NotYet
from utils.exercises.models import asked
from utils.exercises.questions import number


def refuse_unsteady(model, x, outputs):
    """Raises NotYet "unsteady_model" if the same sequences get other outputs the next time.

    The first half is asked for alone, so a model that mixes its rows is found as well.
    """
    half = (len(x) + 1) // 2
    again, before = asked(model, x[:half]), outputs[:half]
    if again.shape != before.shape:
        raise NotYet("unsteady_model", rows=half, gap=f"of shape {again.shape}")
    gap = abs(again - before).max()
    if gap > 1e-4 * (1 + abs(outputs).max()):
        raise NotYet("unsteady_model", rows=half, gap=f"up to {number(gap, 2)} away")


def refuse_other_shape(model, x, **facts):
    """Raises NotYet "other_input" if the model was built for inputs of another shape than x.

    Keras does not mind, as long as the layers take what comes. A model without a fixed shape, such
    as a subclass, announces none.
    """
    with guarded("the input shape of the model that your function returned was read"):
        shape = getattr(model, "input_shape", None)
    if type(shape) is not tuple or len(shape) != x.ndim:
        return
    if any(n not in (None, real) for n, real in zip(shape[1:], x.shape[1:], strict=True)):
        announced = f"(N, {', '.join(map(str, shape[1:]))})"
        raise NotYet("other_input", announced=announced, steps=x.shape[1], **facts)


OTHER_INPUT = (
    "At {at} your model takes the sequences, but it was built for inputs of shape {announced}, and "
    "they have {steps} steps. Its summary, and all that goes by its shapes, then speaks of another "
    "model. Look at the shape that you announce to Keras."
)
UNSTEADY = (
    "Asked a second time, with the first {rows} of the same sequences alone, your model gave other "
    "outputs for them ({gap}). A sequence's output would depend on what was asked before, on "
    "chance, or on its neighbours in the batch. Look for a state that is kept, for Dropout that is "
    "always on, or for an axis that is mistaken for the batch."
)
