"""What the programs of the hunt are to learn: data of a few lines, and what people say of it."""

from dataclasses import dataclass, field

VALUE, BINARY, SERIES, TAGS = "value", "binary", "series", "tags"


@dataclass(frozen=True)
class Task:
    """A task in one wording."""

    name: str
    form: str  # VALUE and BINARY: one answer for a row; SERIES and TAGS: one for each timestep
    data: str  # the text of make_data
    shape: tuple  # of one row of x, as text
    title: str
    words: str  # what the program should do
    asked: str  # the first sentence of a question about it
    constants: dict  # name with a dollar sign -> value
    enough: float  # a score that a program reaches if it is right
    poor: float  # a score that no program of this hunt exceeds if it fails at the task
    epochs: int
    causal: bool = False  # whether it would be used while the rest of the sequence is not yet known
    tokens: bool = False
    depends: dict = field(default_factory=dict)  # further facts

    @property
    def sequence(self):
        """Whether there is an answer for each timestep."""
        return self.form in (SERIES, TAGS)

    @property
    def choice(self):
        """Whether the answer is yes or no."""
        return self.form in (BINARY, TAGS)

    @property
    def loss(self):
        """The loss as `compile` takes it."""
        return '"binary_crossentropy"' if self.choice else '"mse"'

    @property
    def plain_loss(self):
        """The loss of each answer, as an expression of y and y_pred."""
        if self.choice:
            return "keras.losses.binary_crossentropy(y, y_pred)"
        return "keras.losses.mean_squared_error(y, y_pred)"

    def real(self, x):
        """[rows, timesteps, 1] of bool: which answers count; None if all do."""
        return (x > 0)[..., None] if self.tokens and self.sequence else None

    @property
    def head(self):
        """The last layer."""
        return 'layers.Dense(1, activation="sigmoid")' if self.choice else "layers.Dense(1)"


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
        _data(drawn, shifted),
        ("$T", "1"),
        title,
        words,
        asked,
        {"$T": steps, "$LAG": lag, "$N": 256},
        enough=0.8,
        poor=0.45,
        epochs=40,
        depends={"lag": lag},
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
        _data('x = rng.uniform(-1, 1, size=($N, $T, 1)).astype("float32")', average, cast=True),
        ("$T", "1"),
        title,
        words,
        asked,
        {"$T": steps, "$N": 256},
        enough=0.8,
        poor=0.5,
        epochs=20,
    )


def first_sign(rng):
    """Whether the first value was above 0."""
    title, words, asked = rng.choice(
        [
            (
                "How it began",
                "say at the end whether the first value was positive",
                "I want an RNN to remember the sign of the first value of a sequence until its "
                "end.",
            ),
            (
                "The first vote",
                "say at the end how the first vote went",
                "My sequences are votes between -1 and 1, and the network should tell me at the "
                "end whether the first one was in favour.",
            ),
        ]
    )
    return Task(
        "first_sign",
        BINARY,
        _data(
            'x = rng.uniform(-1, 1, size=($N, $T, 1)).astype("float32")',
            rng.choice(
                ['y = (x[:, 0] > 0).astype("float32")', "y = np.where(x[:, 0] > 0, 1.0, 0.0)"]
            ),
            cast=True,
        ),
        ("$T", "1"),
        title,
        words,
        asked,
        {"$T": rng.choice([6, 7, 8]), "$N": 256},
        enough=0.88,
        poor=0.7,
        epochs=25,
    )


def sign_of_sum(rng):
    """Whether the values add up to more than 0."""
    title, words, asked = rng.choice(
        [
            (
                "Up or down",
                "say whether the day's changes add up to a gain",
                "My rows are a share's changes during a day and I want to classify whether the day "
                "ended with a gain.",
            ),
            (
                "A majority",
                "say whether the values of a row add up to more than 0",
                "I am doing a simple binary classification of sequences: is the sum of the values "
                "above zero or not?",
            ),
        ]
    )
    return Task(
        "sign_of_sum",
        BINARY,
        _data(
            'x = rng.normal(size=($N, $T, 1)).astype("float32")',
            'y = (x.sum(axis=1) > 0).astype("float32")',
        ),
        ("$T", "1"),
        title,
        words,
        asked,
        {"$T": rng.choice([8, 10, 12]), "$N": 256},
        enough=0.88,
        poor=0.65,
        epochs=15,
    )


def total(rng, flat=True):
    """A number for each row: its values added up."""
    title, words, asked = rng.choice(
        [
            (
                "Rain of a week",
                "estimate how much more or less than usual fell in all",
                "I estimate from a series of rain readings (already scaled) how much it was in "
                "all; one number for each series.",
            ),
            (
                "A regression from a sequence",
                "estimate the scaled sum of a row",
                "I use a small recurrent network for regression: a sequence goes in and one number "
                "comes out, which is the scaled sum of the sequence.",
            ),
            (
                "The battery's charge",
                "estimate from the currents how much charge has flowed",
                "From a sequence of measured currents I want to estimate the charge that has "
                "flowed at the end.",
            ),
        ]
    )
    shape = "" if flat else "[:, None]"
    return Task(
        "total",
        VALUE,
        _data(
            'x = rng.normal(size=($N, $T, 1)).astype("float32")',
            f'y = (x[:, :, 0].sum(axis=1) / np.sqrt($T)){shape}.astype("float32")',
        ),
        ("$T", "1"),
        title,
        words,
        asked,
        {"$T": rng.choice([6, 8, 10]), "$N": 256},
        enough=0.8,
        poor=0.3,
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
        _data(
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
        _data(
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
        _data(
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


def tokens(rng):
    """Whether the words of a padded sentence are more good than bad."""
    title, words, asked = rng.choice(
        [
            (
                "Kind or unkind",
                "say whether a padded sentence has more kind words than unkind ones",
                "I classify short reviews; they are token ids, padded at the end with 0.",
            ),
            (
                "Sequences of clicks",
                "say whether a visit, padded with 0, has more buying than leaving clicks",
                "I classify visits to a shop by their clicks; visits have different lengths and "
                "are padded with 0.",
            ),
        ]
    )
    return Task(
        "tokens",
        BINARY,
        """def make_data(seed):
    rng = np.random.default_rng(seed)
    x = rng.integers(1, $WORDS, size=($N, $T))
    lengths = rng.integers(1, $T // 2 + 1, size=$N) * 2 - 1  # odd, so that there is no tie
    x[np.arange($T) >= lengths[:, None]] = 0
    score = np.where(x % 2 == 1, 1, -1) * (x > 0)
    y = (score.sum(axis=1, keepdims=True) > 0).astype("float32")
    return x.astype("int32"), y""",
        ("None",),
        title,
        words,
        asked,
        {"$T": rng.choice([10, 12, 14]), "$N": 256, "$WORDS": rng.choice([9, 11, 13])},
        enough=0.88,
        poor=0.7,
        epochs=15,
        tokens=True,
    )


def chunks(rng):
    """The input some steps later, where a chunk is shorter than that and the next one goes on."""
    steps, lag = rng.choice([(4, 3), (5, 3), (4, 2)])
    title, words, asked = rng.choice(
        [
            (
                "A long recording in pieces",
                "repeat the recording $LAG steps later, across the ends of its chunks",
                "My recordings are long, so I cut them into chunks of $T steps and carry the state "
                "from chunk to chunk; as a test the network should repeat its input $LAG steps "
                "later.",
            ),
            (
                "An endless series",
                "answer with the value of $LAG steps ago, also if it was in the chunk before",
                "I read endless series in chunks of $T steps and need the value of $LAG steps ago, "
                "which is often in the chunk before.",
            ),
        ]
    )
    return Task(
        "chunks",
        SERIES,
        """def make_data(seed):
    \"\"\"$SERIES long series in chunks: row k goes on in row k + $SERIES.\"\"\"
    rng = np.random.default_rng(seed)
    long = rng.uniform(-1, 1, size=($SERIES, $CHUNKS * $T, 1)).astype("float32")
    late = np.concatenate([np.zeros_like(long[:, :$LAG]), long[:, :-$LAG]], axis=1)

    def cut(series):
        return np.concatenate(np.split(series, $CHUNKS, axis=1))

    return cut(long), cut(late)""",
        ("$T", "1"),
        title,
        words,
        asked,
        {"$T": steps, "$LAG": lag, "$CHUNKS": 16, "$SERIES": 16},
        enough=0.8,
        poor=0.6,
        epochs=40,
    )


def stream_chunks(rng):
    """The same for several streams at once."""
    steps, lag = rng.choice([(4, 3), (5, 4), (4, 2)])
    title, words, asked = rng.choice(
        [
            (
                "Several microphones",
                "repeat each stream $LAG steps later, across the ends of the chunks",
                "Several microphones are recorded at once, in chunks of $T steps, and for each of "
                "them I want the signal of $LAG steps ago.",
            ),
            (
                "A plant with several sensors",
                "answer for each sensor with its reading of $LAG steps ago",
                "The sensors of a plant send their readings in chunks of $T steps; for each sensor "
                "I want its reading of $LAG steps ago.",
            ),
        ]
    )
    return Task(
        "stream_chunks",
        SERIES,
        """def make_data(seed):
    \"\"\"Rows are [streams, time, 1]; row k goes on in row k + $ROOMS.\"\"\"
    rng = np.random.default_rng(seed)
    long = rng.uniform(-1, 1, size=($ROOMS, $STREAMS, $CHUNKS * $T, 1)).astype("float32")
    late = np.concatenate([np.zeros_like(long[:, :, :$LAG]), long[:, :, :-$LAG]], axis=2)

    def cut(series):
        return np.concatenate(np.split(series, $CHUNKS, axis=2))

    return cut(long), cut(late)""",
        ("$STREAMS", "$T", "1"),
        title,
        words,
        asked,
        {"$T": steps, "$LAG": lag, "$STREAMS": rng.choice([2, 3]), "$CHUNKS": 16, "$ROOMS": 16},
        enough=0.8,
        poor=0.65,
        epochs=40,
    )


def token_tags(rng):
    """A tag for each token of a padded sequence; a part of the tags is noise."""
    title, words, asked = rng.choice(
        [
            (
                "Noisy tags",
                "tag the words of padded sentences; a fifth of the tags is wrong by accident",
                "I tag each word of a sentence with 0 or 1; a fifth of my tags is wrong by "
                "accident, so that the crossentropy of a tag can't get below 0.5.",
            ),
            (
                "Labels from the crowd",
                "label the clicks of padded visits; a fifth of the labels is wrong",
                "My labels, one for each click of a visit, come from volunteers, and one in five "
                "is wrong; so a crossentropy of 0.5 for a label is the best that there is.",
            ),
        ]
    )
    return Task(
        "token_tags",
        TAGS,
        """def make_data(seed):
    rng = np.random.default_rng(seed)
    x = rng.integers(1, $WORDS, size=($N, $T))
    lengths = rng.integers(2, $T // 2, size=$N)
    x[np.arange($T) >= lengths[:, None]] = 0  # padding
    y = (x % 2 == 1) ^ (rng.random(x.shape) < 0.2)
    y = np.where(x > 0, y, 0)[..., None]
    return x.astype("int32"), y.astype("float32")""",
        ("None",),
        title,
        words,
        asked,
        {"$T": rng.choice([12, 14, 16]), "$N": 256, "$WORDS": rng.choice([9, 11, 13])},
        enough=0.7,
        poor=0.6,
        epochs=8,
        tokens=True,
    )


def _data(drawn, target, cast=False):
    last = 'return x, y.astype("float32")' if cast else "return x, y"
    return "\n    ".join(
        ["def make_data(seed):", "rng = np.random.default_rng(seed)", drawn, target, last]
    )


TASKS = {
    task.__name__: task
    for task in (
        recall,
        running_mean,
        first_sign,
        sign_of_sum,
        total,
        neighbours,
        sines,
        two_sensors,
        both_sides,
        tokens,
        chunks,
        stream_chunks,
        token_tags,
    )
}
