"""Long series in chunks, with a state that goes on from chunk to chunk."""

from .task import SERIES, Task


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
