"""04.check_grad: a gradient check that passes the right backward pass and no other.

Judged by what it says of backward passes that it has not seen. Where it goes wrong, it is offered
gradients that are right for some other numerical side: the one it accepts is the one it computes.
"""

import numpy as np

from utils.exercises.checks.gradient_check.asking import Asked
from utils.exercises.checks.gradient_check.backward_passes import (
    BLOCKS,
    PERCENTS,
    RIGHT_ON,
    WIDE,
    WRONG_ON,
    Offer,
    Problem,
    numerical_sides,
    on_the_other_side,
    one_block,
    too_large,
    wrong_offers,
)
from utils.exercises.exercise import Exercise, NotYet, not_yet, right
from utils.exercises.questions import number
from utils.puzzles import gradient_check as room

BOTTOM = 5e-4  # of the U-curve: with a longer step the curve's bend is most of the error
AGAIN = 6  # questions that are asked a second time, by chance


def judge_check_grad(check):
    """Right if the check accepts the right backward pass on all problems and refuses the others."""
    asked = Asked(check)
    said = {problem: asked.on_the_right_one(problem) for problem in RIGHT_ON}
    if not asked.calls:
        return not_yet("never_asked", said=_word(said[RIGHT_ON[0]]))
    if asked.shortened:
        return not_yet("fewer_steps", **asked.shortened)
    refused = [problem for problem in RIGHT_ON if not said[problem]]
    if refused:
        return _refuses_the_right_one(asked, refused)
    wrong = list(wrong_offers())
    accepted = [one for one in wrong if asked.on_another(*one)]
    if accepted:
        return _accepts(asked, accepted, len(wrong))
    borrowed = asked.borrows()
    if borrowed:
        return not_yet("borrowed", name=borrowed)
    _ask_again(asked, wrong)
    return right(wrong=len(wrong), right=len(RIGHT_ON))


CHECK_GRAD = Exercise(
    id="04.check_grad",
    task=(
        "Hand in `mended(backward, inputs, targets, p)`, which returns True if `backward` gives "
        "the gradient of the loss for every parameter in `p`, whatever the weights, the number of "
        "units and the number of timesteps, one timestep too. It returns False if the gradient is "
        "wrong anywhere: throughout, in one block, or in one entry; one percent is wrong too, and "
        "so is NaN. `p` must come back as it was, to the last bit."
    ),
    judge=judge_check_grad,
    messages={
        "never_asked": (
            "Your function said {said} without calling `backward` once. What it says can't depend "
            "on the gradients, then, and a broken backward pass would get the same answer. Look at "
            "where the two sides of the comparison come from."
        ),
        "final_state": (
            "With {asked}, your check refuses the right backward pass. We offered it another one, "
            "which gives the gradient of the loss of a pass that begins in (h_T, c_T), where the "
            "sequence ended; that one it takes for right. So your numerical side belongs to "
            "another function than the analytic one. Look at what `h` and `c` hold when "
            "`forward` is called for the second time."
        ),
        "half_state": (
            "With {asked}, your check refuses the right backward pass, and takes another one for "
            "right: the gradient of a pass that begins with `{kept}` at zero and `{lost}` where "
            "the sequence ended. The state has two halves, and one of them is still overwritten. "
            "Look at both names, from the first call of `forward` to the last."
        ),
        "carried": (
            "With {asked}, your check refuses the right backward pass. In its numerical side each "
            "forward pass begins where the one before ended, so `above` and `below` differ in "
            "their start as well as in the parameter; divided by a small step, that is enormous. "
            "Look at the names on the left of each call of `forward`."
        ),
        "no_change": (
            "With {asked}, your numerical side is 0 for every parameter: it takes a gradient of "
            "zeros for right. The loss did not move, so the step never reached `forward`. Look at "
            "which array you change, and which one `forward` gets."
        ),
        "one_sided": (
            "With {asked}, your check refuses the right backward pass: your quotient goes from "
            "the middle to one side only (with a step of {delta}). Its error shrinks like the step "
            "and not like its square, so it needs either a tiny step, which rounding spoils, or a "
            "wide tolerance. Look at the two losses that you subtract."
        ),
        "scaled": (
            "With {asked}, your check refuses the right backward pass, and takes one for right "
            "that is {factor} times as large. A constant factor between the two sides is neither "
            "rounding nor state. Look at what the difference of the losses is divided by, at the "
            "order in which they are subtracted, and at how the loss is summed."
        ),
        "too_strict": (
            "Your check refuses the right backward pass in {refused} of {total} problems, and this "
            "time it is rounding. With {asked}, the gradient of {entry} is {analytic}, and a "
            "central difference with a step of {delta} has a relative error of {error} there, "
            "though nothing is wrong. A check that cries wolf is soon ignored. Look at your step "
            "and at your tolerance together: what does `puzzle.passes` say of the two?"
        ),
        "coarse_step": (
            "Your check refuses the right backward pass in {refused} of {total} problems. With "
            "{asked}, the gradient of {entry} is {analytic}, and a central difference with a step "
            "of {delta} has a relative error of {error} there: the loss bends within such a step, "
            "and the tolerance is narrower than that. Look at the right-hand end of the U-curve."
        ),
        "zero_by_zero": (
            "At one timestep your check {finding} although the backward pass is right; with more "
            "of them all is well. Before the first step the state is 0, so some gradients are "
            "exactly 0 on both sides there, and 0 divided by 0 is not a number. Look at your error "
            "for a = 0 and n = 0, and at what the comparison makes of it."
        ),
        "refuses_right": (
            "Your check refuses the right backward pass in {refused} of {total} problems, the "
            "smallest of them {asked}. Of {tried} other gradients, each due to a slip in the "
            "numerical side, it takes none for right. So either nothing gets through, "
            "or the two sides are not compared entry by entry. Look at the last comparison, and "
            "print both sides for one parameter."
        ),
        "inverted": (
            "Your check refuses the right backward pass and takes wrong ones for right. Whoever "
            "uses it would mend what works. Look at the direction of your comparison and at what "
            "is returned in which case."
        ),
        "stops": (
            "Given a backward pass in which {words}, your function stopped with {error} and "
            "returned nothing. Asked for is False, so that whoever calls it can go on to the next "
            "question. Look for an `assert`, or for arithmetic that fails on such values."
        ),
        "always_true": (
            "Your check says True to all {total} wrong backward passes, a gradient of zeros among "
            "them. It would never have found anything. Look at what happens to the result of the "
            "comparison on its way to `return`."
        ),
        "covered_up": (
            "Your check accepts the right backward pass, and it does so with a tolerance so wide "
            "that the wrong start fits in: its numerical side still begins in (h_T, c_T), as a "
            "gradient from that side is taken for right as well, and an equal error on the other "
            "side is not. A fault of the same size in `backward` passes too. Look at the start of "
            "the numerical side first, and at the tolerance only then."
        ),
        "too_lenient": (
            "Your check accepts a gradient in which {words}. In float64 the two sides agree to "
            "eight digits and more, so an error of that size always has a cause, and some of the "
            "gallery's faults are no larger. Look at your tolerance, and at what is lost in the "
            "number that you compare with it: a size, or a small block."
        ),
        "some_blocks": (
            "Your check does not look at {blocks}: a gradient that is twice as large there "
            "passes. A fault often spoils some blocks only; which ones is what tells it from "
            "others. Look at what your loop goes over, and at where it stops."
        ),
        "some_entries": (
            "Your check finds a block that is wrong throughout. But with one wrong entry in "
            "{blocks} it says True. A wrong index spoils single entries. Look at which entries of "
            "each array are compared, and at how their errors become one number."
        ),
        "nan_passes": (
            "Your check takes a gradient for right in which one entry is NaN. Every comparison "
            "with NaN is False, also `error > tolerance`, so an entry that is no number at all "
            "slips through. Look at which way round the comparison is written."
        ),
        "sign_lost": (
            "Your check takes the right gradient with every sign turned for right. Training would "
            "then climb. Look for an `abs` that comes before the difference is taken."
        ),
        "skips_zeros": (
            "Your check refuses most wrong gradients, and takes one of nothing but zeros for "
            "right. A backward pass that never reaches a block leaves zeros there, and that is a "
            "common fault. Where the true gradient is 0, so is the numerical one; elsewhere the "
            "two differ. Look for entries that your check passes over."
        ),
        "fewer_steps": (
            "With {timesteps} timesteps in the inputs, your check ran a pass over {seen}. A fault "
            "in what one step hands to the one before can't show in fewer steps than it needs. "
            "Look at what becomes of `inputs` before `forward` gets them."
        ),
        "borrowed": (
            "Your check says the right thing each time, and gets it from the course's own "
            "`{name}`. A check needs a second way to the gradient; in a program of your own there "
            "is no finished one to compare with. Look at what `loss` and `forward` can tell alone."
        ),
        "changed_arguments": (
            "When {given}, your check left {which} other than it was, if only in the last bit. The "
            "next training step would start from other weights than those that you checked, and "
            "nobody would notice. Look at how each parameter is put back (what is added and "
            "taken off again has been rounded twice), and at every `return` that comes before it."
        ),
    },
    hints=(
        "Start from the question's check. Write down, line by line, what `h` and `c` are: zeros, "
        "or the state after T steps? Which of these does `backward` belong to?",
        "Everything that `forward` returns gets a name, and two of those names were in use. The "
        "numerical side needs the state from before the first call. There are several ways to "
        "have it: other names, zeros again, a small function that always begins at zeros.",
        "Then the numbers. `puzzle.passes` says which step and which tolerance let every draw "
        "through. Take these, and |a| + |n| below the line. What does your error do when both are "
        "0? And when one of them is NaN?",
        "`outputs, _, _, caches = forward(inputs, h, c, p)` keeps `h` and `c`. "
        "`if not abs(a - n) <= tolerance * (abs(a) + abs(n)): return False` needs no division. "
        "With a step of 1e-4 and a tolerance of 1e-5 it holds. The whole answer is in "
        "`solutions/04_gradient_check.ipynb`.",
    ),
    hints_for={
        "final_state": "Print `h` before and after the line that makes the caches. Which of the "
        "two does the first pass of the loop get?",
        "half_state": "Print `h` and `c` before and after the line that makes the caches.",
        "carried": "Call your numerical loss twice with the same `p`. Do you get the same number?",
        "covered_up": "Set the tolerance back to what it was. Which line makes the error so large "
        "that it had to be widened?",
        "too_strict": "`puzzle.passes` says how many draws a step, a tolerance and a denominator "
        "let through. Look for a row in which all of them pass.",
        "coarse_step": "The error of a central difference falls with the square of the step, until "
        "rounding takes over. Where is the bottom?",
        "zero_by_zero": "Compare `abs(a - n)` with `tolerance * (abs(a) + abs(n))`. Then nothing "
        "is divided.",
        "nan_passes": "`not error <= tolerance` and `error > tolerance` differ for one value only. "
        "Which?",
        "too_lenient": "Print the largest error that the right backward pass has over some seeds. "
        "How far above it is your tolerance?",
        "skips_zeros": "What does |a − n| <= tolerance · (|a| + |n|) say where both are 0, and "
        "where one of them is?",
        "some_entries": "A mean over 146 errors makes one of them small. A maximum doesn't.",
        "stops": "Turn the `assert` into `if … : return False`.",
        "changed_arguments": "Keep the old value under a name of its own and assign that.",
        "borrowed": "The loss alone is enough: twice per parameter, a little above and below.",
    },
    explanation=(
        "Your check accepts the right backward pass in {right} problems, from one timestep to "
        "twenty, and refuses {wrong} wrong ones: the gallery's faults, each block and each kind of "
        "entry for itself, zeros, NaN. Three things had to be right together. Both sides must "
        "belong to one function, so both begin in the same state; which one does not matter. The "
        "step and the tolerance must leave room for rounding, which the question's 1e-7 does not. "
        "And the comparison must hold where there is nothing to divide by. It proves that gradient "
        "and loss belong together. Whether the loss is the one that you want, it can't know."
    ),
    seconds=60.0,
    expects="a function `mended(backward, inputs, targets, p)`",
)


def _refuses_the_right_one(asked, refused):
    """The verdict on a check that says False to the right backward pass on some problems."""
    facts = {"refused": len(refused), "total": len(RIGHT_ON)}
    longer = [problem for problem in refused if problem.timesteps > 1]
    if not longer:
        return not_yet("zero_by_zero", finding="says False")
    problem = WRONG_ON if WRONG_ON in longer else min(longer, key=Problem.size)
    facts["asked"] = problem.words()
    zeros, turned = (offer for _, offer in wrong_offers() if offer.kind in ("zeros", "sign"))
    if asked.on_another(problem, zeros):
        inverted = asked.on_another(problem, turned)
        return not_yet("inverted" if inverted else "no_change", **facts)
    tried = 0
    for message, more, grads in numerical_sides(problem, rounding_only=problem != WRONG_ON):
        tried += 1
        offer = Offer("another", "another gradient is given", lambda *_, grads=grads: grads)
        if asked.on_another(problem, offer):
            return _found(message, problem, facts | more)
    return not_yet("refuses_right", tried=tried, **facts)


def _found(message, problem, facts):
    """The verdict on a check whose numerical side is known."""
    if message == "too_strict":
        facts |= _worst(problem, facts["delta"])
        message = "coarse_step" if facts["delta"] > BOTTOM else message
    if "factor" in facts:
        facts["factor"] = number(facts["factor"], 3)
    if "delta" in facts:
        facts["delta"] = f"{facts['delta']:.0e}".replace("e-0", "e-")
    return not_yet(message, **facts)


def _worst(problem, delta):
    """The entry that a central difference misses most, and by how much."""
    inputs, targets, p = problem.arguments()
    analytic = room.gradients(p, inputs, targets)
    numerical = room.numerical(p, inputs, targets, delta=delta)
    errors = room.relative_errors(analytic, numerical)
    name = max(errors, key=lambda name: errors[name].max())
    place = np.unravel_index(errors[name].argmax(), errors[name].shape)
    return {
        "entry": f"{name}[{', '.join(str(int(i)) for i in place)}]",
        "analytic": f"{analytic[name][place]:.1e}",
        "error": f"{errors[name][place]:.1e}",
    }


def _accepts(asked, accepted, total):
    """The verdict on a check that says True to some of the wrong backward passes."""
    offers = [offer for _, offer in accepted]
    kinds = {offer.kind for offer in offers}
    if len(accepted) == total:
        return not_yet("always_true", total=total)
    if kinds == {"not a number"}:
        return not_yet("nan_passes")
    if kinds - {"not a number"} == {"sign"}:
        return not_yet("sign_lost")
    if kinds - {"not a number"} == {"zeros"}:
        return not_yet("skips_zeros")
    beyond, before = on_the_other_side(WIDE)
    if asked.on_another(WIDE, beyond) and not asked.on_another(WIDE, before):
        return not_yet("covered_up")
    if "whole" in kinds:
        passed = [n for n in PERCENTS if asked.on_another(WRONG_ON, too_large(n))]
        return not_yet("too_lenient", words=too_large(max(passed, default=PERCENTS[0])).words)
    unseen = [
        block for block in BLOCKS if asked.on_another(WRONG_ON, one_block(block, percent=100))
    ]
    if unseen:
        return not_yet("some_blocks", blocks=_listed(unseen))
    lenient = [offer for offer in offers if offer.kind == "block"]
    if lenient:
        return not_yet("too_lenient", words=lenient[0].words)
    entries = [offer.block for offer in offers if offer.kind == "entry"]
    if entries:
        return not_yet("some_entries", blocks=_listed(entries))
    named = next(offer for offer in offers if offer.kind != "not a number")
    return not_yet("too_lenient", words=named.words)


def _listed(blocks):
    return blocks[0] if len(blocks) == 1 else f"{', '.join(blocks[:-1])} and {blocks[-1]}"


def _ask_again(asked, wrong):
    """Raises NotYet "unsteady" if a question gets another answer than before; asked by chance."""
    chance = np.random.default_rng()
    for k in chance.integers(len(RIGHT_ON), size=AGAIN):
        if not asked.on_the_right_one(RIGHT_ON[k]):
            raise NotYet(
                "unsteady", asked=f"about the right backward pass with {RIGHT_ON[k].words()}"
            )
    for k in chance.integers(len(wrong), size=AGAIN):
        problem, offer = wrong[k]
        if asked.on_another(problem, offer):
            raise NotYet("unsteady", asked=f"about a backward pass in which {offer.words}")


def _word(truth):
    return "True" if truth else "False"
