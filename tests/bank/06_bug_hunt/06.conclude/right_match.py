def answer(report):
    """A match on what is there."""
    match (bool(report.faults), bool(report.questions)):
        case (True, _):
            return "mend"
        case (_, True):
            return "ask"
    return "look on"
