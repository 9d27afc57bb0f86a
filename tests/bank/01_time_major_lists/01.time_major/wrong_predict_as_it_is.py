# expect: fed_time_major
def answer(model, x):
    """The same by predict."""
    return model.predict(x, verbose=0)
