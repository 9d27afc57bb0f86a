# expect: other_word
def answer(report):
    """Shouts."""
    return "MEND" if report.faults else "ASK" if report.questions else "LOOK ON"
