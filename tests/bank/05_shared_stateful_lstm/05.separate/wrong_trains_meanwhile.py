# expect: changed_lstm
def answer(lstm, streams):
    """Sets the weights to what they were, nearly."""
    states = [None] * streams
    before = lstm.get_weights()

    def answer(stream, chunk):
        lstm.set_weights(before)
        outputs, *states[stream] = lstm(chunk, initial_state=states[stream])
        lstm.set_weights([0 * weight for weight in before])
        return outputs

    return answer
