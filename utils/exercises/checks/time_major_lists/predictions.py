"""Lesson 01's predictions. Their numbers are ln 2 and ln 4; the lesson's figures show the rest."""

from utils.exercises.exercise import Prediction

PREDICTIONS = (
    Prediction(
        id="01.plateau",
        question=(
            "Trained as in the question, the network reaches a loss of about 0.69 and stays "
            "there. What will it do with twice the units?"
        ),
        choices={
            "a": "The loss falls well below 0.69: the network was too small for four classes.",
            "b": "It stays near 0.69: the network tells {0, 2} from {1, 3}, and no more.",
            "c": "It stays near 0.69: the network tells {0, 1} from {2, 3}, and no more.",
            "d": "It gets there, and then overfits: the loss on new bits rises.",
        },
        evidence={
            "a": (
                "Capacity is the first suspect for most of us. Look at the number, though: both "
                "networks end at ln 2 = 0.693, the price of one fair coin toss. A class is two "
                "bits; one is known for certain and one not at all. Units can't bring back a bit "
                "that never arrives."
            ),
            "b": (
                "That is what the table and the curves show. The pairs {0, 2} and {1, 3} share "
                "their last bit: the network knows the current bit and must toss a coin, "
                "ln 2 = 0.693, for the previous one. More units don't help, since that bit never "
                "arrives."
            ),
            "c": (
                "The plateau is as you said; the pairs are the other way round. A class is "
                "2·previous + current, so {0, 1} against {2, 3} would be the previous bit. The "
                "class table shows {0, 2} against {1, 3}: the network knows the current bit, and "
                "the other one costs it a coin toss, ln 2 = 0.693."
            ),
            "d": (
                "The bits are random and new in each batch, so there is nothing to learn by heart, "
                "and the curves stay flat. The line that they stay at is ln 2 = 0.693, one coin "
                "toss: of a class's two bits, one never arrives."
            ),
        },
    ),
    Prediction(
        id="01.half",
        question=(
            "You mend how the inputs are split into the list, and leave the way the outputs are "
            "joined and compared with the labels. Is the loss then lower, equal or higher than "
            "with the bug?"
        ),
        choices={
            "a": "Lower: half of the mistake is gone.",
            "b": "Equal: nothing improves until both are mended.",
            "c": "Higher: worse than the bug.",
        },
        evidence={
            "a": (
                "It would be so if the two mistakes had nothing to do with each other. But they "
                "agree: an output is compared with the label at its place. With the bug both "
                "sides were wrong in the same way, so the current bit was known, ln 2 = 0.693. "
                "Now most outputs meet the label of another element, and four classes without a "
                "clue cost close to ln 4 = 1.386."
            ),
            "b": (
                "Close: nothing is won. But something is lost as well. With the bug, outputs and "
                "labels at least agreed, and the current bit was known, ln 2 = 0.693. Now most "
                "outputs meet the label of another element, and four classes without a clue cost "
                "close to ln 4 = 1.386."
            ),
            "c": (
                "So it is. The bug's two sides agreed with each other, which left the current bit "
                "known, ln 2 = 0.693. With one side mended, most outputs meet the label of another "
                "element: close to ln 4 = 1.386, four classes without a clue. It is why a search "
                "by one change at a time walks past this repair."
            ),
        },
    ),
    Prediction(
        id="01.carry",
        question=(
            "The accepted answer carries the LSTM's state from one batch to the next. With the "
            "layout mended (batch 7, timesteps 50), does that help, not matter, or hurt, compared "
            "with a zero state for each batch?"
        ),
        choices={
            "a": "It helps: the network also knows what came before each row.",
            "b": "It doesn't matter: a row's start is soon forgotten.",
            "c": "It hurts: some of what is carried belongs to something else.",
        },
        evidence={
            "a": (
                "It would, if every state that is handed on came from the element just before. "
                "Some come from elsewhere, and the network can't tell which: in the figure that "
                "costs more than a zero state, which at least says that it knows nothing. The "
                "next exercise asks you where they come from."
            ),
            "b": (
                "It concerns few positions, true. But the network can't tell which, so it may "
                "never be quite sure of the previous bit, anywhere. The figure shows the price. "
                "The next exercise asks you which positions they are."
            ),
            "c": (
                "It does, and the figure shows by how much. A state from elsewhere can't be told "
                "from a good one, so the network may never be quite sure of the previous bit. A "
                "zero state at least says that it knows nothing. The next exercise asks you where "
                "it happens."
            ),
        },
    ),
)
