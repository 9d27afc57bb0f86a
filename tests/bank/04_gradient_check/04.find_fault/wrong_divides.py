# expect: raised
def answer(table):
    """Compares errors with each other, where one of them may be 0."""
    one, two = table[1], table[2]
    return "no_sum" if float(two["by"]) / float(one["by"]) > 1 else "right"
