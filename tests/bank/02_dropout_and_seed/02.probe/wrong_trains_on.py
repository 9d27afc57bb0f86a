# expect: always_yes


def answer(model, x, y):
    """Two epochs differ since the weights move."""
    losses = model.fit(x, y, epochs=2, verbose=0).history["loss"]
    return losses[0] != losses[1]
