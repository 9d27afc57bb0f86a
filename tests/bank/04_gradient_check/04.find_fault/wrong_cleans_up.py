# expect: changed_arguments
def answer(table):
    """Takes what is right out of the table."""
    for row in table.values():
        for block in [block for block in row if row[block] < 1e-8]:
            del row[block]
    return "right" if not any(table.values()) else "no_sum"
