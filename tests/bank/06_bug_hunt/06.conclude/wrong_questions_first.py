# expect: questions_first
def answer(report):
    """The owner is asked before anything is done."""
    if report.questions:
        return "ask"
    return "mend" if report.faults else "look on"
