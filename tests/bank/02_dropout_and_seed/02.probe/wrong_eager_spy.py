# expect: eager_only
import keras


def answer(model, x, y):
    """Right about the losses, but reads them in a layer of Python that a graph runs once."""
    losses = []

    def listening(y_true, y_pred):
        loss = keras.ops.mean(keras.ops.square(y_true - y_pred))
        losses.append(str(loss))
        return loss

    model.compile(optimizer=keras.optimizers.SGD(0.0), loss=listening)
    model.fit(x, y, epochs=2, batch_size=len(x), shuffle=False, verbose=0)
    return len(losses) > 1 and losses[-1] != losses[-2]
