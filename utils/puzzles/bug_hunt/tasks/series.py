"""An answer for each step: memory, averages, neighbours."""

from .task import SERIES, TAGS, Task, data_text


def recall(rng):
    """The input again, some steps later."""
    lag, steps = rng.choice([2, 3]), rng.choice([8, 10, 12])
    title, words, asked = rng.choice(
        [
            (
                "An echo",
                "repeat the input $LAG steps later",
                "As a first exercise with recurrent layers I want a network to echo its input "
                "$LAG steps later.",
            ),
            (
                "A delayed meter",
                "undo nothing, but delay the meter's reading by $LAG steps",
                "I have a meter whose reading I want to get back $LAG steps late; it is a toy "
                "problem to see whether my network remembers anything.",
            ),
            (
                "A short memory",
                "answer at each step with the value of $LAG steps ago",
                "My network gets random numbers and should answer at each step with the number of "
                "$LAG steps ago.",
            ),
        ]
    )
    drawn = rng.choice(
        [
            'x = rng.uniform(-1, 1, size=($N, $T, 1)).astype("float32")',
            'x = rng.uniform(-1.0, 1.0, ($N, $T, 1))\n    x = x.astype("float32")',
        ]
    )
    shifted = rng.choice(
        [
            "y = np.zeros_like(x)\n    y[:, $LAG:] = x[:, :-$LAG]",
            "y = np.concatenate([np.zeros_like(x[:, :$LAG]), x[:, :-$LAG]], axis=1)",
        ]
    )
    return Task(
        "recall",
        SERIES,
        data_text(drawn, shifted),
        ("$T", "1"),
        title,
        words,
        asked,
        {"$T": steps, "$LAG": lag, "$N": 256},
        enough=0.8,
        poor=0.45,
        epochs=40,
    )


def running_mean(rng):
    """The mean of what has come so far."""
    steps = rng.choice([8, 10, 12])
    title, words, asked = rng.choice(
        [
            (
                "An average so far",
                "answer at each step with the mean of all values so far",
                "I train a network to output the running average of its input.",
            ),
            (
                "Marks of a term",
                "answer at each step with the mean of the marks so far",
                "Each row of my data is a pupil's marks in order, scaled to -1 to 1, and at each "
                "step the network should say the average so far.",
            ),
        ]
    )
    average = rng.choice(
        [
            "y = np.cumsum(x, axis=1) / np.arange(1, $T + 1)[:, None]",
            "y = np.stack([x[:, : t + 1].mean(axis=1) for t in range($T)], axis=1)",
        ]
    )
    return Task(
        "running_mean",
        SERIES,
        data_text('x = rng.uniform(-1, 1, size=($N, $T, 1)).astype("float32")', average, cast=True),
        ("$T", "1"),
        title,
        words,
        asked,
        {"$T": steps, "$N": 256},
        enough=0.8,
        poor=0.5,
        epochs=20,
    )


def neighbours(rng):
    """For each step, whether it has the sign of the step before."""
    title, words, asked = rng.choice(
        [
            (
                "Same side as before",
                "say at each step whether the sign is that of the step before",
                "I want to tag each time step of a series with 1 if it has the same sign as the "
                "step before and with 0 otherwise.",
            ),
            (
                "A change of direction",
                "mark the steps at which the current keeps its direction",
                "In a series of currents my tagger should mark each step at which the direction is "
                "still that of the last step.",
            ),
        ]
    )
    return Task(
        "neighbours",
        TAGS,
        data_text(
            "signs = rng.choice([-1.0, 1.0], size=($N, $T, 1))\n"
            "    x = signs * rng.uniform(0.5, 1.0, size=signs.shape)\n"
            '    x = x.astype("float32")',
            "y = np.ones_like(x)\n    y[:, 1:] = x[:, 1:] * x[:, :-1] > 0",
        ),
        ("$T", "1"),
        title,
        words,
        asked,
        {"$T": rng.choice([8, 10]), "$N": 256},
        enough=0.9,
        poor=0.75,
        epochs=25,
    )


def two_sensors(rng):
    """The difference of one sensor, a step ago, and another."""
    title, words, asked = rng.choice(
        [
            (
                "Two thermometers",
                "answer with the inner temperature a step ago minus the outer one now",
                "I have two thermometers, inside and outside, and the network should learn the "
                "inner value of the last step minus the outer value of this one.",
            ),
            (
                "Flow in, flow out",
                "answer with what flowed in a step ago minus what flows out now",
                "There are two flow meters at a pipe; at each step I want what went in one step "
                "ago minus what goes out now.",
            ),
        ]
    )
    return Task(
        "two_sensors",
        SERIES,
        data_text(
            'x = rng.uniform(-1, 1, size=($N, $T, 2)).astype("float32")',
            "before = np.concatenate([np.zeros(($N, 1)), x[:, :-1, 0]], axis=1)\n"
            "    y = (before - x[:, :, 1])[..., None]",
            cast=True,
        ),
        ("$T", "2"),
        title,
        words,
        asked,
        {"$T": rng.choice([8, 10]), "$N": 256},
        enough=0.85,
        poor=0.65,
        epochs=20,
    )


def both_sides(rng):
    """The mean of the step before and the step after."""
    title, words, asked = rng.choice(
        [
            (
                "A gap to fill",
                "estimate each value from the one before and the one after",
                "For gap filling my network should estimate at each step the mean of the value "
                "before and the value after; the whole sequence is there, so both sides may be "
                "used.",
            ),
            (
                "Smoothing afterwards",
                "answer at each step with the mean of its two neighbours",
                "I smooth recorded series: the target at each step is the mean of the step before "
                "and the step after.",
            ),
        ]
    )
    return Task(
        "both_sides",
        SERIES,
        data_text(
            'x = rng.uniform(-1, 1, size=($N, $T, 1)).astype("float32")',
            "wide = np.pad(x, ((0, 0), (1, 1), (0, 0)))\n    y = (wide[:, :-2] + wide[:, 2:]) / 2",
        ),
        ("$T", "1"),
        title,
        words,
        asked,
        {"$T": rng.choice([8, 10, 12]), "$N": 256},
        enough=0.9,
        poor=0.8,
        epochs=20,
    )


def sines(rng):
    """The next value of a sum of two sines."""
    title, words, asked = rng.choice(
        [
            (
                "Tides",
                "forecast the water level of the next step from those so far",
                "I forecast the water level one step ahead; the series is a sum of two waves, "
                "which should not be hard.",
            ),
            (
                "A one-step forecast",
                "forecast at each step the next value of the series",
                "I am building a one-step-ahead forecaster for a series that is made of two sine "
                "waves.",
            ),
            (
                "The load of tomorrow",
                "forecast at each step the load of the next",
                "My series is an electric load with two periods, and at each step I want the load "
                "of the next one.",
            ),
        ]
    )
    return Task(
        "sines",
        SERIES,
        """def make_data(seed):
    rng = np.random.default_rng(seed)
    t = np.arange($T + 1)
    waves = 0.0
    for period in (5.0, 13.0):
        phase = rng.uniform(0, 2 * np.pi, size=($N, 1))
        size = rng.uniform(0.5, 1.0, size=($N, 1))
        waves = waves + size * np.sin(2 * np.pi * t / period + phase)
    series = waves[..., None].astype("float32")
    return series[:, :-1], series[:, 1:]""",
        ("$T", "1"),
        title,
        words,
        asked,
        {"$T": rng.choice([12, 14, 16]), "$N": 192},
        enough=0.7,
        poor=0.4,
        epochs=20,
        causal=True,
    )
