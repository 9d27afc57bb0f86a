# expect: not_callable
class answer:
    """A class in place of a function."""

    def __init__(self, make):
        self.pairs = make([1.0] * 50)
