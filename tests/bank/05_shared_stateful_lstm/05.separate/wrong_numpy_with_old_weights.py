# expect: old_weights
import numpy as np


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def answer(lstm, streams):
    """An LSTM in NumPy, with the weights of the moment when it was made."""
    kernel, recurrent, bias = lstm.get_weights()
    states = {}

    def answer(stream, chunk):
        h, c = states.get(stream, np.zeros((2, len(chunk), lstm.units)))
        outputs = []
        for t in range(chunk.shape[1]):
            i, f, g, o = np.split(chunk[:, t] @ kernel + h @ recurrent + bias, 4, axis=-1)
            c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
            h = sigmoid(o) * np.tanh(c)
            outputs.append(h)
        states[stream] = h, c
        return np.stack(outputs, axis=1)

    return answer
