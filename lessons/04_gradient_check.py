# ---
# jupyter:
#   course:
#     minutes: 55
#     summary: A network learns, and its gradients fail the check. Which of the two
#       lies?
#     tensorflow: false
#     title: A gradient check that fails
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
# # 04 A gradient check that fails
#
# **55 minutes alone. In a workshop, take the sections whose heading says *workshop*: 13
# minutes.**
#
# At the end you can tell a wrong gradient from a wrong check. You know which step, which
# tolerance and which denominator hold. And you know what no gradient check can see.
#
# This lesson needs NumPy and nothing else. All it computes is small and quick.

# %% tags=["workshop"]
import numpy as np

from utils import check, explore, gradcheck, hint, look_back, predict, source
from utils.puzzles import gradient_check as puzzle

# %% [markdown]
# ## 1 Symptom · workshop 2 min
#
# Somebody wrote an LSTM in NumPy, forward and backward, to learn how it works. One input, five
# units, one output. It learns a sine: the loss falls.
#
# Then they did what careful people do. They compared their gradients with finite differences. The
# two should agree to seven digits or so. They agreed to one or two, and sometimes not at all,
# depending on how the weights had been drawn.
#
# (The question is "My LSTM learns, loss decreases, but Numerical Gradients don't match Analytical
# Gradients", on Stack Overflow. The printed program did not run: a formatter had eaten parts of
# it. The program below is ours, written anew after it. This is what had to be restored, and what
# is odd in it besides. If you like to find things yourself, skip the rows marked *odd* for now.)

# %%
puzzle.RESTORED

# %% [markdown]
# The model has 146 parameters. One step of it, forward:

# %% tags=["workshop"]
source(puzzle.step)

# %% [markdown]
# And backward. It takes what comes back through the output `y`, the next `h` and the next `c`. It
# adds to each parameter's gradient, and hands the rest to the step before.

# %%
source(puzzle.step_back)

# %% [markdown]
# `forward` runs the steps from a state, `backward` runs them back. Here are the data, and a first
# look.

# %% tags=["workshop"]
from utils.puzzles.gradient_check import backward, forward, loss, start

inputs, targets = puzzle.sine(timesteps=60)  # [60, 1] each
p = puzzle.parameters(seed=0)  # a dict of ten arrays

h, c = start(p)  # zeros, [5] each
outputs, h, c, caches = forward(inputs, h, c, p)
print("loss", loss(outputs, targets).round(2), "   parameters", sum(w.size for w in p.values()))

# %% [markdown]
# ## 2 Predict · workshop 1 min
#
# The check below says that the gradients are wrong. The loss, as you will see, falls.

# %% tags=["workshop"]
predict("04.cause")


# %% [markdown]
# ## 3 Reproduce · workshop 2 min
#
# This is the check, as it was asked about. For each parameter it goes a little up and a little
# down, and divides the change of the loss by the way gone.

# %% tags=["workshop"]
def check_grad(backward, inputs, targets, p, delta=1e-5, tolerance=1e-7):
    """Does `backward` agree with finite differences, parameter by parameter?"""
    h, c = start(p)
    outputs, h, c, caches = forward(inputs, h, c, p)
    grads = backward(outputs, targets, caches, p)
    for name in p:
        for i in np.ndindex(p[name].shape):
            kept = p[name][i]
            p[name][i] = kept + delta
            above = loss(forward(inputs, h, c, p)[0], targets)
            p[name][i] = kept - delta
            below = loss(forward(inputs, h, c, p)[0], targets)
            p[name][i] = kept
            n, a = (above - below) / (2 * delta), grads[name][i]
            error = abs(a - n) / abs(a + n)
            if error > tolerance:
                print(f"{name}{list(i)}: numerical {n:.4g}, analytic {a:.4g}, error {error:.1e}")
                return False
    return True


# %% tags=["workshop"]
for seed in range(4):
    check_grad(backward, inputs, targets, puzzle.parameters(seed))

# %% [markdown]
# It stops at the first parameter that fails, and that is the very first one. Now train with these
# same gradients.

# %% tags=["workshop"]
losses = puzzle.train(puzzle.parameters(seed=0), inputs, targets, rounds=300)
print("loss", np.round(losses[[0, 10, 100, 299]], 2))

# %% [markdown]
# ## 4 Investigate
#
# ### Is it rounding?
#
# A finite difference is never exact. With a large step the curve bends away under it. With a tiny
# one the digits cancel. So try other steps. The question's was 1e-5.

# %%
predict("04.delta")

# %% [markdown]
# The check stops at the first failure, and that says little. Measure all 146 parameters at once:
# the length of the difference of both gradients, divided by the sum of their lengths. This is the
# *norm error*: 0 is agreement, 1 is nonsense. `puzzle.numerical` does what the loop above does,
# for all parameters together, so it takes milliseconds.

# %%
h, c = start(p)
outputs, h, c, caches = forward(inputs, h, c, p)
analytic = backward(outputs, targets, caches, p)

for delta in (1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7):
    numerical = puzzle.numerical(p, inputs, targets, h, c, delta=delta)
    print(f"delta {delta:.0e}   error {puzzle.norm_error(analytic, numerical):.6f}")

# %%
look_back("04.delta")

# %% [markdown]
# The error ignores the step. **An error that does not care about the step is not numerical.** The
# two sides compute different things, each of them well.
#
# ### Whose gradient is it? · workshop 2 min
#
# So take the numerical side at its word. It *is* a gradient, of some function. Which one? Read
# `check_grad` again, and follow `h` and `c`. Where does the pass for `above` begin?
#
# Write down your answer. Then run the next cell. It compares the numerical side with the analytic
# gradient of two functions.

# %% tags=["workshop"]
h_T, c_T = puzzle.final_state(p, inputs)  # where a pass from zeros ends
numerical = puzzle.numerical(p, inputs, targets, h_T, c_T)  # as in `check_grad`
analytic = puzzle.gradients(p, inputs, targets)  # of the loss of a pass from zeros
elsewhere = puzzle.gradients(p, inputs, targets, h_T, c_T)  # of a pass from (h_T, c_T)
print("against the gradient from zeros     ", f"{puzzle.norm_error(analytic, numerical):.1e}")
print("against the gradient from (h_T, c_T)", f"{puzzle.norm_error(elsewhere, numerical):.1e}")

# %% tags=["workshop"]
look_back("04.cause")

# %% [markdown]
# There it is. `outputs, h, c, caches = forward(inputs, h, c, p)` makes the caches, and on the way
# binds `h` and `c` to the state at the *end*. Every later pass starts from there. The analytic
# side belongs to a pass from zeros. Both are right. They answer different questions.
#
# And training never calls the check. That is why the loss falls.
#
# ### Turn the knobs · workshop 2 min
#
# How wrong does the wrong start make the check? Watch the norm error with the bug. Look for the
# slider that matters most to it, then for one that does nothing at all. (The forget bias is what
# all of `bf` begins with. `delta` is the step.)
#
# The first picture shows the norm error at every step. Mended, it is a *U-curve*: rounding on the
# left, the bend of the curve on the right.

# %% tags=["workshop"]
explore("04")

# %% [markdown]
# Two questions to put to it:
#
# - At which forget bias is the bug hardest to see, and why? The last picture shows how much of
#   the wrong start is left along the window.
# - In float32, which step is best? How large is the error there, and at 1e-5?
#
# <details><summary>Answers</summary>
#
# The forget bias matters most. A low one makes the cell forget: a wrong start is soon gone, and
# so is most of the error. A high one keeps it through the whole window. `timesteps` does the same
# more gently: the longer the window, the smaller the share of it that remembers the start.
# `delta` does nothing to the error with the bug.
#
# In float32 the best step is near 1e-2, and the error there is about 5e-5. At 1e-5 it is about
# 0.02. That is rounding alone, and often worse than the question's bug: look at a few seeds. So
# finite differences belong in float64.
#
# </details>

# %% [markdown]
# ## 5 Mend · workshop 4 min
#
# The bug is one line. Keep the first state, and let the check use it. Would the question's own
# assert then pass? It asks for 1e-7 at every parameter, and it asks five times over, with weights
# drawn anew.

# %% tags=["workshop"]
predict("04.assert")

# %% tags=["workshop"]
print(puzzle.passes(delta=1e-5, tolerance=1e-7, denominator="|a + n|"))

# %% tags=["workshop"]
look_back("04.assert")

# %% [markdown]
# Usually something still fails, and now it *is* rounding. The loss is about 40, and float64 keeps
# 16 digits of it. So each loss is off by some 1e-14. Divide that by a step of 1e-5: the numerical
# gradient is off by about 1e-9, whatever its size. Now look for the smallest gradients.

# %%
for seed in range(4):
    grads = puzzle.gradients(puzzle.parameters(seed), inputs, targets)
    sizes = np.sort(np.abs(np.concatenate([grad.ravel() for grad in grads.values()])))
    print(f"seed {seed}: smallest {sizes[:3].round(5)}, largest {sizes[-1]:.1f}")

# %% [markdown]
# In a gradient below 0.01 an error of 1e-9 is more than 1e-7 of it. Each of these draws has such
# gradients. Whether one of them fails is luck.
#
# Three things can be changed: the step, the tolerance, and the denominator. What does `|a + n|`
# do when the two have opposite signs? And when both are 0? The next cell takes `|a| + |n|`, and
# tries steps and tolerances. *Worst* is the largest error of any parameter. You want a check that
# every right program passes. What the bug gets, you have seen: half a percent and more.

# %%
for delta in (1e-6, 1e-5, 1e-4, 1e-3):
    for tolerance in (1e-7, 1e-5):
        print(puzzle.passes(delta=delta, tolerance=tolerance, denominator="|a| + |n|"))


# %% [markdown]
# The knobs called 1e-5 the best step, and here 1e-4 is better. Both are true. The large gradients
# rule the norm error. A check of each parameter hangs on the smallest ones, and those feel
# rounding first. And the denominator: `|a| + |n|` keeps every error between 0 and 1. `|a + n|`
# can be near 0 where the signs differ, so an error has no upper end there. What happens where
# both are 0, see for yourself.
#
# Now write the check that holds. Take `check_grad` as a start. Yours returns True if `backward`
# is right for these inputs and this `p`, else False. Wrong is wrong anywhere: throughout, in one
# block, in one entry. One percent is wrong too, and so is NaN. Your check may be called with any
# number of time steps, also with one. And it must leave `p` as it found it, to the last bit.

# %% exercise="04.check_grad" tags=["workshop"]
def mended(backward, inputs, targets, p):
    """True if `backward` agrees with finite differences for every parameter in p."""
    #@answer
    delta, tolerance = 1e-4, 1e-5
    h, c = start(p)
    outputs, _, _, caches = forward(inputs, h, c, p)
    grads = backward(outputs, targets, caches, p)
    for name in p:
        for i in np.ndindex(p[name].shape):
            kept = p[name][i]
            p[name][i] = kept + delta
            above = loss(forward(inputs, h, c, p)[0], targets)
            p[name][i] = kept - delta
            below = loss(forward(inputs, h, c, p)[0], targets)
            p[name][i] = kept
            n, a = (above - below) / (2 * delta), grads[name][i]
            if not abs(a - n) <= tolerance * (abs(a) + abs(n)):
                return False
    return True
    #@stub
    # return ...
    #@end


# %% tags=["workshop"]
check("04.check_grad", mended)

# %%
# hint("04.check_grad")

# %% [markdown] tags=["answer"]
# The name `_` throws the final state away. `kept` puts the parameter back bit for bit; adding
# `delta` and taking it off again would not.

# %% [markdown]
# ### What a check catches
#
# You have a check that passes the right backward pass. Here are faulty programs, each with one
# fault. The first seven faults are in the backward pass. The last four are not, or not there
# alone.

# %%
puzzle.FAULTS

# %% [markdown]
# Many people run their check on a window of one step, because it is quick.

# %%
predict("04.gallery")

# %% [markdown]
# Now guess for each fault: caught by a check with one time step (`1`), only by one with many
# (`"many"`), or by none (`"never"`)? Write it in place of `None`, then run the cell.

# %%
guesses = {
    "no_sum": None,
    "c_for_c_old": None,
    "dh_dropped": None,
    "dc_dropped": None,
    "wrong_slice": None,
    "c_squared": None,
    "one_gate_sign": None,
    "rolled_pairs": None,
    "mean_for_sum": None,
    "shared_parameters": None,
    "stale_caches": None,
}
puzzle.play(guesses)

# %%
look_back("04.gallery")

# %% [markdown]
# (With no guesses nothing is run: write at least one.) Look at the squared error after training.
# Some of these networks learn about as well as the right one, or better, from this one draw of
# weights. Their gradient points almost the right way, and the loss shows nothing. That is what
# the check is for.
#
# And some faults no check can see. It compares your gradient with your loss. If the loss is
# computed from the wrong data, both agree about the wrong thing.
#
# ### Name the fault
#
# A failed check says *that* something is wrong. Its pattern says *what*. This is the norm error
# of each block of parameters, for windows of T = 1, 2 and 20 steps, when what the next step says
# of `h` is dropped:

# %%
puzzle.table(puzzle.faulty_backward("dh_dropped"))

# %% [markdown]
# A 0 means agreement to rounding. Look at all the others.

# %%
for name in puzzle.BACKWARD_FAULTS:
    print(name)
    print(puzzle.table(puzzle.faulty_backward(name)), "\n")


# %% [markdown]
# Write a function that reads such a table and names the fault. The table is a dict of dicts:
# `table[20]["Wf"]` is the error of block `Wf` with 20 steps. Where you see a 0 above, your
# function may get a tiny number: below 1e-8 it is rounding. It will be tried on weights and sizes
# that you have not seen, so go by *which* blocks are wrong, and from how many steps on. And some
# tables have no fault at all: these are `"right"`.
#
# Two faults spoil the same blocks at the same lengths: `dh_dropped` and `wrong_slice`. For these
# either name will do.

# %% exercise="04.find_fault"
def name_fault(table):
    """table: {timesteps: {block: norm error}} -> "right", or the name of the fault."""
    #@answer
    wrong = {T: {block for block in row if row[block] > 1e-8} for T, row in table.items()}
    if "by" in wrong[2]:
        return "no_sum"  # even the output layer, which no other fault reaches
    if "bf" in wrong[1]:
        return "c_for_c_old"  # at the first step c_old is 0, so Wf and bf have no gradient
    if "bo" in wrong[1]:
        return "one_gate_sign"
    if "bf" in wrong[2]:
        return "c_squared"
    if "bo" in wrong[2]:
        return "dh_dropped"  # or wrong_slice: what comes back through h is wrong
    return "dc_dropped" if wrong[2] else "right"
    #@stub
    # return ...
    #@end


# %%
check("04.find_fault", name_fault)

# %%
# hint("04.find_fault")

# %% [markdown]
# ## 6 Why
#
# The answer that the asker got is right: the state was overwritten before the numerical side used
# it. What it left open is worth as much.
#
# - The failing check was no noise. Its numerical side is the exact gradient of another function.
#   You have computed that function's gradient, and it agreed to rounding.
# - With the bug mended the assert still failed, for another reason. Whoever stops at the first
#   cause believes now that the fix was wrong.
# - A call that puts the new state under the name of the old one is in most recurrent code. While
#   you go on through a sequence it is what you want. In a check it is not.
#
# **A function that you differentiate must be a function.** Same parameters, same number. Call the
# loss before the gradient is computed, and again after.

# %% [markdown]
# ## 7 Elsewhere
#
# The asker's data are made with `np.roll(signal, 1)`. The network was to predict the next sample.
# Look at what it was given.

# %%
given, wanted = puzzle.pairs(np.arange(6.0))
print("input ", given.ravel())
print("target", wanted.ravel())

# %% [markdown]
# Each target is the sample *before*. And the first one is the last sample of the signal, which
# came in from the other end. In the question's sine that one step is a good part of the loss:

# %%
puzzle.wrapped_share(timesteps=60)


# %% [markdown]
# No gradient check sees this. It needs a companion. Write one: is a function that makes data
# right?
#
# `make(signal)` wants 20 samples or more, and returns inputs and targets: arrays or lists, `[T]`
# or `[T, 1]`. It is right if each target is the sample that follows its input in the signal. It
# need not use the whole signal, and the pairs may come in any order. An input without a target is
# a fault. (And it may change the array that you give it.)
#
# You choose the signal that you try it on. So choose one that can't hide anything.

# %% exercise="04.companion"
def check_pairs(make):
    """make: signal [n] -> inputs, targets. True if every target follows its input."""
    #@answer
    signal = np.random.default_rng(0).permutation(50)  # no value twice, and no order
    inputs, targets = map(np.ravel, make(signal.astype(float)))
    follows = {signal[k]: signal[k + 1] for k in range(len(signal) - 1)}
    return len(inputs) == len(targets) and all(
        follows.get(i) == t for i, t in zip(inputs, targets, strict=True)
    )
    #@stub
    # return ...
    #@end


# %%
check("04.companion", check_pairs)

# %%
# hint("04.companion")

# %% [markdown]
# ## 8 Take it home
#
# `gradcheck` is the check of this lesson as an instrument. Give it your loss, your gradients, and
# your parameters. It first calls both several times with the same parameters. Then it sweeps the
# step, and reads the pattern. Here it looks at the asker's program, with the state that stays
# behind.

# %%
h, c = start(p)
state = {"h": h, "c": c}


def gradients_of(p):
    """The asker's analytic side: a pass from zeros, whose last state stays behind."""
    outputs, state["h"], state["c"], caches = forward(inputs, *start(p), p)
    return backward(outputs, targets, caches, p)


def loss_of(p):
    """The asker's numerical side: a pass from the state that is there."""
    return loss(forward(inputs, state["h"], state["c"], p)[0], targets)


gradcheck(loss_of, gradients_of, p)

# %% [markdown]
# And here it looks at the mended one. When you have read it, write `h_T, c_T` in place of
# `*start(p)` and run it again: now the loss is a function, and another one than the gradients'.
# At home, put your own three in their places.

# %%
gradcheck(
    lambda p: loss(forward(inputs, *start(p), p)[0], targets),
    lambda p: puzzle.gradients(p, inputs, targets),
    p,
)

# %% [markdown]
# There are two other ways to an independent gradient. Complex steps have no rounding to speak of,
# and automatic differentiation has none of your algebra. The next cell compares all of them. It
# loads TensorFlow, some seconds and half a gigabyte; take the `#` away if you want to see it.

# %%
# puzzle.cross_check(p, inputs, targets)

# %% [markdown]
# For a Keras model there is `gradients(model, x, y)`. It listens to one step of the model's own
# `fit`: which weights get no gradient, which never move, and whether layers and losses of your own
# have the gradients that they should. Lesson 06 uses it.
#
# **What you take with you**
#
# - An error that does not care about the step is not numerical. One of the two sides is another
#   function.
# - Same parameters, same loss: call it before the gradient and after. State that outlives a call
#   is the usual reason why not.
# - float64, a step near 1e-4, |a| + |n| below the line, and a window of more than one step.
# - A falling loss proves little about gradients. A passing check proves nothing about data.
#
# [The map of the course](00_start_here.ipynb)
