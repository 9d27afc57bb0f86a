# expect: not_callable
answer = "look on"
