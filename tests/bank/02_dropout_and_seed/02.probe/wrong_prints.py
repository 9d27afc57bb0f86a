# expect: returned_none
import keras


def answer(model, x, y):
    """Shows, and returns nothing."""
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss="mse")
    losses = model.fit(x, y, epochs=2, batch_size=len(x), shuffle=False, verbose=0).history["loss"]
    print(losses[0] != losses[1])
