# expect: not_an_answer
"""A name that belongs to no case."""

answer = "future_heard"
