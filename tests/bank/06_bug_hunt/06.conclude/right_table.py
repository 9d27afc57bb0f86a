WORDS = ["look on", "ask", "mend", "mend"]


def answer(report):
    """A number for what is there."""
    return WORDS[2 * (len(report.faults) > 0) + (len(report.questions) > 0)]
