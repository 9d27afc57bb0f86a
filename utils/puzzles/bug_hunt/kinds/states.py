"""Faults of the state that is carried from chunk to chunk."""

from ..drafts import FIT, FUNCTIONAL, SEQUENTIAL, SUBCLASSED, Fork, Step, fork
from .kind import Kind

RESET = """
def reset(model):
    for layer in model.layers:
        if layer.built and hasattr(layer, "reset_state"):
            layer.reset_state()
"""
LSTM_MEMORY = '''
class $Memory(layers.Layer):
    """An LSTM that goes on where the last chunk ended."""

    def __init__(self):
        super().__init__()
        self.rnn = layers.LSTM($UNITS, return_sequences=True, return_state=True)
        self.stateful = True

    def build(self, shape):
        size = (shape[0], $UNITS)
        self.h = self.add_weight(shape=size, initializer="zeros", trainable=False)
        self.c = self.add_weight(shape=size, initializer="zeros", trainable=False)

    def call(self, x):
        y, h, c = self.rnn(x, initial_state=[self.h, self.c])
        self.h.assign(h)
        self.c.assign(c)
        return y

    def reset_state(self):
        self.h.assign(ops.zeros_like(self.h))
        self.c.assign(ops.zeros_like(self.c))
'''
GRU_MEMORY = '''
class $Memory(layers.Layer):
    """A GRU that remembers its state between the chunks."""

    def __init__(self):
        super().__init__()
        self.rnn = layers.GRU($UNITS, return_sequences=True, return_state=True)
        self.stateful = True

    def build(self, shape):
        self.state = self.add_weight(
            shape=(shape[0], $UNITS), initializer="zeros", trainable=False
        )

    def call(self, x):
        y, state = self.rnn(x, initial_state=self.state)
        self.state.assign(state)
        return y

    def reset_state(self):
        self.state.assign(ops.zeros_like(self.state))
'''
STREAMS = '''
class $Streams(layers.Layer):
    """A stateful recurrent layer for each stream."""

    def __init__(self):
        super().__init__()
        self.rnns = [
            layers.CELL($UNITS, stateful=True, return_sequences=True)
            for _ in range($STREAMS)
        ]

    def build(self, shape):
        for rnn in self.rnns:
            if not rnn.built:
                rnn.build((shape[0], *shape[2:]))

    def call(self, x):
        outputs = [rnn(x[:, s]) for s, rnn in enumerate(self.rnns)]
        return ops.stack(outputs, axis=1)

    def reset_state(self):
        for rnn in self.rnns:
            rnn.reset_state()
'''
GRU_CALL = "self.rnn(x, initial_state=self.state)"
OWN = """        self.rnns = [
            layers.CELL($UNITS, stateful=True, return_sequences=True)
            for _ in range($STREAMS)
        ]
"""
SHARED = (
    """        rnn = layers.CELL($UNITS, stateful=True, return_sequences=True)
        self.rnns = [rnn] * $STREAMS
""",
    """        rnn = layers.CELL($UNITS, stateful=True, return_sequences=True)
        self.rnns = [rnn for _ in range($STREAMS)]
""",
)


def plant_state_not_reset(draft, rng):
    """A reset that forgets the cell state."""
    key = "state_not_reset"
    _in_chunks(draft, rng)
    draft.preamble.append(
        fork(key, LSTM_MEMORY, "        self.c.assign(ops.zeros_like(self.c))\n", "")
    )
    draft.core = [Step("$Memory()", "memory")]
    draft.symptom = "after_others"


def plant_state_not_carried(draft, rng):
    """A layer with a state of its own that begins each chunk from zero."""
    key = "state_not_carried"
    _in_chunks(draft, rng)
    if rng.random() < 0.5:
        changes = [
            (f"y, state = {GRU_CALL}\n        self.state.assign(state)\n", f"y, _ = {GRU_CALL}\n"),
            ("        self.state.assign(state)\n", ""),
        ]
        text = GRU_MEMORY
    else:
        changes = [("        self.h.assign(h)\n        self.c.assign(c)\n", "")]
        text = LSTM_MEMORY
    draft.preamble.append(fork(key, text, *rng.choice(changes)))
    draft.core = [Step("$Memory()", "memory")]
    draft.symptom = "poor"


def plant_streams_share_state(draft, rng):
    """One stateful layer stands in the list once for each stream."""
    key = "streams_share_state"
    _in_chunks(draft, rng)
    cell = rng.choice(["LSTM", "GRU"])
    made = fork(key, STREAMS, OWN, rng.choice(SHARED))
    draft.preamble.append(
        Fork(key, made.right.replace("CELL", cell), made.wrong.replace("CELL", cell))
    )
    draft.core = [Step("$Streams()", "streams")]
    draft.symptom = "poor"


def _in_chunks(draft, rng):
    """Chunks in their order, the state reset before each epoch and before each question."""
    draft.rows = 1
    draft.locked = True
    draft.narrow(styles=[SEQUENTIAL, FUNCTIONAL, SUBCLASSED], steppings=[FIT])
    draft.preamble.append(RESET)
    draft.around_fit = (
        "again = keras.callbacks.LambdaCallback(on_epoch_begin=lambda epoch, logs: reset(model))",
    )
    draft.fit = ", shuffle=False, callbacks=[again]"
    draft.predict = (
        "reset(model)",
        "return model.predict(x, batch_size=$BATCH, verbose=0)",
    )


KINDS = (
    Kind(
        "state_not_reset",
        "A part of the state is left when the rest is reset.",
        "memory",
        ("not reset", "state without a reset"),
        ("chunks",),
        plant_state_not_reset,
    ),
    Kind(
        "state_not_carried",
        "The state that should go on from chunk to chunk begins anew with each of them.",
        "memory",
        ("state not carried",),
        ("chunks",),
        plant_state_not_carried,
    ),
    Kind(
        "streams_share_state",
        "Several streams share one state, so that each goes on where another has ended.",
        "memory",
        ("streams leak",),
        ("stream_chunks",),
        plant_streams_share_state,
    ),
)
