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
