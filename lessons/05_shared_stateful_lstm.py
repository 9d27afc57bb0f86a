# ---
# jupyter:
#   course:
#     minutes: 50
#     summary: Three streams share one LSTM. They hear each other, and nothing raises.
#     tensorflow: true
#     title: A shared stateful LSTM
#     workshop: 14
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
# # 05 A shared stateful LSTM
#
# **50 minutes alone. In a workshop, take the sections whose heading says *workshop*: 14
# minutes.**
#
# At the end you can say of any stateful model whose past an answer depends on. And you can let
# streams share weights without sharing a memory.
#
# Run the next cell first. TensorFlow loads in the background while you read on.

# %% tags=["workshop"]
import numpy as np

from utils import check, explore, hint, look_back, memory, predict, source, streams, warm_up
from utils.puzzles import shared_stateful_lstm as puzzle

warm_up()

# %% [markdown]
# ## 1 Symptom · workshop 2 min
#
# Somebody watched three streams of data, say three sensors of one kind. One LSTM should read them
# all: the same weights for each, and a memory of its own for each. The streams go on for ever, so
# they come in chunks, and the LSTM is `stateful`: it takes up each chunk where it left the last.
#
# They made one layer and called it three times. Then they tested it with care. They predicted 50
# steps at once. They predicted the same 50 steps in two halves. Where state is carried, the two
# must be equal. They were not.
#
# Can streams share their weights and keep their own state? That was the question.
#
# (It was asked in the days of Keras 2. We have its text, not its address. Others have met the
# same thing since: ageron/handson-ml3#163, keras-team/keras#20327, keras-team/tf-keras#61.)

# %% tags=["workshop"]
import keras

source(puzzle.question_model)

# %% [markdown]
# The model takes `[batch, streams, timesteps, features]` and answers with `[batch, streams,
# timesteps, units]`. Not all of it reads as it did in the question. This is what had to change
# for Keras 3.

# %%
puzzle.CHANGES

# %% [markdown]
# ## 2 Predict · workshop 1 min
#
# `lstm(stream)`, three times. What do the three calls share?

# %% tags=["workshop"]
predict("05.share")

# %% [markdown]
# ## 3 Reproduce · workshop 2 min

# %% tags=["workshop"]
keras.utils.set_random_seed(0)
model = puzzle.question_model(timesteps=None)
x = np.random.default_rng(0).normal(size=(1, 3, 50, 4)).astype("float32")

puzzle.reset(model)
whole = model(x)
puzzle.reset(model)
halves = np.concatenate([model(x[:, :, :25]), model(x[:, :, 25:])], axis=2)

print("first half ", np.abs(whole - halves)[:, :, :25].sum().round(2))
print("second half", np.abs(whole - halves)[:, :, 25:].sum().round(2))

# %% [markdown]
# Both halves differ, so something is wrong. But the first half should surprise you. When it is
# predicted, the second has not been seen yet, and the layer was reset.
#
# Is there a stream whose first half is right all the same?

# %% tags=["workshop"]
predict("05.first")

# %% tags=["workshop"]
puzzle.halves(model, x)

# %% tags=["workshop"]
look_back("05.share")

# %% [markdown]
# ## 4 Investigate
#
# ### Who runs when? · workshop 1 min
#
# A layer has one state. Whoever runs second begins with what the first one left there. So the
# order matters. Compare each stream's answer with what comes out if the three are chained into
# one long sequence.

# %% tags=["workshop"]
print("order in which the streams ran:", puzzle.order(model, x))
print("in a Python loop:              ", puzzle.order(puzzle.in_a_loop(timesteps=None), x))

# %% tags=["workshop"]
look_back("05.first")

# %% [markdown]
# The question's model runs its streams from the last to the first. That is not the order of the
# calls in the program. A functional model keeps a graph, and walks it from its output back to its
# inputs. Nobody promised you an order, and the model never needed one, until its layers had a
# state.
#
# You can now predict the whole answer with NumPy. It is one long sequence, from the last stream
# to the first:

# %%
puzzle.reset(model)
leak = puzzle.chained(model.get_weights(), x, order=puzzle.order(model, x))
print("largest difference from Keras", np.abs(model(x) - leak).max())

# %% [markdown]
# ### Poke it · workshop 2 min
#
# You know the instrument: poke one input, see which outputs move. Here the inputs are streams.
# Change stream `j` in one chunk. Which streams' answers move, in the same chunk and in the next?

# %% tags=["workshop"]
streams(model, x[:, :, :6])

# %% [markdown]
# In a right model both maps are diagonal. In this one the second map is full. Read down its last
# column: whose past does stream 2 go on from?
#
# ### Then and now
#
# The asker saw something else: *only* the second half differed. They took the equal first half
# for a proof that within one call the streams are kept apart.

# %%
predict("05.race")

# %% [markdown]
# The next cell starts the Keras of those days in a process of its own. In graph mode it makes a
# program for each of 8 seeds. Then it repeats the first half of each 50 times, from a reset.

# %%
then = puzzle.history()

# %%
then

# %%
look_back("05.race")

# %% [markdown]
# In graph mode the three calls read and write one pair of variables, and nothing says in which
# order. Often all three read before anyone writes. Then the first half is right. The next chunk
# begins with the state of whoever wrote last. **The equal first half was a race that was often
# won.** Look at the counts by seed. With one thread there is nobody to race with, so a program
# does the same every time. Which of the two it does, depends on how its graph happens to be
# walked.
#
# Today's Keras has no race. It leaks the same way each time, and so does the old one when it is
# not in graph mode.
#
# ### Turn the knobs · workshop 2 min
#
# A window of `timesteps` is read whole, and then in two halves: two chunks. For the maps, one
# stream is poked in its whole first half. The curves show where whole and halves differ.

# %% tags=["workshop"]
explore("05")

# %% [markdown]
# - Find the window at which the leak is gone from the last step, as far as float32 can tell. Is
#   it gone from the model?
# - Choose the Python loop. What changes in the maps?
# - At a long window, look at the second map once more. Whose past does each stream go on from?
#   What has become of its own?
#
# An LSTM forgets. After a hundred steps next to nothing is left of a wrong start. Whoever looks
# only at the last step of long windows sees nothing. So test with short windows, and look at the
# first steps.
#
# At 200 timesteps the second map has one large entry: the stream that runs first goes on from the
# one that ran last. Each of the others goes on from the one just before it, in the same chunk. Of
# its own past, no stream has anything left.
#
# ### Does the loss show it?
#
# It leaks in `fit` too. Will a training show that something is wrong?

# %%
predict("05.loss")

# %% [markdown]
# First a task that needs little memory: the mean of the last three inputs. Here is the training
# loss with the leak and without it, for three seeds.

# %%
puzzle.train_loss_hides()

# %% [markdown]
# Both go down, and they end close together. The leaking one ends a little higher, but you would
# need the other beside it to know. Only the last column tells them apart.
#
# Then a task that asks for the state: the first step of each stream is +1 or −1. The model is to
# say that sign at every step of this chunk, *and at every step of the next one*, which does not
# show it again. It takes some seconds for each model. (*Mended* is one of the repairs that you
# will meet.)

# %%
signs = {name: puzzle.remember_the_sign(name, seed=0) for name in ("question", "mended")}

# %%
for name, run in signs.items():
    print(f"{name:9}", "chunk 2, last 30 rounds:", run.last[1].round(2))

# %%
look_back("05.loss")

# %% [markdown]
# The two lines hold the mean squared errors of streams 0, 1 and 2, averaged over the last 30
# rounds. A guess of 0 has an error of 1. With the leak, a stream that begins its
# second chunk finds in the state what another one left there. Mended, all three find their own
# sign.
#
# The loss of a task that needs no memory is a poor witness for memory.
#
# And gradients? What leaks, within a chunk or into the next, is a number in a variable. Nothing
# flows back through it. Here is one chunk: the first table pokes, the second differentiates.

# %%
puzzle.gradient_leak(model, x[:, :, :6])


# %% [markdown]
# ## 5 Mend · workshop 4 min
#
# Write a model whose streams share one LSTM and keep their own states. It is called with a batch
# of chunks, `[batch, streams, timesteps, features]`. `timesteps` may be None: then each call may
# bring another number of steps. `puzzle.reset(model)` calls `reset_state()` of each layer that
# has one, and must bring every stream back to zeros.
#
# There is more than one way. If you see none, take a hint: the shortest has no loop and no class.

# %% exercise="05.mend" tags=["workshop"]
def build(batch, streams, timesteps, features, units):
    """A Keras model, [batch, streams, timesteps, features] -> [..., timesteps, units]."""
    #@answer
    x = keras.Input(batch_shape=[batch, streams, timesteps, features])
    rows = keras.ops.reshape(x, [batch * streams, -1, features])  # a row for each stream
    rows = keras.layers.LSTM(units, stateful=True, return_sequences=True)(rows)
    return keras.Model(x, keras.ops.reshape(rows, [batch, streams, -1, units]))
    #@stub
    # return ...
    #@end


# %% tags=["workshop"]
check("05.mend", build)

# %%
# hint("05.mend")

# %% [markdown]
# ### Four repairs
#
# Two were published as answers to the question: a cell that splits its input and keeps a state
# for each stream, and a wrapper that hands one inner LSTM its state explicitly. Here they are
# beside two others, all with the same weights.

# %%
puzzle.compare()

# %% [markdown]
# All are right: up to the rounding of float32 they agree with three LSTMs that each read one
# stream alone, in the answers, in the halves, and after a step of training. The last three columns
# tell them apart. Keras saves the one cell's model, and can't load it again. Of the others, only
# the wrapper is saved with its states. And the wrapper and the one cell can run one stream by
# itself.
#
# They also cost differently.

# %%
predict("05.repair")

# %%
puzzle.costs("small")

# %%
look_back("05.repair")

# %% [markdown]
# A cost of 1 is that of the Python loop, which leaks. The brackets hold the lowest and the highest
# of three turns. That was the question's own size. With 8 streams, 32 units
# and batches of 4 the fold gains more. It takes three times as long to measure: take the `#`
# away.

# %%
# puzzle.costs("big")

# %% [markdown]
# This is the fold, whole:

# %%
source(puzzle.REPAIRS["fold"].build)


# %% [markdown]
# A stateful layer keeps one state for each *row of its batch*. So make each stream a row. The
# LSTM then works through all streams at once, in one large product in place of several small
# ones.
#
# So take the fold where the streams come together and are equally long. Where they come one by
# one, or where the state must be saved with the model, take the wrapper, or carry the states
# yourself.
#
# ### When streams come one by one
#
# The fold wants all streams at the same time, and equally long. Sensors are not like that. One
# sends ten samples, another sends three, a third is silent.
#
# Write a server for such streams. `lstm` is a plain `keras.layers.LSTM(units,
# return_sequences=True, return_state=True)`, not stateful. `serve` returns a function: hand it
# the number of a stream and a chunk of any length, and it answers as if that stream had never
# been interrupted. It uses the weights that `lstm` has at that moment. Two servers made from one
# `lstm` don't hear each other.

# %% exercise="05.separate"
def serve(lstm, streams):
    """-> answer(stream, chunk [batch, timesteps, features]) -> [batch, timesteps, units]."""
    #@answer
    states = [None] * streams

    def answer(stream, chunk):
        outputs, *states[stream] = lstm(chunk, initial_state=states[stream])
        return outputs

    return answer
    #@stub
    # return ...
    #@end


# %%
check("05.separate", serve)


# %%
# hint("05.separate")

# %% [markdown] tags=["answer"]
# Weights live in the layer, and states live with you. That is the whole of it. PyTorch's LSTM
# works this way always: it takes a state and returns one, and so the question can't arise there.

# %% [markdown]
# ## 6 Why
#
# `stateful=True` puts a variable into the layer: one state for each row of the batch. Sharing the
# layer shares its variables, *all* of them. Weights are meant to be shared. The state comes
# along.
#
# The published answers are right, and both were more work than was needed. The missing idea is
# where the state lives: with the row, not with the call.
#
# What the question's test could not tell:
#
# - The equal first half proved nothing. It was a race.
# - A batch of one hides confusions of streams and rows. Test with two or more.
# - Whole against halves finds that something leaks. It does not find who hears whom, and a model
#   that carries no state at all passes it.

# %% [markdown]
# ## 7 Elsewhere
#
# `TimeDistributed` around a stateful LSTM leaks like the question's model. So does one stateful
# model behind a service that many users share, and any object that keeps an `h` of its own and is
# called for more than one.
#
# Write the probe that finds all of these: who hears whom? It is given a stateful model and a
# chunk. Entry `[j, i]` says whether stream `i`'s answer changes, in this chunk or in the next,
# when stream `j` is changed in this one. However little it changes, it counts: after
# `puzzle.reset(model)` the same chunks give the same numbers to the last bit. Leave the model
# reset, or as it was.

# %% exercise="05.probe"
def who_hears(model, x):
    """x: [batch, streams, timesteps, features] -> bool [streams, streams]: does i hear j?"""
    #@answer
    def two_chunks(first):
        puzzle.reset(model)
        return np.stack([model(first), model(x)])  # [2, batch, streams, timesteps, units]

    calm, heard = two_chunks(x), []
    for j in range(x.shape[1]):
        poked = x.copy()
        poked[:, j] += 1
        heard.append((two_chunks(poked) != calm).any(axis=(0, 1, 3, 4)))
    puzzle.reset(model)
    return np.array(heard)
    #@stub
    # return ...
    #@end


# %%
check("05.probe", who_hears)

# %%
# hint("05.probe")

# %% [markdown]
# ## 8 Take it home
#
# `streams` takes a stateful model of your own and one chunk for it. `axis` names the axis along
# which the streams lie, in the chunk and in the answer.

# %%
mine = puzzle.REPAIRS["fold"].build(batch=2, streams=3, timesteps=None, features=4, units=8)
streams(mine, np.random.default_rng(1).normal(size=(2, 3, 5, 4)).astype("float32"), axis=1)

# %% [markdown]
# `memory` needs no axis of streams. It asks any model what it carries from one call to the next,
# whether a reset empties that, and whether a sequence in pieces gets the answers of the whole.
# Where one stateful layer is called for several streams, it says in which order. Here is the
# question's model once more:

# %%
memory(model, x[:, :, :6])

# %% [markdown]
# **What you take with you**
#
# - Sharing a layer shares its variables. A state is a variable.
# - One state for each row of the batch: make each stream a row, or carry the states yourself.
# - Test short windows, a batch of two, whole against parts, and who hears whom.
# - An equality that you have seen is not one that you can rely on.
#
# [The map of the course](00_start_here.ipynb)
