# expect: raised
import keras


def answer(model, x, y):
    """Not every model can be cloned."""
    losses = []
    for _ in range(2):
        twin = keras.models.clone_model(model)
        twin.set_weights(model.get_weights())
        twin.compile(loss="mse", optimizer="sgd")
        losses.append(twin.train_on_batch(x, y))
    return losses[0] != losses[1]
