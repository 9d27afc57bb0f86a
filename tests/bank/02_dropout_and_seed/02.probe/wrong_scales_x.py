# expect: changed_arguments
import keras


def answer(model, x, y):
    """Puts the rows in order in place."""
    x -= x.mean(axis=0)
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss="mse")
    losses = model.fit(x, y, epochs=2, batch_size=len(x), shuffle=False, verbose=0).history["loss"]
    return losses[0] != losses[1]
