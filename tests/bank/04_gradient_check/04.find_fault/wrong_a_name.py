# expect: not_callable
answer = "no_sum"
