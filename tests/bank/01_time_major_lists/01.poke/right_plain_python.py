def answer(model, stream, i):
    """Lists only; what is returned makes its numbers one by one."""

    def ask(bits):
        return [[float(number) for number in row] for row in model(bits)]

    bits = [float(bit) for bit in stream]
    other = bits[:i] + [float(not bits[i])] + bits[i + 1 :]
    return (k for k, (one, two) in enumerate(zip(ask(bits), ask(other))) if one != two)
