from utils.instruments.streams import streams


def answer(model, x):
    """Asks the instrument."""
    return streams(model, x).heard
