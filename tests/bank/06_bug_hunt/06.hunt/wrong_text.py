# expect: not_an_answer
"""A name alone."""

answer = "future_heard"
