import hashlib


def answer(a, b):
    """A fingerprint of shapes and bits."""

    def fingerprint(model):
        h = hashlib.sha256()
        for w in model.get_weights():
            h.update(str(w.shape).encode())
            h.update(w.tobytes())
        return h.hexdigest()

    return fingerprint(a) == fingerprint(b)
