# expect: returned_none
def answer(report):
    """Prints the word."""
    print("mend" if report.faults else "ask" if report.questions else "look on")
