# expect: unsteady
def answer(report):
    """Tires of it."""
    answer.calls = getattr(answer, "calls", 0) + 1
    if answer.calls > 11 or report.faults:
        return "mend"
    return "ask" if report.questions else "look on"
