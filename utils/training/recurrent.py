"""LSTM stacks with a softmax, many of one shape trained at once with plain SGD, equal to Keras.

Weights carry a leading axis of seeds and are in the order of Keras' `get_weights()`: kernel,
recurrent kernel and bias of each LSTM layer, then kernel and bias of the Dense layer. Randomness is
the caller's: weights and batches come in as arrays, and no global seed is read or set.
"""

import time
from functools import lru_cache

import numpy as np

from utils.training.many import Progress, dense_weights, generator, lstm_weights, stack

__all__ = ["compiled", "forward", "initial_weights", "lstm_in_numpy", "stack", "train"]

CHUNK_SECONDS = 0.01  # how long the caller waits at most between two looks


def initial_weights(seed, units, inputs=1, outputs=4, layers=2):
    """One model's first weights, as Keras draws them: glorot_uniform, orthogonal, forget bias 1.

    Drawn by NumPy from `seed` alone. Returns a tuple of float32 arrays in Keras' order.
    """
    rng = generator(seed, 1)  # apart from data that is drawn from the same seed
    weights = []
    for layer in range(layers):
        weights += lstm_weights(rng, units if layer else inputs, units)
    weights += dense_weights(rng, units, outputs)
    return tuple(w.astype(np.float32) for w in weights)


def forward(weights, inputs, state=None):
    """What one model answers, in NumPy, in the dtype of its weights.

    weights: as from `initial_weights`. inputs: [..., timesteps, batch, features].
    state: what an earlier call returned, zeros if None.
    Returns the logits, [..., timesteps, batch, classes], and the state to go on from.
    """
    *lstm, kernel, bias = weights
    h = np.moveaxis(np.asarray(inputs), -3, 0)  # [timesteps, ..., batch, features]
    final = []
    for layer in range(len(lstm) // 3):
        before = state[layer] if state is not None else None
        h, after = lstm_in_numpy(*lstm[3 * layer : 3 * layer + 3], h, before)
        final.append(after)
    return np.moveaxis(h @ kernel + bias, 0, -3), final


def train(weights, inputs, targets, *, learning_rate, clip, carried=False, chunk=None):
    """Train every model on its own batches; yields Progress, the untrained models first.

    weights: arrays [seeds, …]. inputs: [steps, seeds, timesteps, batch, features] float32.
    targets: [steps, seeds, timesteps, batch] int32. clip: on each model's global gradient norm.
    carried: each batch begins with the state in which the one before it ended, else with zeros.
    chunk: steps between reports; as many as fit into 10 ms if None. Close the generator to stop.
    """
    weights = tuple(np.asarray(w, np.float32) for w in weights)
    _check_sizes(weights, inputs, targets)
    steps, _, _, batch, _ = np.shape(inputs)
    yield Progress(0, np.empty((0, len(weights[0]))), weights)

    import tensorflow as tf  # here, so that the first report never waits for it

    seeds, layers = len(weights[0]), len(weights) // 3
    run = compiled(seeds, layers)
    units = weights[1].shape[1]
    with tf.device("CPU"):  # tiny matrices: a GPU would wait for its own launches
        inputs, targets = tf.constant(inputs, tf.float32), tf.constant(targets, tf.int32)
        weights = [tf.constant(w) for w in weights]
        state = tf.zeros([layers, 2, seeds, batch, units])
        step, n = 0, chunk or 1
        while step < steps:
            began = time.perf_counter()
            stop = min(step + n, steps)
            weights, state, losses = run(
                weights, state, inputs[step:stop], targets[step:stop], learning_rate, clip, carried
            )
            losses = losses.numpy()
            if chunk is None:
                per_step = (time.perf_counter() - began) / (stop - step)
                n = int(np.clip(CHUNK_SECONDS / per_step, 1, 4 * n))
            step = stop
            yield Progress(step, losses, tuple(w.numpy() for w in weights))


@lru_cache(maxsize=8)
def compiled(seeds, layers=2):
    """The training loop, traced for this many models and layers and for sizes of every kind.

    The time loop is one fused kernel a layer. Measured on two cores at 50 timesteps, batch 7:
    0.8 ms a step and nothing to compile, against 1-2 ms and 3-7 s with XLA on a while loop.
    """
    import tensorflow as tf

    def f32(*shape):
        return tf.TensorSpec(shape, tf.float32)

    lstm = [f32(seeds, None, None), f32(seeds, None, None), f32(seeds, None)]
    signature = [
        [*lstm * layers, f32(seeds, None, None), f32(seeds, None)],
        f32(layers, 2, seeds, None, None),
        f32(None, seeds, None, None, None),
        tf.TensorSpec((None, seeds, None, None), tf.int32),
        f32(),
        f32(),
        tf.TensorSpec((), tf.bool),
    ]

    @tf.function(input_signature=signature)
    def run(weights, state, inputs, targets, learning_rate, clip, carried):
        steps = tf.shape(inputs)[0]
        losses = tf.TensorArray(tf.float32, size=steps, element_shape=[seeds])
        for step in tf.range(steps):
            weights, new_state, loss = _sgd_step(
                weights, state, inputs[step], targets[step], learning_rate, clip
            )
            state = tf.where(carried, new_state, 0.0)
            losses = losses.write(step, loss)
        return weights, state, losses.stack()

    run.get_concrete_function()
    return run


def _sgd_step(weights, state, x, y, learning_rate, clip):
    """One step of every model: x [seeds, timesteps, batch, features], y [seeds, timesteps, batch].

    weights: [seeds, …] each. state: [layers, 2, seeds, batch, units]. Returns all three anew, with
    the losses [seeds] in place of the batches.
    """
    import tensorflow as tf

    batch = tf.shape(y)[2]
    to_even = [0, batch % 2]  # a row of zeros: the fused kernel complains of odd batches
    with tf.GradientTape() as tape:
        tape.watch(weights)
        *lstm, kernel, bias = weights
        h, final = tf.pad(x, [[0, 0], [0, 0], to_even, [0, 0]]), []
        state = tf.pad(state, [[0, 0], [0, 0], [0, 0], to_even, [0, 0]])
        for layer in range(len(lstm) // 3):
            h, c = _lstm(*lstm[3 * layer : 3 * layer + 3], h, *tf.unstack(state[layer]))
            final.append(tf.stack([h[:, -1, :batch], c[:, -1, :batch]]))
        logits = h[:, :, :batch] @ kernel[:, tf.newaxis] + bias[:, tf.newaxis, tf.newaxis]
        losses = tf.reduce_mean(  # logits: [seeds, timesteps, batch, classes]
            tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits), axis=[1, 2]
        )
    gradients = tape.gradient(losses, weights)  # of the sum; no model is in another's loss
    squares = [tf.reduce_sum(g**2, axis=list(range(1, g.shape.rank))) for g in gradients]
    norm = tf.sqrt(tf.add_n(squares))  # [seeds]
    rate = learning_rate * clip / tf.maximum(norm, clip)
    weights = [
        w - tf.reshape(rate, [-1] + [1] * (w.shape.rank - 1)) * g
        for w, g in zip(weights, gradients, strict=True)
    ]
    return weights, tf.stack(final), losses


def _lstm(kernel, recurrent_kernel, bias, x, h, c):
    """One LSTM layer of every model over all of x [seeds, timesteps, batch, features]: all h, c."""
    import tensorflow as tf

    # BlockLSTM wants the gates as input, cell, forget, output. BlockLSTMV2 has Keras' order, but
    # TensorFlow 2.21 gives it the gradient of the first version: two gates are swapped.
    input_, forget, cell, output = tf.split(
        tf.concat([kernel, recurrent_kernel, bias[:, tf.newaxis]], axis=1), 4, axis=2
    )
    w = tf.concat([input_, cell, forget, output], axis=2)
    unused = tf.zeros_like(h[0, 0])  # peepholes
    timesteps = tf.shape(x, tf.int64)[1]
    models = [
        tf.raw_ops.BlockLSTM(
            seq_len_max=timesteps,
            x=x_,
            cs_prev=c_,
            h_prev=h_,
            w=w_[:-1],
            wci=unused,
            wcf=unused,
            wco=unused,
            b=w_[-1],
            forget_bias=0.0,  # it is in the bias already
            cell_clip=-1.0,  # none
        )
        for x_, c_, h_, w_ in zip(*map(tf.unstack, (x, c, h, w)), strict=True)
    ]
    return tf.stack([m.h for m in models]), tf.stack([m.cs for m in models])


def lstm_in_numpy(kernel, recurrent_kernel, bias, x, state):
    """The same layer in NumPy: x [timesteps, ..., batch, features] -> all h, final (h, c).

    Computes in the dtype of `kernel`: float64 keeps what float32 rounds away.
    """
    x, units = np.asarray(x, kernel.dtype), len(recurrent_kernel)
    # sigmoid(z) = (1 + tanh(z / 2)) / 2, so that one tanh serves all gates, and none overflows.
    scale = np.repeat(np.array([0.5, 0.5, 1, 0.5], x.dtype), units)  # input, forget, cell, output
    recurrent_kernel = recurrent_kernel * scale
    projected = (x @ kernel + bias) * scale  # [timesteps, ..., batch, 4·units]
    zeros = np.zeros((*projected.shape[1:-1], units), x.dtype)
    h, c = (zeros, zeros) if state is None else (np.asarray(part, x.dtype) for part in state)
    outputs = np.empty((*projected.shape[:-1], units), x.dtype)
    for t, gates in enumerate(projected):
        i, f, g, o = np.split(np.tanh(gates + h @ recurrent_kernel), 4, axis=-1)
        c = (1 + f) / 2 * c + (1 + i) / 2 * g
        outputs[t] = h = (1 + o) / 2 * np.tanh(c)
    return outputs, (h, c)


def _check_sizes(weights, inputs, targets):
    seeds, features = len(weights[0]), weights[0].shape[1]
    shape = np.shape(inputs)
    if len(shape) != 5 or shape[1] != seeds or shape[4] != features:
        raise ValueError(
            f"inputs have the shape {shape}; expected [steps, {seeds} seeds, timesteps, batch, "
            f"{features} features] for these weights."
        )
    if np.shape(targets) != shape[:4]:
        raise ValueError(
            f"targets have the shape {np.shape(targets)}; expected {shape[:4]}, one class for "
            "each step, seed, timestep and row of the inputs."
        )
