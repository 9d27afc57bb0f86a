def answer(report):
    """The lesson's own."""
    if report.faults:
        return "mend"
    return "ask" if report.questions else "look on"
