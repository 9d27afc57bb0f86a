"""What had to change in the question's printed code before today's Keras runs it."""

from utils.puzzles.table import Table

CHANGES = Table(
    "What the printed code needs in Keras 3",
    ("written then", "written now", "because"),
    (
        (
            "Input(shape=…, batch_shape=…)",
            "Input(batch_shape=…)",
            "Keras 3 takes one of the two, and raises for both.",
        ),
        (
            "Lambda(lambda y: K.expand_dims(y, axis=1))",
            "ops.expand_dims(y, axis=1)",
            "The function has left keras.backend. And a saved model with a Lambda is not loaded "
            "again, unless safe_mode is off.",
        ),
        (
            "model.reset_states()",
            "reset(model)",
            "A model has no such method now. Layers have it: reset_state().",
        ),
    ),
)
