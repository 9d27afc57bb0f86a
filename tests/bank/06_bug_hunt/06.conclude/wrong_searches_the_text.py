# expect: by_words
def answer(report):
    """Looks for the words in what is printed."""
    text = repr(report).lower()
    if "fault" in text:
        return "mend"
    return "ask" if "question" in text else "look on"
