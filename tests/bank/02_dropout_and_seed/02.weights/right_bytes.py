def answer(a, b):
    """Shapes and bytes, gathered in one list each."""

    def everything(model):
        return [(w.shape, w.tobytes()) for w in model.get_weights()]

    return everything(a) == everything(b)
