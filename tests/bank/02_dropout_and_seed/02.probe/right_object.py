import keras


class Probe:
    """An object that can be called."""

    def __call__(self, model, x, y):
        model.compile(optimizer=keras.optimizers.SGD(0.0), loss="mse")
        losses = model.fit(x, y, epochs=2, shuffle=False, verbose=0).history["loss"]
        return losses[0] != losses[1]


answer = Probe()
