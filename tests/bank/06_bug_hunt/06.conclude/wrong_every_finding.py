# expect: alarm
def answer(report):
    """A finding is a finding."""
    return "mend" if report.findings else "look on"
