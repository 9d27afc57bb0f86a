# expect: other_word
def answer(report):
    """No finding is taken for a pass."""
    if report.faults:
        return "mend"
    return "ask" if report.questions else "correct"
