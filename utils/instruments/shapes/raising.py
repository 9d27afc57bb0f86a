"""A loss that raises: its exception, with the shapes that it got and where to look."""

from ..runs import as_arrays


def explained(error, runs, keras):
    """A RuntimeError like `error` that also says which shapes came to the loss."""
    try:
        answers = runs.predict()
    except Exception:  # then it is not the loss that raises
        return error
    targets = as_arrays(runs.y, keras)
    shapes = [", ".join(str(a.shape) for a in side) for side in (targets, answers)]
    stop = "" if str(error).rstrip().endswith((".", "!", "?")) else "."
    said = f"{error}{stop} The targets have the shape {shapes[0]}, the answers {shapes[1]}."
    if len(targets) == len(answers) == 1:
        said = " ".join([said, *_hints(str(runs.model.loss), targets[0], answers[0])])
    return RuntimeError(said)


def _hints(loss, target, answer):
    """Where to look, if the name of the loss and the shapes say so."""
    if "sparse" in loss.lower() and answer.shape[-1] > 1:
        yield from _class_numbers(target, answer.shape[-1])
    one_each = (answer.shape[:-1], (*answer.shape[:-1], 1))
    wide, sparse = answer.shape[-1] > 1, "sparse" in loss.lower()
    if sparse and wide and target.shape == answer.shape:
        yield (
            "A sparse loss wants the number of the class, one for each answer; these targets are "
            "as wide as the answers, as one-hot rows are. Give class numbers, or another loss."
        )
    if not sparse and wide and "categorical" in loss.lower() and target.shape in one_each:
        yield (
            "This loss wants one-hot rows, as wide as the answers, and got one number for each "
            "answer. If these are class numbers, the sparse variant takes them."
        )
    if answer.ndim == target.ndim + 1 > 2 and target.shape[1:] == answer.shape[2:]:
        yield (
            f"The answers have {answer.shape[1]} timesteps and the targets none: look at "
            "return_sequences of the last recurrent layer."
        )
    if target.ndim == answer.ndim + 1 > 2 and target.shape[2:] == answer.shape[1:]:
        yield (
            f"The targets have {target.shape[1]} timesteps and the answers none: look at "
            "return_sequences of the last recurrent layer."
        )


def _class_numbers(target, classes):
    """Whether the targets name classes that the answers do not have."""
    outside = (target < 0) | (target >= classes)
    if outside.any():
        yield (
            f"The class numbers go from {target.min():g} to {target.max():g}, and the answers have "
            f"{classes} classes, 0 to {classes - 1}: {int(outside.sum())} of {target.size} targets "
            "name a class that is not there. Keras gives NaN or an exception for them, by the "
            "machine. Count classes from 0, or give the last layer more units."
        )
