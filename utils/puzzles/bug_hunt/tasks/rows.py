"""One answer for a whole row."""

from .task import BINARY, VALUE, Task, data_text


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
        data_text(
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
        data_text(
            'x = rng.normal(size=($N, $T, 1)).astype("float32")',
            'y = (x.sum(axis=1) > 0).astype("float32")',
        ),
        ("$T", "1"),
        title,
        words,
        asked,
        {"$T": rng.choice([8, 10, 12]), "$N": 256},
        enough=0.85,
        poor=0.65,
        epochs=20,
    )


def total(rng):
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
    return Task(
        "total",
        VALUE,
        data_text(
            'x = rng.normal(size=($N, $T, 1)).astype("float32")',
            'y = (x[:, :, 0].sum(axis=1) / np.sqrt($T)).astype("float32")',
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
