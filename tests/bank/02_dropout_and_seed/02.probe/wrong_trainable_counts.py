# expect: missed
import keras


def answer(model, x, y):
    """Takes frozen for silent."""
    if any(not one.trainable for one in model.layers):
        return False
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss="mse")
    losses = model.fit(x, y, epochs=2, batch_size=len(x), shuffle=False, verbose=0).history["loss"]
    return losses[0] != losses[1]
