"""The question's training as one writes it in Keras: every batch is new, and learned from once."""

from .judging import summed_squares
from .settings import BATCH, LEARNING_RATE


def train_in_keras(model, x, y, skip=0, learning_rate=LEARNING_RATE, batch=BATCH):
    """Compile a model and fit it to one batch after the other. Returns the losses [steps].

    x: [steps · batch, timesteps, 1]. y: [steps · batch, timesteps].
    skip: how many of the first time steps the loss leaves out.
    """
    import keras

    def loss(y_true, y_pred):
        return summed_squares(y_true[:, skip:], y_pred[:, skip:])

    losses = []
    each_batch = keras.callbacks.LambdaCallback(  # otherwise Keras reports a mean since the start
        on_train_batch_begin=lambda step, logs: model.reset_metrics(),
        on_train_batch_end=lambda step, logs: losses.append(logs["loss"]),
    )
    model.compile(optimizer=keras.optimizers.Adam(learning_rate), loss=loss, jit_compile=False)
    model.fit(x, y, batch_size=batch, shuffle=False, verbose=0, callbacks=[each_batch])
    return losses
