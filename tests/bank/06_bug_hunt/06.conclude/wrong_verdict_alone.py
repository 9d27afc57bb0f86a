# expect: by_words
def answer(report):
    """Every verdict but one is bad."""
    return "look on" if report.verdict == "no finding" else "mend"
