import numpy as np


class Server:
    def __init__(self, lstm):
        self.lstm, self.kept = lstm, {}

    def __call__(self, stream, chunk):
        if stream not in self.kept:
            zeros = np.zeros((len(chunk), self.lstm.units), "float32")
            self.kept[stream] = [zeros, zeros]
        outputs, h, c = self.lstm(chunk, initial_state=self.kept[stream])
        self.kept[stream] = [np.asarray(h), np.asarray(c)]
        return np.asarray(outputs)


def answer(lstm, streams):
    """An object that can be called, with a dict."""
    return Server(lstm)
