import functools

import keras


def probe(epochs, model, x, y):
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss="mse")
    losses = model.fit(x, y, epochs=epochs, shuffle=False, verbose=0).history["loss"]
    return len(set(losses)) > 1


answer = functools.partial(probe, 2)
