import keras


def answer(model, x, y):
    """SGD that stands still, one batch, two epochs."""
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss="mse")
    history = model.fit(x, y, epochs=2, batch_size=len(x), shuffle=False, verbose=0)
    first, second = history.history["loss"]
    return first != second
