"""How many rows of a batch a model takes."""


def takes_any_number(model, keras):
    """Whether a Keras model declares no number of rows, and keeps no states of as many rows."""
    inputs = keras.tree.flatten(getattr(model, "inputs", None) or [])
    if any(tensor.shape[0] for tensor in inputs if tensor is not None and tensor.shape):
        return False
    return not any(getattr(layer, "stateful", False) for layer in model._flatten_layers())
