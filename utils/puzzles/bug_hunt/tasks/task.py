"""What a task is: its data as text, what people say of it, and how well it can be learned."""

from dataclasses import dataclass

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


def data_text(drawn, target, cast=False):
    """The text of make_data: how x is drawn, what y is, and whether y has to become float32."""
    last = 'return x, y.astype("float32")' if cast else "return x, y"
    return "\n    ".join(
        ["def make_data(seed):", "rng = np.random.default_rng(seed)", drawn, target, last]
    )
