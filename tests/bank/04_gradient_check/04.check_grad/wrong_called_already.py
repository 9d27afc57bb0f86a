# expect: not_callable
answer = True
