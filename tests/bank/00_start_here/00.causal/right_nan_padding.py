import numpy as np


class Smoother:
    def __call__(self, x, window):
        padded = np.concatenate([np.full(window - 1, np.nan), x]).astype("float32")
        return np.nanmean(np.lib.stride_tricks.sliding_window_view(padded, window), axis=1)


answer = Smoother()
