# expect: not_seen
def answer(report):
    """What was not looked at is asked of the owner."""
    if report.faults:
        return "mend"
    return "ask" if report.questions or report.not_seen else "look on"
