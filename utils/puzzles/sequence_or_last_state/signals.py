"""The signals: a sine of unknown frequency and phase, or white noise, and the echo that is wanted.

The generator of sunsided/tensorflow-lstm-sin on GitHub, from where the question's TensorFlow half
comes: 100 samples a second, a frequency between 0.5 and 4 Hz, a random phase.
"""

import numpy as np

SAMPLES_A_SECOND = 100
FREQUENCIES = 0.5, 4.0  # Hz, lowest and highest
DEVIATION = np.sqrt(0.5)  # of white noise: the same power as a sine of amplitude 1


def sines(n, timesteps, delay, seed, before=0, noise=0.0):
    """Sines of random frequency and phase, and their echo, `delay` samples later.

    Returns x [n, before + timesteps, 1] and y [n, timesteps], float32. The window is the last
    `timesteps` samples of x, and `before` is how many earlier ones stand in front of it. The sine
    has gone on for ever: y[:, t] is the sample `delay` steps before sample t of the window, also
    where that lies outside x.
    noise: standard deviation of white noise that is added to the signal, before it is echoed.
    seed: whatever NumPy's default_rng takes.
    """
    rng = np.random.default_rng(seed)
    frequency = rng.uniform(*FREQUENCIES, (n, 1))
    phase = rng.uniform(0, 2 * np.pi, (n, 1))
    times = np.arange(-_earliest(timesteps, delay, before), timesteps)
    signal = np.sin(2 * np.pi * frequency * times / SAMPLES_A_SECOND + phase)
    if noise:
        signal += rng.normal(0, noise, signal.shape)
    return _echo(signal, timesteps, delay, before)


def noise(n, timesteps, delay, seed, before=0):
    """The same task with white noise in place of the sine: no sample tells of another.

    Its standard deviation is that of a sine, √½. Shapes and arguments as in `sines`.
    """
    rng = np.random.default_rng(seed)
    signal = rng.normal(0, DEVIATION, (n, _earliest(timesteps, delay, before) + timesteps))
    return _echo(signal, timesteps, delay, before)


def sine_of(frequency, phase, timesteps, delay, before=0):
    """One sine of this frequency, Hz, and phase at the start of the window, as from `sines`."""
    times = np.arange(-_earliest(timesteps, delay, before), timesteps)
    signal = np.sin(2 * np.pi * frequency * times / SAMPLES_A_SECOND + phase)
    return _echo(signal[np.newaxis], timesteps, delay, before)


def _earliest(timesteps, delay, before):
    """How many samples before the window the signal has to begin."""
    if timesteps < 1 or delay < 0 or before < 0:
        raise ValueError(
            f"There can't be a window of {timesteps} timesteps with a delay of {delay} and "
            f"{before} samples before it: expected at least 1, 0 and 0."
        )
    return max(delay, before)


def _echo(signal, timesteps, delay, before):
    """Cut x and y out of a signal [n, earliest + timesteps] that ends with the window."""
    start = signal.shape[1] - timesteps
    x = signal[:, start - before :, np.newaxis]
    y = signal[:, start - delay : start - delay + timesteps]
    return x.astype(np.float32), y.astype(np.float32)
