# expect: other_word
def answer(report):
    """Says whether something was found."""
    return bool(report.faults)
