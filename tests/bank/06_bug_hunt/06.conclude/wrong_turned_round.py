# expect: mistaken
def answer(report):
    """Both words exchanged."""
    if report.faults:
        return "ask"
    return "mend" if report.questions else "look on"
