from utils import influence


def answer(model, stream, i):
    """The instrument that the lesson brings in next."""
    return influence(model, stream).moves(i)
