"""Running a model that keeps a state: from a reset, in chunks, with weights of one's own."""

import numpy as np

from .reference import spans


def reset(model):
    """Set the state of a model to zeros: `reset_state()` of every layer in it that has one.

    Keras 3 has no such method of the model. A layer of one's own takes part if it offers it.
    """
    for layer in model._flatten_layers():  # the model itself, and layers inside of layers
        if hasattr(layer, "reset_state"):
            layer.reset_state()


def chunks(x, cuts):
    """Cut x [batch, streams, timesteps, …] before each of the timesteps in `cuts`: a list.

    Raises ValueError if a chunk is empty, or x has fewer axes.
    """
    x = np.asarray(x)
    if x.ndim < 3:
        raise ValueError(
            f"x has the shape {x.shape}; expected [batch, streams, timesteps, features]."
        )
    return [x[:, :, begin:end] for begin, end in spans(x.shape[2], cuts)]


def from_reset(model, *chunks):
    """Reset a model and call it on one chunk after the other: their outputs, joined over time.

    chunks: [batch, streams, timesteps, features] each -> [batch, streams, all timesteps, units].
    Leaves the model reset.
    """
    reset(model)
    outputs = [np.asarray(model(chunk)) for chunk in chunks]
    reset(model)
    return np.concatenate(outputs, axis=2)


def weights_of(model):
    """Kernel, recurrent kernel and bias of a model with one LSTM, as arrays. States are left out.

    Raises ValueError if the model trains other weights than these three.
    """
    return [np.asarray(variable) for variable in _three(model)]


def give_weights(model, weights):
    """Set kernel, recurrent kernel and bias of a model with one LSTM; leaves its state alone."""
    for variable, value in zip(_three(model), weights, strict=True):
        variable.assign(value)


def _three(model):
    found = {variable.name: variable for variable in model.trainable_variables}
    names = "kernel", "recurrent_kernel", "bias"
    if sorted(found) != sorted(names) or len(model.trainable_variables) != 3:
        raise ValueError(
            f"The model trains {len(model.trainable_variables)} arrays; expected the three of one "
            "LSTM: kernel, recurrent kernel and bias."
        )
    return [found[name] for name in names]
