"""Which parts of a model are somebody's own, and not Keras'."""


def own_parts(trial):
    """Names of layers, losses, functions and methods that Keras does not bring."""
    model, keras = trial.model, trial.keras
    found = [layer.name for layer in trial.layers if _is_own(layer, keras)]
    if isinstance(model, keras.Model):
        kind = type(model)
        for name in ("train_step", "compute_loss"):
            if getattr(kind, name) is not getattr(keras.Model, name):
                found.append(name)
        if not trial.standing_in and any(
            not _is_keras(loss) for loss in keras.tree.flatten(model.loss) if loss is not None
        ):
            found.append("loss")
    return found


def _is_own(layer, keras):
    if not _is_keras(layer) or isinstance(layer, keras.layers.Lambda):
        return True
    return any(
        callable(value) and not isinstance(value, keras.Layer | type) and not _is_keras(value)
        for name, value in vars(layer).items()
        if not name.startswith("_")
    )


def _is_keras(part):
    """Whether a name, or an object's class, or a function, is of Keras."""
    if isinstance(part, str):
        return True
    module = getattr(part, "__module__", None) or type(part).__module__
    return module.split(".")[0] in ("keras", "builtins", "tensorflow")
