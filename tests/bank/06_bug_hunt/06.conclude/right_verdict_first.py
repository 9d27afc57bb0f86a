def answer(report):
    """The gravest finding is a fault or a question."""
    gravest = report.verdict
    if gravest in report.faults:
        return "mend"
    if gravest in report.questions:
        return "ask"
    return "look on"
