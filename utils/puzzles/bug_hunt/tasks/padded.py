"""Token ids, padded with 0."""

from .task import BINARY, TAGS, Task


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
