# expect: other_server
def answer(lstm, streams):
    """The states hang on the layer that everybody shares."""
    if not hasattr(lstm, "kept"):
        object.__setattr__(lstm, "kept", {})

    def answer(stream, chunk):
        outputs, *lstm.kept[stream] = lstm(chunk, initial_state=lstm.kept.get(stream))
        return outputs

    return answer
