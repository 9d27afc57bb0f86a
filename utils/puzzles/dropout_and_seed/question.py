"""The question's data and model.

After "What is the structure of a Keras model if input_shape is omitted and why does it perform
better?", Stack Overflow.
"""

import numpy as np

SPACING = 0.1  # between two samples of a window, and between the starts of two windows
NEAREST, FARTHEST = 0.1, 9.9  # how far ahead of a window's last sample a question may ask
SCALE = 5  # of the distance as it is fed, so that it is no smaller than the signal
ROWS, INPUTS = 100_000, 1001  # the question's sizes
ROWS_A_WINDOW = 10  # questions asked of each window
UNITS = 64
HIDDEN = 4  # Dense layers, a Dropout after each
RATE = 0.05  # of the Dropout
LEARNING_RATE = 5e-4  # of RMSprop
BATCH = 32  # rows; Keras' default
EPOCHS = 10
HELD_OUT = 0.1  # share of the rows that is kept for validation: the last ones


def settings():
    """What every training of this room depends on, for the records."""
    return {
        "spacing": SPACING,
        "distances": [NEAREST, FARTHEST],
        "scale": SCALE,
        "hidden": HIDDEN,
        "batch": BATCH,
        "held_out": HELD_OUT,
    }


def wave(x):
    """The signal at x, of any shape; its period is 40π."""
    return 5 * np.sin(x) + 4 * np.sin(1.8 * x) + 5 * np.sin(x / 4)


def data(rows=ROWS, inputs=INPUTS, rows_a_window=ROWS_A_WINDOW, seed=0):
    """Windows of the signal, and questions about what comes after them.

    A row of x holds `inputs - 1` samples of the signal and, last, SCALE times a distance; y is the
    signal at that distance after the last sample. Each window is one sample further than the one
    before, and is asked about at `rows_a_window` distances, drawn from `seed`.

    Returns x [rows, inputs] and y [rows], float32: 400 MB in the question's sizes. Fewer rows want
    fewer rows a window: the held-out windows should lie within 40π of the first.
    Raises ValueError for sizes below 1 row, 2 inputs or 1 row a window.
    """
    if rows < 1 or inputs < 2 or rows_a_window < 1:
        raise ValueError(
            f"There is no data of {rows} rows, {inputs} inputs and {rows_a_window} rows a window; "
            "expected at least 1 row, 2 inputs (a sample and a distance) and 1 row a window."
        )
    distance = np.random.default_rng(seed).uniform(NEAREST, FARTHEST, rows)
    window = np.arange(rows) // rows_a_window
    samples = inputs - 1
    signal = wave(SPACING * np.arange(1, window[-1] + samples + 1)).astype(np.float32)
    windows = np.lib.stride_tricks.sliding_window_view(signal, samples)  # [windows, samples]
    x = np.empty((rows, inputs), np.float32)
    x[:, :-1] = windows[window]
    x[:, -1] = SCALE * distance
    y = wave(SPACING * (window + samples) + distance).astype(np.float32)
    return x, y


def split(x, y, held_out=HELD_OUT):
    """The rows that are trained on and those kept for validation: (x, y), (x, y).

    The last ones are kept, as `validation_split` does it in Keras.
    """
    kept = int(len(x) * (1 - held_out))
    return (x[:kept], y[:kept]), (x[kept:], y[kept:])


def question_layers(rate=RATE, units=UNITS):
    """The question's layers, as new ones: Dense at 0, 2, 4, 6 and 8, Dropout between them."""
    from keras.layers import Dense, Dropout  # here: the data does without TensorFlow

    layers = []
    for _ in range(HIDDEN):
        layers += [Dense(units, activation="relu"), Dropout(rate)]
    return [*layers, Dense(1)]
