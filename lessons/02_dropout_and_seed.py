# ---
# jupyter:
#   course:
#     minutes: 65
#     summary: One argument less, and a model seems three times better. By chance?
#     tensorflow: true
#     title: A missing input_shape
#     workshop: 13
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
# # 02 A missing `input_shape`
#
# **65 minutes alone; the explorer of the third suspect is a good place for a break. In a
# workshop, take the sections whose heading says *workshop*: 13 minutes.**
#
# At the end you can say of two trainings whether the difference between them is more than chance.
# And you can say of any layer that makes noise whether it does so while `fit` trains the model.
#
# Run the next cell first. TensorFlow loads in the background while you read on.

# %% tags=["workshop"]
import numpy as np

from utils import check, explore, hint, look_back, noise, predict, source, spread, warm_up
from utils.puzzles import dropout_and_seed as puzzle

warm_up()

# %% [markdown]
# ## 1 Symptom · workshop 1 min
#
# The question is "What is the structure of a Keras model if input_shape is omitted and why does
# it perform better?", on Stack Overflow. It was asked in the days of TensorFlow 1.12.
#
# The asker had left out `input_shape` by mistake. They noticed, put it in, and the model became
# three times worse. After 10 epochs the validation loss was 4.05 with `input_shape`, and 1.32
# without.
#
# The model reads the last 1000 samples of a curve, and one more number: a distance. It is to say
# how high the curve will be at that distance from here. You will work with 50 samples and 2000
# rows, so that a run takes seconds. The losses are then larger than in the question. Its own size
# comes later, recorded.

# %% tags=["workshop"]
x, y = puzzle.data(rows=2000, inputs=51, rows_a_window=1)  # [2000, 51], [2000]
print(x.shape, y.shape)

# %% [markdown]
# And this is the model: four hidden layers of 64, a little Dropout after each, and a readout. Its
# layers have the numbers 0 to 8. `Dense` is at 0, 2, 4, 6 and 8, `Dropout` in between.

# %% tags=["workshop"]
import keras


def question_model(with_shape, rate=0.05, seed=1):
    """The question's model, compiled. The seed is set just before the layers are made."""
    keras.utils.set_random_seed(seed)
    layers = [keras.Input([x.shape[1]])] if with_shape else []
    for _ in range(4):
        layers += [keras.layers.Dense(64, "relu"), keras.layers.Dropout(rate)]
    model = keras.Sequential([*layers, keras.layers.Dense(1)])
    model.compile(keras.optimizers.RMSprop(5e-4), "mse")
    return model


# %% [markdown]
# ## 2 Predict · workshop 1 min
#
# Four suspects. Each was accused in the thread at one time.
#
# - **The structure.** Without `input_shape`, `summary()` says `multiple` where a shape should be,
#   and a plot of the model shows layers that are not connected.
# - **The seed.** It was set to 1 in both programs. Perhaps both got other numbers all the same.
# - **Chance.** One run is one run. Perhaps the next pair shows the opposite.
# - **Dropout.** Perhaps it is there in the one and idle in the other.

# %% tags=["workshop"]
predict("02.suspect")

# %% [markdown]
# ## 3 Reproduce · workshop 1 min
#
# Today's Keras first. Both models, same seed, same data.

# %% tags=["workshop"]
histories = {}
for with_shape in (True, False):
    model = question_model(with_shape)
    fitted = model.fit(x, y, epochs=5, validation_split=0.1, verbose=0)
    histories[with_shape] = fitted.history
    print("with" if with_shape else "without", np.round(fitted.history["val_loss"], 4))

print("the same to the last digit:", histories[True] == histories[False])

# %% [markdown]
# On TensorFlow 2.21 and Keras 3.15 there is nothing to see. The difference is not small. It is
# zero, to the last bit.
#
# So this is a cold case. Two things can be done with one: go back to the scene with the tools of
# the time, and test each suspect for what it *could* have done. You will do both.

# %% [markdown]
# ## 4 Investigate
#
# ### Suspect one: the structure
#
# `tf_keras` is the old Keras, kept alive beside the new one. The next cell starts a second Python
# with it, in graph mode, as in the days of the question. Your own kernel stays with Keras 3.

# %%
then = puzzle.history()

# %%
print(then.summaries["without"])

# %% [markdown]
# There it is: `multiple`. It appears where Keras cannot name *one* output shape of a layer,
# because none was written down when the layer was made. Keras 3 has dropped the word and says
# `?`.
#
# It is a gap in the notes. Does it say anything about what the model computes? Compare what else
# the two summaries say. (This old program has 101 inputs.)

# %%
for arm in ("with", "without"):
    print(arm, [line for line in then.summaries[arm].splitlines() if line.startswith("Total")])


# %% [markdown]
# The same layers in the same order, as many parameters. That is no proof, but nothing against
# this suspect either. Not guilty so far; you will meet a gap of this kind once more.
#
# ### Suspect two: the seed
#
# The asker did what one should do first, and compared the weights that both models start from.
# This is their check in today's Keras.

# %%
def weights_as_asked(a, b):
    """Whether two models start from the same weights, the question's way."""
    for layer in (0, 2, 4, 8):
        kernel_a = a.layers[layer].get_weights()[0]
        kernel_b = b.layers[layer].get_weights()[0]
        if not np.array_equal(kernel_a, kernel_b):
            return False
    return True


pair = [question_model(with_shape) for with_shape in (True, False)]
pair[1](x[:2])  # without a shape, Keras makes the weights at the first call
weights_as_asked(*pair)


# %% [markdown]
# All equal, it says. Would you have signed that? Read it once more beside the list of the layers,
# and write a better one. It is to say `True` only if two models hold the same weights everywhere,
# to the last bit. It has to work for other models too.

# %% exercise="02.weights"
def same_weights(a, b):
    """True if two built Keras models hold the same weights everywhere, to the last bit."""
    #@answer
    ours, theirs = a.get_weights(), b.get_weights()
    return len(ours) == len(theirs) and all(map(np.array_equal, ours, theirs))
    #@stub
    # return ...
    #@end


# %%
check("02.weights", same_weights)

# %%
# hint("02.weights")

# %% [markdown] tags=["answer"]
# The question's loop runs over 0, 2, 4 and 8. Layer 6 is never looked at, and no bias is. A check
# that cannot fail on what you are looking for is worse than none, for it ends the search.

# %% [markdown]
# ### A seed for each operation
#
# The first answer that was accepted said: chance, by way of the weights. In TensorFlow 1, a
# random operation without a seed of its own got one from the seed of the graph *and the number of
# operations already in the graph*. The answer counted 303 in one program and 7 in the other. Same
# seed, other numbers.
#
# Suppose that you add a few constants before the first layer. They do nothing.

# %%
predict("02.constants")

# %%
explore("02.op_seed")

# %% [markdown]
# The circles are the old rule, put back into TensorFlow 2.21. The number moves with each
# constant. The squares are today's rule. It counts only random operations that have no seed, and
# constants move nothing.

# %%
look_back("02.constants")

# %% [markdown]
# The same program told more than its summaries. *with* and *without* are the two arms of the
# experiment, with `input_shape` and without. *fixed* means that every initialiser and every
# Dropout got a seed of its own.

# %%
then

# %% [markdown]
# Read the last two columns. Under the old rule the arms start from different numbers and end
# apart: in this the accepted answer is right. With today's rule, or with fixed seeds, they end
# alike to the last digit. And that is the alibi of suspect one: the two structures compute the
# same.
#
# ### A game: which of these changes the run?
#
# Today `keras.utils.set_random_seed(1)` is all it takes to make a run repeat. How easily is that
# lost? Here is a small program, and eight changes to it.

# %%
print(puzzle.PROGRAM)
for name, change in puzzle.PERTURBATIONS.items():
    print(f"{name:11} {change.words}")

# %% [markdown]
# Put `True` where you think that the losses change, and `False` where they stay the same to the
# last digit. Then run both cells.

# %%
guesses = {
    "input": ...,
    "relu": ...,
    "numpy": ...,
    "python": ...,
    "spare": ...,
    "predict": ...,
    "training": ...,
    "validation": ...,
}

# %%
puzzle.play(guesses)

# %% [markdown]
# When all eight are guessed, the table ends with the rule behind it.
#
# A seed decides *which* numbers you draw. It does not decide from which distribution. So a seed
# alone can only ever be chance, and that is the next suspect.
#
# ### Suspect three: chance · workshop 4 min
#
# How far apart do two runs of the *same* model lie? That is the first question to ask. In the
# explorer below, each point is one training of 10 epochs on 10,000 rows. Lines join two runs of
# one seed.
#
# The sentence names a number p. Suppose that Dropout had no effect. Then each pair's difference
# might as well have had the other sign. Flip the signs in every way there is: p is the share of
# ways whose sum lies at least as far from zero as yours. That is the *sign-flip test*, and below
# 5 % one calls a difference shown.
#
# Look at the two columns on the left first. They are the same model, with other seeds. Then
# compare the two on the right. Then change the loss from validation to training.

# %% tags=["workshop"]
explore("02")

# %% [markdown]
# In another small setting, 4000 rows and 50 samples, 48 seeds were run in each arm. Counted over
# all of them the model without Dropout ends *lower* in validation loss. Now you run it once with
# Dropout and once without.

# %%
predict("02.pair")

# %% [markdown]
# The next explorer draws experiments from those 48 seeds, of as many pairs as you like. It counts
# how often the sign-flip test shows the difference, and how often it cries wolf where there is
# none. Beside it stands the *bootstrap*: draw your pairs again, with replacement, many times, and
# take the middle 95 % of the means. If zero is not among them, call it a difference.

# %%
explore("02.how_many")

# %%
look_back("02.pair")


# %% [markdown]
# Three things to find with the slider:
#
# - With fewer than 6 pairs the sign-flip test never says "different". Of the 32 ways to flip 5
#   signs, two are always as extreme as the most extreme: 2/32 is .06, and that is above .05.
# - The bootstrap does say it, and too often. At 3 pairs, compare its false alarms with the 5 %
#   that it promises.
# - In training loss the points of the two arms do not even overlap. All the same the test needs 6
#   pairs before it may say so.
#
# ### Judge it yourself
#
# Write the verdict as a function. `a` and `b` are the final losses of two models, paired by seed:
# 3 to 12 numbers each. Say which one is lower, `"a"` or `"b"`, or `"not shown"`.
#
# Your method is tried on hundreds of data sets. Where there is no difference it may be wrong one
# time in twenty. Where there is a clear one, and enough pairs, it has to see it. A run that
# diverged has the loss NaN or infinity; it must not decide. NumPy is all you need (SciPy is not
# part of this course).

# %% exercise="02.conclude"
def conclude(a, b):
    """a, b: [n] final losses, paired by seed -> "a" or "b", the lower one, or "not shown"."""
    #@answer
    d = np.asarray(a, float) - np.asarray(b, float)
    d = d[np.isfinite(d)]  # a run that diverged decides nothing
    n = len(d)
    flips = 1 - 2 * (np.arange(2**n)[:, None] >> np.arange(n) & 1)  # every way to flip the signs
    sums = np.abs(flips @ d)
    p = np.mean(sums >= np.abs(d.sum()) * (1 - 1e-12))
    if not p <= 0.05:
        return "not shown"
    return "a" if d.sum() < 0 else "b"
    #@stub
    # return ...
    #@end


# %%
check("02.conclude", conclude)

# %%
# hint("02.conclude")

# %% [markdown] tags=["answer"]
# The sign-flip test assumes no bell curve, only that without an effect both signs were as likely.
# A paired t-test or a rank test would pass as well. What does not pass: comparing two means, or
# any rule that ignores how few pairs there are.

# %% [markdown]
# ### The question's own size · workshop 1 min
#
# Twenty seeds with Dropout and twenty without, at the size of the question: 100,000 rows, 1001
# inputs, 10 epochs. It is recorded; `make records ARGS=02.full_scale` trains it anew, if you have
# some minutes to an hour.

# %% tags=["workshop"]
full = puzzle.full_scale.recorded()
names = "Dropout .05", "no Dropout"
validation = full["with"].last("validation"), full["without"].last("validation")
spread(*validation, names=names, what="validation loss")

# %% [markdown]
# Now the two numbers of the question: 4.05 and 1.32. Where does each of them lie among the runs
# with Dropout, and where among those without?

# %% tags=["workshop"]
for asked in (4.05, 1.32):
    for name, losses in zip(names, validation, strict=True):
        away = (asked - losses.mean()) / losses.std(ddof=1)
        print(f"{asked}: {away:+.1f} standard deviations from the mean of the runs with {name}")

with_dropout = np.concatenate([full["with"].last("validation"), full["again"].last("validation")])
print(f"the lowest of {len(with_dropout)} runs with Dropout: {with_dropout.min():.2f}")

# %% [markdown]
# Read it as a verdict.
#
# 4.05 is an ordinary result *with* Dropout. 1.32 is none: other seeds alone never took that model
# so low. Without Dropout 1.32 lies within the range of the runs, and 4.05 far outside. So the
# accepted answer, the chance of the first weights, is not supported by these runs. "Dropout was
# off" is.
#
# But look how weak the validation loss is as a witness. These are the same runs at the epochs
# before, and below that their training loss.

# %%
for epoch in range(6, 11):
    arms = [full[arm].validation[:, epoch - 1] for arm in ("with", "without")]
    ranges = ", ".join(f"{losses.min():.2f} to {losses.max():.2f}" for losses in arms)
    print(f"epoch {epoch:2}: with, without {ranges}; reversed pairs {np.sum(arms[0] < arms[1])}")

# %%
training = full["with"].last("training"), full["without"].last("training")
spread(*training, names=names, what="training loss")

# %% [markdown]
# Some epochs earlier the ranges overlap, and some pairs point the wrong way: the validation loss
# jumps. The training loss leaves no room for doubt. It is measured with Dropout at work, and that
# is what the question is about.
#
# Caveats. This is TensorFlow 2.21 on our machines. It says what these two models *do*, and cannot
# say what an installation of those days did. And the question's program could be read only in
# part: how the distance is scaled among the inputs is our inference. With another scale both arms
# end elsewhere; that they end apart, and in which order, is what to take from here.

# %% [markdown]
# ### Suspect four: Dropout · workshop 3 min
#
# The thread went on. With a fixed seed in every initialiser and every Dropout, ten seeds were run
# in each arm, and the arms still differed. Without Dropout they did not. Somebody noticed that
# the model without `input_shape` behaves as if it had no Dropout, and suspected `__call__`
# against `call`. Then TensorFlow was installed anew, and it all went away.
#
# So we don't know what was broken there. But we can build a model with this very symptom. Here is
# a Sequential of our own. It chains its layers at once if the shape is known. If not, it runs
# them one after the other in `call`.

# %% tags=["workshop"]
source(puzzle.LookAlike)


# %% [markdown]
# Read its last three lines again. In a moment it is trained in both ways, and beside it the real
# Sequential, with a Dropout of 0.05 and with one of a billionth. That one draws its masks as
# well, so all the weights stay the same, but it drops next to nothing. Six losses: which of them
# will be equal to the last digit? Write it down.

# %% tags=["workshop"]
def final_loss(make, rate):
    """The training loss after 2 epochs of a model made by `make` from the question's layers."""
    keras.utils.set_random_seed(1)
    model = make(puzzle.question_layers(rate))
    model.compile(keras.optimizers.RMSprop(5e-4), "mse")
    return model.fit(x, y, epochs=2, verbose=0).history["loss"][-1]


for rate in (0.05, 1e-9):
    print(f"Dropout {rate}")
    print("  Sequential            ", final_loss(keras.Sequential, rate))
    print("  look-alike, shape     ", final_loss(lambda ls: puzzle.LookAlike(ls, [51]), rate))
    print("  look-alike, no shape  ", final_loss(puzzle.LookAlike, rate))

# %% [markdown]
# Compare digit by digit. Without a shape, the look-alike with a Dropout of 0.05 *is* the model
# with a Dropout of a billionth. No statistics needed: **where chance can be taken out, take it
# out.**
#
# Same layers, same weights. What would have shown the difference without a second model? Here is
# a part of the two summaries. Which rows have no shape, and who was never called?

# %% tags=["workshop"]
for shape in ([51], None):
    model = puzzle.LookAlike(puzzle.question_layers(0.05), shape)
    model(x[:2])
    model.summary(print_fn=lambda text: print("\n".join(text.splitlines()[1:9])))

# %% [markdown]
# A gap in the notes again, and this time it means something. A layer notes its shape when it is
# *called*. `layer.call(x)` only borrows its arithmetic.
#
# A gap is a hint. This is a measurement:

# %% tags=["workshop"]
idle = puzzle.LookAlike(puzzle.question_layers(0.05))
idle.compile(keras.optimizers.RMSprop(5e-4), "mse")
noise(idle, x[:64], y[:64])


# %% [markdown]
# `noise` runs one step of the model's own `fit` and listens at every layer that ought to make
# noise. Afterwards the model is as it was.
#
# ### Why not ask the model by hand?
#
# The obvious probe is to call the model twice with `training=True` and see whether the answers
# differ. Here is a model whose `call` has no `training` argument.

# %%
class Quiet(keras.Model):
    """One Dropout and one Dense; `call` was written in a hurry."""

    def __init__(self):
        super().__init__()
        self.drop, self.read = keras.layers.Dropout(0.5), keras.layers.Dense(1)

    def call(self, x):
        return self.read(self.drop(x))


quiet = Quiet()
quiet.compile("sgd", "mse")
by_hand = [np.array(quiet(x[:4], training=True)).ravel() for _ in range(2)]
print(np.round(by_hand, 3))

# %%
predict("02.fooled")

# %%
noise(quiet, x[:64], y[:64])

# %%
look_back("02.fooled")


# %% [markdown]
# Write a probe that is not fooled. The model comes compiled and is yours to spoil. Say `True` if
# anything random happens to it while `fit` trains it, and `False` if not. It is not always built
# yet. You need no list of layer types for it. Think of what must repeat if nothing is random.

# %% exercise="02.probe"
def drops_in_fit(model, x, y):
    """True if anything is random in this compiled model while `fit` trains it on x and y."""
    #@answer
    model.optimizer.learning_rate = 0.0  # then nothing moves but what is random
    fitted = model.fit(x, y, batch_size=len(x), epochs=2, shuffle=False, verbose=0)
    first, second = fitted.history["loss"]
    return abs(first - second) > 1e-5 * abs(first)
    #@stub
    # return ...
    #@end


# %%
check("02.probe", drops_in_fit)


# %%
# hint("02.probe")

# %% [markdown] tags=["answer"]
# At a learning rate of zero the weights stand still. If the loss of the same batch still changes
# from epoch to epoch, something in the model is random. Comparing `fit` with `evaluate` would
# blame BatchNormalization, which behaves differently in training without being random.

# %% [markdown]
# ## 5 Mend · workshop 2 min
#
# Mend the look-alike. Without a shape it has to train to the same weights as with one, to the
# last bit. It must stay quiet in `predict`, and it has to work with any Keras layers. One line is
# missing; the rest is as above.

# %% exercise="02.look_alike" tags=["workshop"]
class Stack(keras.Model):
    """A Sequential of our own."""

    def __init__(self, layers, input_shape=None):
        super().__init__()
        self.steps, self.chain = list(layers), None
        if input_shape is not None:
            x = inputs = keras.Input(input_shape)
            for layer in self.steps:
                x = layer(x)
            self.chain = keras.Model(inputs, x)

    def build(self, shape):
        for layer in self.steps:
            if not layer.built:
                layer.build(shape)
            shape = layer.compute_output_shape(shape)

    def call(self, x, training=None):
        if self.chain is not None:
            return self.chain(x)
        for layer in self.steps:
            #@answer
            x = layer(x)
            #@stub
            # x = ...
            #@end
        return x


# %% tags=["workshop"]
check("02.look_alike", Stack)


# %%
# hint("02.look_alike")

# %% [markdown] tags=["answer"]
# `layer(x)` is `layer.call(x)` and much more. It builds the layer, casts the input, and hands
# down what everyone around has agreed on: whether this is training. `layer.call(x)` gets none of
# that, and Dropout's `call` takes `training=False` unless it is told otherwise.

# %% [markdown]
# ### Two models that differ in one thing
#
# The look-alike could be compared bit by bit because only one thing differed. Build such a pair
# yourself. `build(seed, True)` is the question's model with Dropout .05. `build(seed, False)`
# starts from the *same* weights, and nothing drops. Another seed gives other weights and other
# masks. Whatever ran before must not matter. Each layer needs weights of its own, and each
# Dropout its own mask.

# %% exercise="02.controls"
def build(seed, drops):
    """An uncompiled model: 51 inputs, four times Dense(64) relu and Dropout, Dense(1)."""
    #@answer
    keras.utils.set_random_seed(seed)
    rate = 0.05 if drops else 1e-9  # not 0: a Dropout that never drops takes no seed
    layers = [keras.Input([51])]
    for _ in range(4):
        layers += [keras.layers.Dense(64, "relu"), keras.layers.Dropout(rate)]
    return keras.Sequential([*layers, keras.layers.Dense(1)])
    #@stub
    # return ...
    #@end


# %%
check("02.controls", build)

# %%
# hint("02.controls")

# %% [markdown] tags=["answer"]
# Three controls that the thread tried, or could have, and that change the experiment:
# `Dropout(0)` shifts the seeds of all later layers. `seed=1` in every Dropout gives them all the
# same mask. One initialiser object with a seed, shared by all layers, gives equal kernels
# wherever the shapes are equal.

# %% [markdown]
# ## 6 Why
#
# Two things fit all that the asker saw.
#
# The two programs started from different weights, although both said seed 1: the old rule counted
# operations. That is worth as much as another seed.
#
# And the model without `input_shape` trained as if it had no Dropout. That is worth a different
# model. Of all four suspects it is the only one that moves the *whole* distribution.
#
# What we don't know: why Dropout was idle there. With TensorFlow 2.21 neither Keras 3 nor
# `tf_keras` in graph mode shows it, with the question's own model. That says nothing about
# TensorFlow 1.12.
#
# The thread did much that few do: fixed seeds, ten runs, one change at a time. Three things in it
# weaken its own evidence all the same. You have met two of them. Write down what you think before
# you unfold the list.
#
# <details><summary>Three weak points</summary>
#
# 1. The check of the weights skips layer 6, and every bias.
# 2. Seed 1 in every initialiser and every Dropout makes all layers of equal shape start alike and
#   drop alike. The arms become comparable, but neither is the model in question any longer.
# 3. To install anew changes everything at once. The symptom was gone, and the evidence with it.
#
# </details>

# %%
look_back("02.suspect")

# %% [markdown]
# ## 7 Elsewhere
#
# How else does Dropout stop dropping in Keras 3, or go on although one would think that it stops?
# Four ways to call the same layer inside a model. Which of them drop in `fit`? Guess first.

# %%
ways = {
    "layer(x)": lambda layer, x: layer(x),
    "layer(x, training=False)": lambda layer, x: layer(x, training=False),
    "layer.call(x)": lambda layer, x: layer.call(x),
    "layer.call(x, training=True)": lambda layer, x: layer.call(x, training=True),
}


class Caller(keras.Model):
    """One Dropout, called in one of these ways, and one Dense."""

    def __init__(self, way):
        super().__init__()
        self.way, self.drop, self.read = way, keras.layers.Dropout(0.5), keras.layers.Dense(1)

    def call(self, x, training=None):
        return self.read(self.way(self.drop, x))


# %%
for words, way in ways.items():
    model = Caller(way)
    model.compile("sgd", "mse")
    (dropout,) = noise(model, x[:64], y[:64]).layers
    print(f"{words:30} in fit {dropout.acts!s:6} in predict {dropout.acts_in_predict}")

# %% [markdown]
# To forget to pass `training` on does no harm: Keras hands it down. To pass the wrong one, or to
# go around `layer(…)`, does. So does a *model* of your own whose `call` has no argument `training`:
# its `fit` has nowhere to put it, and nothing inside ever drops (Keras 3.15). In a training loop of
# your own, `model(x)` alone never drops either.
#
# ## 8 Take it home
#
# Two instruments. The first needs your model and one batch.

# %%
mine = keras.Sequential([keras.layers.LSTM(8, dropout=0.2), keras.layers.Dense(1)])
mine.compile("adam", "mse")
rng = np.random.default_rng(0)
noise(mine, rng.normal(size=(32, 10, 8)), rng.normal(size=(32, 1)))

# %% [markdown]
# (The LSTM draws a mask for its input. Its cell is called once for each time step.) The second
# needs the results of a few runs, one number for each seed. Start with the spread of *one* model.
# It tells you how small a difference you can hope to see.

# %%
spread(validation[1][:5], names="no Dropout", what="validation loss")

# %% [markdown]
# **What you take with you**
#
# - One run is one run. Know the spread of one model before you compare two.
# - A seed picks the numbers, not the distribution. A control must change one thing.
# - Validation loss says which model is better. For the question *what is the mechanism?* take
#   what shows it best: training loss, the share of zeros, a comparison bit by bit.
# - `layer.call(x)` is not `layer(x)`. Probe Dropout inside `fit`, not by hand.
#
# [The map of the course](00_start_here.ipynb)
