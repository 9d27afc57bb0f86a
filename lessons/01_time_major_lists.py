# ---
# jupyter:
#   course:
#     minutes: 40
#     summary: A network half learns to remember one bit, and stops. Nothing raises.
#     tensorflow: true
#     title: Time-major lists
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
# # 01 Time-major lists
#
# **40 minutes alone. In a workshop, take the sections whose heading says *workshop*: 12
# minutes.**
#
# At the end you can say of any recurrent model which of its inputs is which time step, before you
# have trained it.
#
# Run the next cell first. TensorFlow takes a few seconds to load, and does so in the background
# while you read on.

# %% tags=["workshop"]
import numpy as np

from utils import axes, check, curves, explore, hint, influence, look_back, predict, warm_up
from utils.puzzles import time_major_lists as puzzle

warm_up()

# %% [markdown]
# ## 1 Symptom · workshop 1 min
#
# The question is "Understanding why tensorflow RNN is not learning toy data", on Stack Overflow.
# It comes from the days when TensorFlow's `rnn` was fed a Python *list* of tensors, one for each
# time step. You will run the same experiment on TensorFlow 2.21 and Keras 3.15. (We give no link:
# we could not check one from where this was written. The title finds it.)
#
# The task could hardly be smaller. A stream of random bits comes in. The class of an element is a
# number from 0 to 3: the previous bit and the current bit, read as one binary number.

# %% tags=["workshop"]
bits = puzzle.random_bits(12, seed=0)  # [12]
print("bit  ", bits.astype(int))
print("class", puzzle.classes(bits))

# %% [markdown]
# Check one or two classes by hand. The first element counts the bit before it as 0.
#
# A network that remembers one bit has all it needs. The asker gave it two LSTM layers of 5 units,
# plain SGD at a rate of 0.1 with the gradient clipped at 10, and 3000 steps.
#
# The loss is cross-entropy: minus the logarithm of the probability that the network gave to the
# true class. It began near 1.39, fell to about 0.69, and stopped. Nothing raised.

# %% [markdown]
# ## 2 Predict · workshop 1 min
#
# A friend looks at the plateau and suggests a larger network. What do you expect?

# %% tags=["workshop"]
predict("01.plateau")

# %% [markdown]
# ## 3 Reproduce · workshop 2 min
#
# This is how the question cut its stream. Each step takes 100 bits and feeds them as a list of 2
# time steps, each a tensor `[batch, input]` = `[50, 1]`. Read it slowly.

# %% tags=["workshop"]
import keras
import tensorflow as tf


def split_as_asked(stream, batch, timesteps):
    """[batch·timesteps] -> a list of `timesteps` tensors [batch, 1]."""
    return tf.unstack(tf.reshape(stream, [timesteps, batch, 1]))


[x.shape for x in split_as_asked(puzzle.random_bits(100, seed=0), batch=50, timesteps=2)]


# %% [markdown]
# The shapes are right: 2 time steps, a batch of 50, one input. Would you have signed this off?
#
# The network takes the list and feeds one element after the other.

# %% tags=["workshop"]
def make_network(units):
    """Two LSTM layers and a readout: a list of [batch, 1] -> a list of logits [batch, 4]."""
    keras.utils.set_random_seed(0)
    first, second = keras.layers.LSTMCell(units), keras.layers.LSTMCell(units)
    to_classes = keras.layers.Dense(4)

    def network(inputs):
        batch = inputs[0].shape[0]
        a, b = first.get_initial_state(batch), second.get_initial_state(batch)
        outputs = []
        for x in inputs:  # x: [batch, 1], taken for one time step
            x, a = first(x, a)  # [batch, units]
            x, b = second(x, b)  # [batch, units]
            outputs.append(to_classes(x))  # [batch, 4]
        return outputs

    network([np.zeros((1, 1), "float32")])  # Keras makes the weights at the first call
    return network, [v for layer in (first, second, to_classes) for v in layer.trainable_variables]


# %% [markdown]
# The training. After each step the outputs are joined again, so that output `p` stands beside
# label `p`.

# %% tags=["workshop"]
def train_as_asked(units):
    """The question's 3000 steps. Returns the losses [3000] and the last answers [2000, 4]."""
    network, variables = make_network(units)
    sgd = keras.optimizers.SGD(0.1, global_clipnorm=10)
    sgd.build(variables)
    loss_of = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    @tf.function
    def train_step(x, y):  # [100], [100]
        with tf.GradientTape() as tape:
            outputs = network(split_as_asked(x, batch=50, timesteps=2))
            logits = tf.concat(outputs, axis=0)  # [100, 4]
            loss = loss_of(y, logits)
        sgd.apply(tape.gradient(loss, variables), variables)
        return loss, tf.nn.softmax(logits)

    steps = [train_step(x, y) for x, y in zip(stream, labels, strict=True)]
    return np.array([loss for loss, _ in steps]), np.concatenate([p for _, p in steps[-20:]])


stream = puzzle.random_bits(3000 * 100, seed=0).reshape(3000, 100)
labels = puzzle.classes(stream.ravel()).reshape(3000, 100)

# %% [markdown]
# Now the question's network, and the friend's. Together they take some seconds.

# %% tags=["workshop"]
losses, answers = train_as_asked(units=5)
larger, _ = train_as_asked(units=10)
curves(
    {"5 units, as asked": losses, "10 units": larger},
    floors={"ln 4": np.log(4), "ln 2": np.log(2)},
)

# %% [markdown]
# And the table that the question shows. Row `k` is the mean answer of the network with 5 units
# where the class is `k`.

# %% tags=["workshop"]
look_back("01.plateau")
puzzle.class_table(answers, labels[-20:].ravel()).round(2)

# %% [markdown]
# Read the rows aloud. Where the class is 0, the network says: half 0, half 2, never 1 or 3. It
# knows the current bit. The bit before is a coin toss to it.
#
# Knowing nothing means a probability of ¼ for each class, and costs ln 4 = 1.386. A coin toss
# between two costs ln 2 = 0.693. The loss fell from the one to the other, and stayed. So this is
# no slow training. The network has learned all that it was shown.
#
# **Hold on to that: a plateau at a number that you can compute is a message.** It says how much
# was *visible*.

# %% [markdown]
# ## 4 Investigate
#
# ### Follow one row · workshop 1 min
#
# Feed the positions 0, 1, 2, … in place of the bits, 12 of them, in a batch of 3 with 4 time
# steps. Then you see where each one goes.
#
# Before you run the cell, write down: the network's first sequence is the first number of each
# element. Which four positions does it hold?

# %% tags=["workshop"]
positions = np.arange(12)  # batch 3, timesteps 4: small enough to read
for t, x in enumerate(split_as_asked(positions, batch=3, timesteps=4)):
    print("list element", t, "holds stream positions", np.ravel(x))


# %% [markdown]
# The first sequence is 0, 3, 6, 9. To the network, position 3 comes straight after position 0.
#
# Take position 4. Its class is made of bits 3 and 4. Its row was fed 1 and then 4. That row was
# never shown 3.
#
# Here you can read it off, because positions may stand in for bits. In a model with twenty layers
# you need another way to see it.
#
# ### Your own instrument
#
# Poke one input, see which outputs move. It needs no labels and no training. Write it yourself.
#
# `model` takes a stream `[n]` of zeros and ones and returns `[n, classes]`. Return the indices of
# the outputs that change when input `i` is changed.

# %% exercise="01.poke"
def poke(model, stream, i):
    """The outputs of model(stream) that move when input i is changed: a list of indices."""
    #@answer
    poked = stream.copy()
    poked[i] = 1 - poked[i]
    change = np.abs(model(poked) - model(stream))  # [n, classes]
    return np.flatnonzero(change.max(axis=1) > 0)
    #@stub
    # return ...
    #@end


# %%
check("01.poke", poke)

# %%
# hint("01.poke")

# %% [markdown] tags=["answer"]
# Three things go wrong easily here. A zero that is *set* to zero has not been poked: flip it. A
# stream that is changed in place is changed for the next caller too: copy it. And the largest
# class may stay the largest although every probability moved: compare the numbers, not the
# winner.

# %% [markdown]
# ### Four layouts · workshop 2 min
#
# The course's instrument does the same for every input at once. It also copes with noise, with
# Keras models and with several axes. The network below has never been trained.

# %% tags=["workshop"]
untrained = puzzle.ListRNN(units=5, seed=0)
as_asked = puzzle.on_stream(untrained, "wrong", batch=3, timesteps=4)
influence(as_asked, puzzle.random_bits(12, seed=1))

# %% [markdown]
# Find input 4 and follow its row: which outputs does it move? Then take output 6 and go down its
# column. It hears inputs 0, 3 and 6. Its class is made of bits 5 and 6.
#
# Two cuts are made in this program: one when the stream is split into the list, one when the
# outputs are joined again. Suppose that you mend only the first.

# %% tags=["workshop"]
predict("01.half")

# %% tags=["workshop"]
for layout in puzzle.LAYOUTS:
    model = puzzle.on_stream(untrained, layout, batch=3, timesteps=4)
    moved = influence(model, puzzle.random_bits(12, seed=1))
    print(f"{layout:12} input 4 moves {moved.moves(4)!s:14} output 6 hears {moved.hears(6)}")

# %% [markdown]
# Four layouts, four different answers, and not one step of training. Output 6 needs bits 5 and 6.
# The wrong layout lets it hear one of the two, the right one both, and the half repairs neither.
#
# ### Turn the knobs · workshop 2 min
#
# Below, each curve is a recorded training of 3000 steps. A dashed line shows its floor: the lowest
# loss that any network can reach with what this layout lets it see. Move `units` first. Then change
# the layout. *Train this one now* runs the point live and lays its curve over the record.

# %% tags=["workshop"]
explore("01")

# %% [markdown]
# Try to break these three sentences with the sliders. Can you?
#
# - With the wrong layout no hidden size gets below ln 2.
# - Both half repairs are worse than the bug.
# - With the right layout, more time steps mean a lower floor.

# %% tags=["workshop"]
look_back("01.half")


# %% [markdown]
# ## 5 Mend · workshop 2 min
#
# Write the layout yourself, input and target together. `inputs[t]` is `[batch, 1]` and
# `targets[t]` is `[batch]`. When the network is fed `inputs` in their order, each row must read
# the stream in its order, and each target must be the label of the element fed at that place.
#
# The rows may come in any order. How you get there is your choice.

# %% exercise="01.arrange" tags=["workshop"]
def arrange(stream, labels, batch, timesteps):
    """stream, labels: [batch·timesteps] -> two lists of `timesteps` arrays, inputs and targets."""
    #@answer
    x = stream.reshape(batch, timesteps, 1)
    y = labels.reshape(batch, timesteps)
    inputs = [x[:, t] for t in range(timesteps)]  # timesteps × [batch, 1]
    targets = [y[:, t] for t in range(timesteps)]  # timesteps × [batch]
    return inputs, targets
    #@stub
    # return ...
    #@end


# %% tags=["workshop"]
check("01.arrange", arrange)

# %%
# hint("01.arrange")

# %% [markdown] tags=["answer"]
# `reshape` never moves an element in memory. It only tells where the rows end. Elements that
# follow each other must therefore lie along the *last* axis that is cut from the stream: first
# `(batch, timesteps)`, then one column after the other. To go from there to time-major takes a
# transpose, and a reshape is none.

# %% [markdown]
# ### All four, trained
#
# Train the four layouts in the sizes of the accepted answer, the one that the asker marked as the
# solution: 7 rows of 50 time steps. From here on the course's own trainer does the steps. It
# gives the same numbers as Keras to float32, in less time; a test in the course compares them.
#
# The third floor in the figure: even with the right layout, a row's first element cannot know the
# bit before it. That is one coin toss in 50 elements.

# %%
runs = {
    layout: puzzle.train(puzzle.ListRNN(units=5, seed=0), layout, batch=7, timesteps=50)
    for layout in puzzle.LAYOUTS
}
curves(
    {layout: run.losses for layout, run in runs.items()},
    floors={"ln 4": np.log(4), "ln 2": np.log(2), "ln 2 / 50": np.log(2) / 50},
)

# %%
runs["right"].table.round(2)

# %% [markdown]
# The right layout finds every class. The half repairs stay at ln 4, twice as high as the bug. Had
# you mended one of the two cuts, run it, and seen the loss *rise*, you would have taken the
# change back.
#
# That is what makes this bug so hard to find by trying. **Two mistakes that agree with each
# other: mend one, and it gets worse.**

# %% [markdown]
# ## 6 Why · workshop 1 min
#
# A list of tensors, or an array that is *time-major*, has the shape `[timesteps, batch,
# features]`. Keras layers want *batch-major*: `[batch, timesteps, features]`. Both are three
# numbers, and no framework can tell them apart by looking.
#
# The accepted answer changes four things in one go: the number of time steps, the batch size, the
# axis of the split and the axis of the join. Now you know why no single one of them would have
# helped.
#
# ### The fifth change
#
# And it does a fifth thing: it carries the state from one batch to the next. The stream runs on,
# so why should the memory not?

# %%
predict("01.carry")

# %%
carried = puzzle.train(
    puzzle.ListRNN(units=5, seed=0), "right", batch=7, timesteps=50, carried=True
)
look_back("01.carry")
curves(
    {"state carried": carried.losses, "zero state": runs["right"].losses},
    floors={
        "floor A": puzzle.floor("right", batch=7, timesteps=50, carried=True),
        "floor B": puzzle.floor("right", batch=7, timesteps=50, carried=False),
    },
    log=True,
)


# %% [markdown]
# Why does memory hurt? Write down which positions of a batch start from a memory of something
# else.
#
# Row `b` of a batch starts in the state in which row `b` of the batch before ended. The stream
# fills a batch row after row, and the next batch goes on where this one stopped. Return the
# positions, 0 to `batch · timesteps − 1`, whose state does *not* come from the element just
# before them.

# %% exercise="01.stale"
def stale(batch, timesteps):
    """The positions in a batch whose carried state is not that of the element just before."""
    #@answer
    if batch == 1:
        return []  # row 0 goes on exactly where row 0 of the batch before ended
    return [row * timesteps for row in range(batch)]
    #@stub
    # return ...
    #@end


# %%
check("01.stale", stale)

# %%
# hint("01.stale")

# %% [markdown] tags=["answer"]
# Row 0 is the one that is easily forgotten. Its state comes from the end of row 0 of the batch
# before, but the element just before it closed the *last* row. Only with a single row are the two
# the same.

# %% [markdown]
# So 7 of 350 positions start with a bit from somewhere else, and half of the time it is the wrong
# one. The network cannot know when, for it has learned no clock. What is that worth?

# %%
p = 7 / 350 / 2  # how often the bit in memory is wrong
print(f"A, wrong without knowing when: {-p * np.log(p) - (1 - p) * np.log(1 - p):.4f} nats")
print(f"B, blank and aware of it:      {7 / 350 * np.log(2):.4f} nats")

# %% [markdown]
# These are the two floors in the figure. A state of zeros costs less than a wrong memory, because
# it tells the network that it remembers nothing. **To carry state is right only where the next
# batch goes on, row by row, where the last one ended.** Keras' `stateful=True` makes the same
# promise on your behalf.
#
# ## 7 Elsewhere
#
# Lists are gone from Keras. The bug is not. TensorFlow's old functions had a switch,
# `time_major`. This is what Keras 3 does with it, and with an array whose axes are the wrong way
# round.

# %%
try:
    keras.layers.LSTM(4, time_major=True)
except ValueError as error:
    print("ValueError:", error)

time_major = np.zeros((50, 7, 1), "float32")  # [timesteps, batch, features]
print("accepted:", keras.layers.LSTM(4, return_sequences=True)(time_major).shape)


# %% [markdown]
# The switch is refused. The array is accepted without a word: 50 sequences of 7 steps, where you
# had 7 of 50.
#
# Say you are given a Keras model and time-major data. Write the adapter. `model` takes `[batch,
# timesteps, features]` and returns `[batch, timesteps, classes]`.

# %% exercise="01.time_major"
def predict_time_major(model, x):
    """x: [timesteps, batch, features] -> [timesteps, batch, classes], from a batch-major model."""
    #@answer
    y = model(np.swapaxes(x, 0, 1))  # [batch, timesteps, classes]
    return np.swapaxes(y, 0, 1)  # [timesteps, batch, classes]
    #@stub
    # return ...
    #@end


# %%
check("01.time_major", predict_time_major)

# %%
# hint("01.time_major")

# %% [markdown] tags=["answer"]
# Swap on the way in, and swap back on the way out. `reshape` would give the same *shapes* and
# pass every shape check, and it would mix the sequences. That is this lesson's bug once more.

# %% [markdown]
# ## 8 Take it home
#
# One line, for any model from arrays to arrays. No labels, no training. Put your own model and a
# small batch in its place.

# %%
import keras

keras.utils.set_random_seed(0)
mine = keras.Sequential([keras.layers.LSTM(3, return_sequences=True), keras.layers.Dense(2)])
batch = np.random.default_rng(0).normal(size=(3, 4, 1)).astype("float32")  # 3 samples, 4 steps
influence(mine, batch)

# %% [markdown]
# Inputs and outputs are numbered along the batch and then along time. Squares on the diagonal: no
# sample hears another. Triangles inside them: no output hears its future.
#
# **Now count: how long is the side of a square?** That is what the model takes for time. Feed it
# the same numbers with the axes the wrong way round, and count again.

# %%
influence(mine, np.swapaxes(batch, 0, 1))

# %% [markdown]
# Neat squares once more, and nothing raises. Only their size gives it away: 3, where you had 4
# time steps. Choose a batch size that differs from the number of time steps, and you can always
# tell.
#
# `axes` puts the same questions one axis at a time, and answers in words. Hand it your targets as
# well if you have them: then it also asks whether each output hears what its target repeats.

# %%
axes(mine, batch)

# %% [markdown]
# **What you take with you**
#
# - A shape is not a layout. `reshape` never transposes.
# - A plateau at ln 2, or at any entropy that you can compute, says what the model could see.
# - Two mistakes can agree. A repair that makes it worse may be half of the right one.
# - Poke one input, see which outputs move, before you touch a knob.
#
# [The map of the course](00_start_here.ipynb)
