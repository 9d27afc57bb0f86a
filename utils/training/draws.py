"""What chance decides in a training, drawn for each model from its own seed: orders and masks."""

import numpy as np

from utils.training.many import generator


def orders(seeds, rows):
    """An order of the rows for each model, anew in each epoch: a function, epoch -> [models, rows].

    An order depends on the seed and the epoch alone.
    """

    def order(epoch):
        return np.stack(
            [np.random.default_rng([seed, 2, epoch]).permutation(rows) for seed in seeds]
        )

    return order


def masks(seeds, rates, shape):
    """What Dropout keeps: a function, number of steps -> bool [steps, models, *shape], True kept.

    rates: [models], the probability of False. Each call goes on where the one before it ended; how
    the steps are cut into calls changes nothing. The numbers of a model depend on its seed alone,
    and are independent of all others up to the quality of NumPy's SFC64.

    One random byte decides, unless it equals the rate's first eight bits; then 53 more do. So the
    rate is met to 61 bits, at the price of eight.
    """
    bytes_of = [np.random.SFC64(np.random.SeedSequence([seed, 3])) for seed in seeds]
    ties_of = [generator(seed, 4) for seed in seeds]
    size = int(np.prod(shape))
    words = -(-size // 8)  # of eight bytes, for one step

    def draw(steps):
        kept = np.empty((steps, len(seeds), size), bool)
        for model, rate in enumerate(rates):
            if rate == 0:
                kept[:, model] = True
                continue
            first, rest = divmod(256 * float(rate), 1)
            drawn = bytes_of[model].random_raw(steps * words).view(np.uint8)
            drawn = drawn.reshape(steps, -1)[:, :size]
            np.greater(drawn, first, out=kept[:, model])
            ties = np.flatnonzero(drawn == first)
            ties = ties[ties_of[model].random(len(ties)) >= rest]
            kept[ties // size, model, ties % size] = True
        return kept.reshape(steps, len(seeds), *shape)

    return draw
