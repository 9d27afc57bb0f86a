"""Lesson 04's predictions. What they state of numbers is counted by the tests."""

from utils.exercises.exercise import Prediction

PREDICTIONS = (
    Prediction(
        id="04.cause",
        question=(
            "The network learns: its loss falls. Its gradient check fails at the very first "
            "parameter. Which of the two sides of the check is wrong?"
        ),
        choices={
            "a": "The backward pass. The check says so, and a falling loss proves little.",
            "b": "The numerical side. It is computed wrongly.",
            "c": "Neither. The two are right, and differ by rounding.",
            "d": "Neither. Each is the right gradient of something, and not of the same thing.",
        },
        evidence={
            "a": (
                "A falling loss proves little, that is true. But follow the two lines above: the "
                "check's numerical side agrees to rounding with this very backward pass, once "
                "that one starts where the numerical side starts. So the algebra is right. The "
                "two were asked about different functions."
            ),
            "b": (
                "Close. The difference quotients themselves are fine: they agree to rounding with "
                "an analytic gradient, that of a pass that begins in (h_T, c_T). It is the "
                "question that the numerical side was asked which is not the one you meant."
            ),
            "c": (
                "It is everybody's first hope. But rounding depends on the step, and this error "
                "does not move with it. And against the gradient of a pass that begins in "
                "(h_T, c_T) the same numbers agree to ten digits. So nothing is wrong with "
                "their rounding."
            ),
            "d": (
                "So it is. The numerical side is the exact gradient of the loss of a pass that "
                "begins in (h_T, c_T), the analytic one that of a pass from zeros. Each agrees "
                "with its own function to rounding. One line made two functions of one."
            ),
        },
    ),
    Prediction(
        id="04.delta",
        question=(
            "You make the check's step a hundred times smaller: 1e-7 in place of 1e-5. What "
            "happens to the error between the two sides?"
        ),
        choices={
            "a": "It falls: a smaller step makes a better derivative.",
            "b": "It rises: the digits of the loss cancel.",
            "c": "It stays as it is.",
        },
        evidence={
            "a": (
                "It would fall if truncation were the cause: that part of a central difference "
                "goes with the square of the step. In the table nothing goes with the step, down "
                "to 1e-7. What is wrong here is not the quotient."
            ),
            "b": (
                "Cancelling does grow as the step shrinks, and below 1e-5 it is the larger part "
                "of what a right check errs. But even at 1e-7 it is a million times smaller than "
                "this error, and does not show in the table."
            ),
            "c": (
                "It does, in every row below a hundredth. Truncation falls with the step, rounding "
                "rises, and this does neither. So it comes from neither: the two sides are "
                "gradients of two functions, and no step makes them one."
            ),
        },
    ),
    Prediction(
        id="04.assert",
        question=(
            "The state is mended. The question's assert asks for 1e-7 of |a − n| / |a + n| at each "
            "of the 146 parameters, with a step of 1e-5, five times over with new weights. Does it "
            "pass now?"
        ),
        choices={
            "a": "Yes. The bug is gone, and both sides are right.",
            "b": "Usually not. Something else than the bug is left.",
            "c": "Never. No central difference comes that close.",
        },
        evidence={
            "a": (
                "Both sides are right, and still most seeds fail. What is left is rounding: the "
                "loss keeps 16 digits, and a difference of two losses over a step of 1e-5 keeps "
                "far fewer. Among 146 parameters there is usually one whose gradient is small "
                "enough to feel that."
            ),
            "b": (
                "So it is, for most seeds. What is left is rounding. The loss keeps 16 digits, a "
                "difference of two losses over a small step keeps far fewer, and among 146 "
                "parameters there is usually one whose gradient is small enough to feel that. The "
                "fix was right, and the assert did not say so."
            ),
            "c": (
                "For many single draws it does pass, so 1e-7 is within reach. But it is asked at "
                "146 parameters, five times over. One small gradient is enough to fail, and "
                "usually there is one: what is left is rounding, and not the bug."
            ),
        },
    ),
    Prediction(
        id="04.gallery",
        question=(
            "The mended check, run with a window of a single time step, on random inputs. How many "
            "of the seven faulty backward passes does it let pass?"
        ),
        choices={
            "a": "None. A fault is a fault at any length.",
            "b": "One or two.",
            "c": "Four.",
            "d": "All seven: with one step there is no backward pass through time.",
        },
        evidence={
            "a": (
                "Each of them is a fault at any length, but it needs something to act on. Four of "
                "the seven concern what one step hands back to the one before, or the sum over "
                "steps. With one step there is nothing to hand back and nothing to add up."
            ),
            "b": (
                "More: four. Whatever concerns the way from one step to the one before, or the "
                "sum over steps, has nothing to act on here. That is most of what is special in a "
                "recurrent backward pass."
            ),
            "c": (
                "Four it is: the missing sum, dropped dh, dropped dc, and the wrong slice. They "
                "concern the sum over steps, or the way from one step to the one before. The "
                "other three are wrong within a step, and show at once."
            ),
            "d": (
                "Three show: those that are wrong within a step, in a gate or in the slope of "
                "tanh. The other four concern the sum over steps, or the way from one step to the "
                "one before, and those pass, as you say."
            ),
        },
    ),
)
