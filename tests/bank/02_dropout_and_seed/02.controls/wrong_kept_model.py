# expect: same_object
import keras

made = {}


def answer(seed, drops):
    """Remembers what it has made."""
    if (seed, drops) not in made:
        keras.utils.set_random_seed(seed)
        layers, rate = [keras.Input([51])], 0.05 if drops else 1e-9
        for _ in range(4):
            layers += [keras.layers.Dense(64, "relu"), keras.layers.Dropout(rate)]
        made[seed, drops] = keras.Sequential([*layers, keras.layers.Dense(1)])
    return made[seed, drops]
