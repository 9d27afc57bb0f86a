"""Which layers of a Keras model are there to make noise, and how much."""


def is_noise_layer(layer, keras):
    """Whether a layer is of the Dropout family, adds noise, or owns a seed generator."""
    if isinstance(layer, _family(keras)):
        return True
    if hasattr(layer, "recurrent_dropout") and hasattr(layer, "get_dropout_mask"):  # a cell
        return bool(layer.dropout or layer.recurrent_dropout)
    return bool(own_generators(layer, keras))


def own_generators(layer, keras):
    """The seed generators that a layer keeps as attributes, or in lists and dicts of its own."""
    found = []
    for value in vars(layer).values():
        values = value.values() if isinstance(value, dict) else value
        for one in [value, *(values if isinstance(values, list | tuple) else ())]:
            if isinstance(one, keras.random.SeedGenerator) and one not in found:
                found.append(one)
    return found


def generators_of(layers, keras):
    """id of a seed generator -> the layer that owns it."""
    return {id(g): layer for layer in layers for g in own_generators(layer, keras)}


def rates_of(layer):
    """The declared rates or sizes of its noise, as a tuple; empty if there are none."""
    for names in (("dropout", "recurrent_dropout"), ("rate",), ("stddev",)):
        values = [getattr(layer, name, None) for name in names]
        numbers = [v for v in values if isinstance(v, int | float) and not isinstance(v, bool)]
        if numbers:
            return tuple(float(v) for v in numbers if v) or (0.0,)
    return ()


def _family(keras):
    names = (
        *("Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D"),
        *("AlphaDropout", "GaussianDropout", "GaussianNoise"),
    )
    return tuple(getattr(keras.layers, name) for name in names)
