# ---
# jupyter:
#   course:
#     minutes: 55
#     summary: The same model in two frameworks, and one of them stalls.
#     tensorflow: true
#     title: Sequence or last state
#     workshop: 12
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 03 Sequence or last state
#
# **55 minutes alone. In a workshop, take the sections whose heading says *workshop*: 12
# minutes.**
#
# At the end you can say which of a model's outputs *can* be right, before you have trained it.
# And you can tell a plateau that is the model's fault from one that nobody could get below.
#
# Run the next cell first. TensorFlow loads in the background while you read on.

# %% tags=["workshop"]
import numpy as np

from utils import check, curves, explore, hint, influence, look_back, predict, shapes, warm_up
from utils.puzzles import sequence_or_last_state as puzzle

warm_up()

# %% [markdown]
# ## 1 Symptom · workshop 2 min
#
# Somebody had a recurrent network in raw TensorFlow that learned its task well. They wrote the
# same network in Keras, and it stalled. Same data, same optimiser, same number of units. Whoever
# reads this suspects the framework first.
#
# (The TensorFlow half is public: `sunsided/tensorflow-lstm-sin` on GitHub. We have not found the
# question itself again, so we give no title. Its delay is not known to us either; we take 10.)
#
# The task is an echo. The network hears 25 samples of a sine, 100 samples a second. It is to give
# back the same sine, 10 samples late. Frequency (0.5 to 4 Hz) and phase are drawn anew for each
# sine.

# %% tags=["workshop"]
x, y = puzzle.sines(n=1000, timesteps=25, delay=10, seed=0)
print("input ", x.shape, np.round(x[0, :12, 0], 2))
print("target", y.shape, np.round(y[0, :12], 2))

# %% [markdown]
# Compare the two rows. Target 10 is input 0, target 11 is input 1, and so on. The first ten
# targets belong to the time before the window. The sine was there already; the network was not.
#
# The Keras half:

# %% tags=["workshop"]
import keras
import tensorflow as tf


def in_keras(timesteps=25, units=32):
    """The Keras half: [batch, timesteps, 1] -> [batch, timesteps, 1]."""
    return keras.Sequential(
        [
            keras.Input([timesteps, 1]),
            keras.layers.LSTM(units, return_sequences=True),  # [batch, timesteps, units]
            keras.layers.TimeDistributed(keras.layers.Dense(1)),  # [batch, timesteps, 1]
        ]
    )


# %% [markdown]
# And the TensorFlow half. Its cell is written out, since TensorFlow 2 no longer has the old one.

# %% tags=["workshop"]
def native(x, kernel, bias, W, b):
    """The TensorFlow half: [batch, timesteps, 1] -> [batch, timesteps]."""
    h = c = tf.zeros([tf.shape(x)[0], tf.shape(W)[0]])  # [batch, units]
    for t in range(x.shape[1]):
        gates = tf.concat([x[:, t], h], axis=1) @ kernel + bias
        i, j, f, o = tf.split(gates, 4, axis=1)
        c = tf.sigmoid(f + 1) * c + tf.sigmoid(i) * tf.tanh(j)
        h = tf.sigmoid(o) * tf.tanh(c)
    return h @ W + b  # W: [units, timesteps]


# %% [markdown]
# ## 2 Predict · workshop 1 min

# %% tags=["workshop"]
predict("03.same")


# %% [markdown]
# ## 3 Reproduce · workshop 2 min
#
# One training loop for both. The loss is the one of the repository: squared errors, summed over
# the time steps, averaged over the batch. The repository calls it a day at 0.15.

# %% tags=["workshop"]
def train(model, variables, steps=600, delay=10):
    """Adam on fresh sines, 64 at a time. Returns the loss at each step."""
    adam = keras.optimizers.Adam(3e-3)
    adam.build(variables)
    sines, echoes = puzzle.sines(n=64 * steps, timesteps=25, delay=delay, seed=1)

    @tf.function
    def step(x, y):  # [64, 25, 1], [64, 25]
        with tf.GradientTape() as tape:
            errors = tf.reshape(model(x), [-1, 25]) - y
            loss = tf.reduce_mean(tf.reduce_sum(errors**2, axis=1))
        adam.apply(tape.gradient(loss, variables), variables)
        return loss

    batches = zip(np.split(sines, steps), np.split(echoes, steps), strict=True)
    return np.array([step(x, y) for x, y in batches])


# %% [markdown]
# Train both. It takes some seconds.

# %% tags=["workshop"]
keras.utils.set_random_seed(0)
sequence = in_keras()
weights = {
    name: tf.Variable(value)
    for name, value in puzzle.native_weights(seed=0, timesteps=25, units=32).items()
}
losses = {
    "Keras": train(sequence, sequence.trainable_variables),
    "TensorFlow": train(lambda x: native(x, **weights), list(weights.values())),
}
curves(losses, floors={"the repository's goal": 0.15}, log=True)

# %% [markdown]
# There is the question. One is on its way to 0.15. The other has slowed to a crawl, several times
# as high. Look at the outputs, and count the parameters.

# %% tags=["workshop"]
print("Keras     ", sequence(x[:2]).shape, sequence.count_params(), "parameters")
size = sum(int(tf.size(w)) for w in weights.values())
print("TensorFlow", native(x[:2], **weights).shape, size, "parameters")

# %% tags=["workshop"]
look_back("03.same")


# %% [markdown]
# Both give 25 numbers for each sine. But in the Keras half, output `t` comes from the state at
# step `t`. In the TensorFlow half *all* outputs come from the last state: `h @ W + b`, after the
# loop. When the first of them is computed, the network has heard all 25 samples.
#
# ### Say it in Keras
#
# Translate the TensorFlow half so that it computes the same function with the same weights. The
# old cell differs from Keras' LSTM in two details. Its gates come in the order input, cell,
# forget, output, where Keras has input, forget, cell, output. And it adds 1 to the forget gate at
# every step, where Keras puts that 1 into the bias once. To try yours before you check it:
# `np.abs(translate(**weights)(x[:5]) - native(x[:5], **weights)).max()`.

# %% exercise="03.translate"
def translate(kernel, bias, W, b):
    """The weights of `native` -> a Keras model, [batch, timesteps, 1] -> [batch, timesteps]."""
    #@answer
    units, timesteps = W.shape
    i, c, f, o = np.split(np.vstack([kernel, bias]), 4, axis=1)  # the bias as a last row
    f[-1] += 1
    gates = np.hstack([i, f, c, o])
    model = keras.Sequential(
        [keras.Input([timesteps, 1]), keras.layers.LSTM(units), keras.layers.Dense(timesteps)]
    )
    model.set_weights([gates[:1], gates[1:-1], gates[-1], W, b])
    return model
    #@stub
    # return ...
    #@end


# %%
check("03.translate", translate)

# %%
# hint("03.translate")

# %% [markdown] tags=["answer"]
# `h[-1]` is `LSTM(units)` with `return_sequences=False`, and `W` is a `Dense(timesteps)`. So the
# framework is cleared: given the right model, Keras computes the same numbers to float32.

# %% [markdown]
# ## 4 Investigate
#
# ### Poke it · workshop 1 min
#
# Nothing has to be trained to see the difference. Poke one input, see which outputs move.

# %% tags=["workshop"]
influence(in_keras(), x[:1])

# %% tags=["workshop"]
keras.utils.set_random_seed(0)
last_state = puzzle.last_state_model(timesteps=25, units=32)
influence(last_state, x[:1], outputs=(0, 1))  # its 25 outputs lie along the last axis: count them

# %%
print("sequence  ", sequence(x[:2]).shape, sequence.count_params())
print("last state", last_state(x[:2]).shape, last_state.count_params())
print("TensorFlow", native(x[:2], **weights).shape, size)

# %% [markdown]
# The last two agree in both numbers; your translation has shown that they are one function.
#
# Now the maps: a triangle and a full square. In the triangle, output 0 hears one sample. From a
# single sample it is to say where the sine was a tenth of a second ago.
#
# The first 10 outputs ask for samples from before the window. So it seems plain that they cannot
# be known.

# %%
predict("03.early")

# %% [markdown]
# ### Where is the error?

# %%
fresh, echo = puzzle.sines(n=2000, timesteps=25, delay=10, seed=2)
np.round(puzzle.by_step(sequence, fresh, echo), 3)

# %% [markdown]
# The loss of the Keras half lies in its first steps. A guess of 0 would err by 0.5 at each of
# them. At output 9 this network errs by a hundredth of that, and has never heard the sample
# either.
#
# ### The floor · workshop 2 min
#
# That sentence can be computed. Take all frequencies and phases that agree with the samples heard
# so far, and give the best answer on average. Its error is the floor: no causal model gets below
# it. (The grey curve is another signal: white noise in place of a sine. The slider *noise* adds
# noise to each sample of the sine. How much of it doubles the floor?)

# %% tags=["workshop"]
explore("03.floor")

# %%
look_back("03.early")

# %% [markdown]
# Here the size of the sine is known. So two samples almost fix its frequency and its phase, three
# leave nothing open, and with them all of its past is known. Only the first output, and a little
# of the second, cannot be right. For white noise it is as everybody says: what was not heard is
# lost.
#
# Now move the delay, and compare the floor with what the recorded models reached. At 1 there is
# little to mend. At 10 a good part of the plateau is floor, and the rest is a tail. To go back
# ten samples from three means to extrapolate, and small errors grow on the way: the network gets
# there slowly, if at all.
#
# A friend looks at the plateau and suggests more units: 100 in place of 32.

# %%
predict("03.units")

# %% [markdown]
# Which delays, then, let any causal model get under the 0.15 of the repository? Guess, and
# compute.

# %%
for delay in (1, 2, 3, 4, 5, 10, 20):
    print(f"delay {delay:2}: no causal model gets below {puzzle.floor(delay, 25).sum():.3f}")

# %% [markdown]
# Why is a delay of 20 easier than 10? Averaged over all frequencies the sine ten samples back is
# nearly unrelated to the one sample that output 0 has heard. Twenty samples back it has mostly
# turned over, so the first guess improves.
#
# ### Turn the knobs · workshop 2 min

# %% tags=["workshop"]
explore("03")

# %% [markdown]
# And this is what was recorded of larger networks, and of a longer training.

# %% tags=["workshop"]
cures = puzzle.recorded_cures()
for name in ("sequence", "sequence, 100 units", "sequence, two layers", "sequence, 3000 steps"):
    print(cures[name])

# %%
look_back("03.units")


# %% [markdown]
# ### What can be right?
#
# Put the two instruments together. `moved[i, t]` says whether output `t` hears input `i`. Output
# `t` wants the sample at `t − delay`.
#
# If the signal is white noise, the output can be right only if it hears that very sample. If it
# is a pure sine, that sample or, take it, any three others will do. Which outputs can be right?

# %% exercise="03.reach"
def reach(moved, delay, sine):
    """moved: [timesteps, timesteps] bool, input by output -> for each output, can it be right?"""
    #@answer
    timesteps = len(moved)
    can = [bool(t >= delay and moved[t - delay, t]) for t in range(timesteps)]
    if sine:
        can = [right or moved[:, t].sum() >= 3 for t, right in enumerate(can)]
    return can
    #@stub
    # return ...
    #@end


# %%
check("03.reach", reach)

# %%
# hint("03.reach")

# %% [markdown] tags=["answer"]
# An influence map can say *no* for certain: what is not heard cannot be used. It cannot say
# *yes*. A model that hears everything may still have a readout that throws it away, such as a
# `relu` in front of a sine. So look at the map, at the shapes, and at the loss over the whole
# window.

# %% [markdown]
# ## 5 Mend · workshop 2 min
#
# What closes the gap? One thing that people try is popular: leave the first 10 steps out of the
# loss. Nobody can demand what is so hard to know. And indeed, the training loss falls to less
# than a hundredth.

# %% tags=["workshop"]
predict("03.mask")

# %% [markdown]
# All that was tried, 1000 steps each (one row: 3000), on the same sines. Only warm-up hears ten
# samples more of each. The loss is what was trained. The error over the whole window is what the
# task asks for.

# %% tags=["workshop"]
cures

# %% tags=["workshop"]
look_back("03.mask")

# %% [markdown]
# Here is what the masked loss left behind, step by step, beside the model with the whole loss.

# %%
print("whole loss ", cures["sequence"].by_step.mean(axis=0)[:12].round(2))
print("masked loss", cures["masked loss"].by_step.mean(axis=0)[:12].round(2))


# %% [markdown]
# Now sort the table: which of these models hear the whole window before their first output? Which
# hear more than the window? And which hear no more than before?
#
# <details><summary>Sorted</summary>
#
# The whole window: last state, raw TensorFlow, bidirectional, encoder-decoder (one LSTM reads, a
# second one writes), flatten (one Dense over the states of all steps). More than the window:
# warm-up. No more than before: all that are called sequence, and the masked loss.
#
# </details>

# %% [markdown]
# ### Warm up
#
# Last state, bidirectional, encoder-decoder, flatten: each of these hears the whole window before
# it answers. If your model has to answer while the signal comes in, none of them is allowed.
#
# What is left is to let the model listen before it has to speak. Feed it `delay` earlier samples,
# and drop the outputs that belong to them. Build that model.
#
# Output `t` is then the answer at input sample `delay + t`. It hears that sample, it hears sample
# `t`, which it is to say again, and nothing that comes after sample `delay + t`.

# %% exercise="03.warm_up"
def build(timesteps, delay, units):
    """A causal Keras model, [batch, delay + timesteps, 1] -> [batch, timesteps, 1]."""
    #@answer
    return keras.Sequential(
        [
            keras.Input([delay + timesteps, 1]),
            keras.layers.LSTM(units, return_sequences=True),
            keras.layers.Cropping1D((delay, 0)),  # [batch, timesteps, units]
            keras.layers.Dense(1),
        ]
    )
    #@stub
    # return ...
    #@end


# %%
check("03.warm_up", build)

# %%
# hint("03.warm_up")

# %% [markdown] tags=["answer"]
# This is also how one evaluates a recurrent model on a long recording: the first outputs of each
# window are thrown away, and the windows overlap by as much.

# %% [markdown]
# ## 6 Why
#
# The resolution that we know of is right: raw `h[-1] @ W + b` is `return_sequences=False` and a
# `Dense(timesteps)`. It is another model, and the framework has nothing to do with it.
#
# What it left open is *why* the other one stalls. Two things add up. A part of the loss is a
# floor that no causal model gets below. The rest is a tail: to reckon back from three samples is
# possible and ill-conditioned, so the network learns it slowly.
#
# So the two are not a good and a bad model of one task. They answer different questions. One is
# asked while the signal comes in, the other when all of it is there. **Before you compare two
# losses, compare what each model has heard.**

# %% [markdown]
# ## 7 Elsewhere
#
# There is a trap on the way from one model to the other. One returns `[batch, timesteps, 1]`, the
# other `[batch, timesteps]`. Somewhere the two are subtracted. Suppose that the batch holds as
# many sines as a sine has samples.

# %%
outputs, targets = np.zeros([25, 25, 1]), np.zeros([25, 25])
(outputs - targets).shape


# %% [markdown]
# No error, and not the shape you wanted. Every sine was compared with every other one. Keras' own
# losses line the two up before they subtract. A loss of your own does not.
#
# Write the error by time step so that it holds for both shapes, and for any batch.

# %% exercise="03.by_step"
def by_step(outputs, targets):
    """outputs: [batch, timesteps, 1] or [batch, timesteps]. Returns [timesteps]."""
    #@answer
    targets = np.asarray(targets)
    errors = np.reshape(outputs, targets.shape) - targets  # [batch, timesteps]
    return (errors**2).mean(axis=0)
    #@stub
    # return ...
    #@end


# %%
check("03.by_step", by_step)

# %%
# hint("03.by_step")

# %% [markdown] tags=["answer"]
# NumPy, TensorFlow and PyTorch all broadcast this way. Choose a batch size that differs from the
# number of time steps, and such a slip raises, or at least shows in the shape.

# %% [markdown]
# ## 8 Take it home
#
# One line, before you train: which of my outputs hear what they need? Put your own model in its
# place.

# %%
mine = keras.Sequential(
    [
        keras.layers.Conv1D(8, 3, padding="causal", activation="relu"),
        keras.layers.Dense(1),
    ]
)
influence(mine, np.random.default_rng(0).normal(size=(1, 12, 1)).astype("float32"))

# %% [markdown]
# Read one column. How far back does this model hear? What is the largest delay at which it could
# echo white noise? And, by the count of three, a pure sine?
#
# <details><summary>Answer</summary>
#
# Output `t` hears inputs `t − 2` to `t`. So it could echo noise up to a delay of 2. A pure sine
# it could echo at any delay, as far as the map can tell: three samples are enough.
#
# </details>
#
# `shapes` looks at the other side: which target meets which output? It listens to one step of the
# model's own `fit`. Here somebody wants one number for each sequence.

# %%
mine = keras.Sequential([keras.layers.LSTM(8, return_sequences=True), keras.layers.Dense(1)])
mine.compile("adam", "mse")
rng = np.random.default_rng(0)
shapes(mine, rng.normal(size=(16, 12, 1)), rng.normal(size=(16, 1)))

# %% [markdown]
# Nothing raised. Take away `return_sequences=True` and ask again.
#
# **What you take with you**
#
# - `return_sequences` is no formatting flag. It decides what each output has heard.
# - Two models with equal shapes may differ in what they can know. Poke them.
# - Before you call a plateau a failure, compute the floor. Before you call it a floor, compute it
#   too.
# - A loss that leaves out the hard part falls. It says nothing about the hard part.
#
# [The map of the course](00_start_here.ipynb)
