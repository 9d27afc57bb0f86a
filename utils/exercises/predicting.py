"""`predict` and `look_back`: a choice is locked before the evidence, and repeated beside it."""

import difflib
from contextlib import suppress

from utils.exercises import registry, remembering, running
from utils.exercises.showing import Note, as_html, as_text, display_bundle, loaded, show
from utils.shell import in_ipython

_STYLE = (  # ipywidgets cuts a long label with an ellipsis
    "<style>.course-choices, .course-choices .widget-radio-box {width: auto; max-width: 48em} "
    ".course-choices label {white-space: normal; height: auto; line-height: 1.5; "
    "font-size: inherit; padding: 2px 0}</style>"
)
# ipywidgets leaves its radio buttons ungrouped, and JupyterLab takes the arrow keys and Enter for
# itself wherever the element that has the focus does not bear this attribute.
_SCRIPT = """<script>
(() => {
  if (window.courseQuestions) return;
  let number = 0;
  const group = () => {
    for (const question of document.querySelectorAll('.course-question:not([data-grouped])')) {
      const choices = question.querySelectorAll('input[type="radio"]');
      const title = question.querySelector('strong');
      if (!choices.length || !title || !question.querySelector('button')) continue;
      question.dataset.grouped = 'yes';
      const box = question.querySelector('.widget-radio-box');
      box.setAttribute('role', 'radiogroup');
      box.setAttribute('aria-label', title.textContent);
      number += 1;
      for (const choice of choices) choice.name = `course-question-${number}`;
      for (const control of question.querySelectorAll('input, button')) {
        control.setAttribute('data-lm-suppress-shortcuts', 'true');
      }
    }
  };
  window.courseQuestions = new MutationObserver(group);
  window.courseQuestions.observe(document.body, { subtree: true, childList: true });
  group();
})();
</script>"""


def predict(prediction_id=None, choice=None, *, reset=False):
    """Asks a question and locks your choice: `predict("01.plateau")`.

    Without widgets, `predict("01.plateau", "b")` locks choice b. A locked choice stays locked;
    `predict("01.plateau", reset=True)` opens it again.
    """
    prediction = _find(prediction_id, "predict")
    if prediction is None:
        return
    if reset:
        remembering.record(lambda state: state["predictions"].pop(prediction.id, None))
    locked = _locked_choice(prediction)
    if choice is not None and not locked:
        letter = choice.strip().lower() if type(choice) is str else ""
        if letter not in prediction.choices:
            letters = ", ".join(f'"{letter}"' for letter in prediction.choices)
            text = f"The choices of {prediction.id} are {letters}. Nothing is locked."
            show(_note(prediction, "There is no such choice", (text, *_listed(prediction))))
            return
        locked = _lock(prediction, letter)
    if locked:
        _show_locked(prediction, locked)
    elif in_ipython():
        _ask(prediction)
    else:
        show(_question(prediction))


def look_back(prediction_id=None):
    """Shows the choice that you locked, beside what the evidence says of it."""
    prediction = _find(prediction_id, "look_back")
    if prediction is None:
        return
    letter = _locked_choice(prediction)
    if not letter:
        text = (
            f"You have not locked a choice for {prediction.id}. The evidence stands without it; "
            f'`predict("{prediction.id}")` is still open if you want to commit yourself first.'
        )
        show(_note(prediction, f"No prediction to look back on for {prediction.id}", (text,)))
        return
    title = f"You predicted {letter}: {prediction.choices[letter]}"
    show(_note(prediction, title, (prediction.question, prediction.evidence[letter])))


def _ask(prediction):
    """The question with radio buttons and a button that locks the choice."""
    import ipywidgets as widgets  # loaded at the first question, not with the course

    # A label is plain text: nothing would make code of what stands between backticks.
    options = [
        (text.replace("`", ""), letter)
        for text, letter in zip(_listed(prediction), prediction.choices, strict=True)
    ]
    choices = widgets.RadioButtons(options=options, value=None)
    choices.add_class("course-choices")
    button = widgets.Button(description="Lock it in", tooltip="Lock this choice for good")
    status = widgets.HTML()
    how = "Choose with the mouse, or with Tab, the arrow keys and Space; then lock it in."
    texts = (prediction.question, how)
    title = as_html(Note("note", f"Predict {prediction.id}", texts), status=False)

    mine = []  # what this button has locked

    def show_locked(locked):
        words = (_locked_words(prediction, locked), *remembering.words())
        status.value = "".join(map(_status, words))

    def on_click(_):
        try:
            before = _locked_choice(prediction)
            locked = before or choices.value
            if locked is None:
                status.value = _status("Choose one of the answers first, then lock it in.")
                return
            locked = _lock(prediction, locked)
            mine[:] = [] if before else [locked]
            choices.value = locked
            choices.disabled = True
            button.description = "Locked"  # not disabled: the keyboard's focus would be lost
            show_locked(locked)
        except Exception as error:  # a callback's exception would show nowhere
            text = "Your choice could not be locked. This is the course's fault."
            status.value = as_html(
                Note("fault", text, (), "For the course's authors:", repr(error))
            )

    def on_choice(change):
        """A choice made just before the click: the page holds it back while the kernel is busy."""
        if mine and change["new"] not in (None, *mine):
            mine[:] = [_lock(prediction, change["new"], instead_of=mine[0])]
            show_locked(mine[0])

    choices.observe(on_choice, "value")
    button.on_click(on_click)
    box = widgets.VBox([widgets.HTML(_STYLE + title), choices, button, status])
    box.add_class("course-question")
    bundle = box._repr_mimebundle_() | {"text/plain": as_text(_question(prediction))}
    display_bundle(bundle, prediction=prediction.id)
    display_bundle({"text/html": _SCRIPT, "text/plain": ""})


def _question(prediction):
    how = f'To lock choice a without the buttons: `predict("{prediction.id}", "a")`.'
    texts = (prediction.question, *_listed(prediction), how, *remembering.words())
    return _note(prediction, f"Predict {prediction.id}", texts)


def _listed(prediction):
    return tuple(f"{letter}) {text}" for letter, text in prediction.choices.items())


def _show_locked(prediction, letter):
    texts = (prediction.question, _locked_words(prediction, letter), *remembering.words())
    show(
        _note(prediction, f"Prediction {prediction.id} is locked", texts), prediction=prediction.id
    )


def _locked_words(prediction, letter):
    return (
        f"You chose {letter}) {prediction.choices[letter]} It stays locked; the evidence comes "
        f'next. To open it again: `predict("{prediction.id}", reset=True)`.'
    )


def _status(text):
    return as_html(Note("note", text))


def _note(prediction, title, texts):
    return Note("note", title, tuple(texts))


def _locked_choice(prediction):
    letter = remembering.recorded()["predictions"].get(prediction.id)
    return letter if letter in prediction.choices else None


def _lock(prediction, letter, instead_of=None):
    """Locks `letter` unless another kernel was first; returns what is locked."""

    def change(state):
        kept = state["predictions"].get(prediction.id)
        if kept not in prediction.choices or kept == instead_of:
            state["predictions"][prediction.id] = letter

    return remembering.record(change)["predictions"][prediction.id]


def _find(prediction_id, call):
    """The prediction, or None after saying what is wrong with the call."""
    known = loaded(registry.predictions, "questions")
    if known is None:
        return None
    if type(prediction_id) is str and prediction_id in known:
        if in_ipython():
            with suppress(ValueError):  # faulty exercises are for `check` to report
                running.expect(prediction_id[:2])
        return known[prediction_id]
    near = list(known)
    if type(prediction_id) is str:
        near = difflib.get_close_matches(prediction_id, known, n=3, cutoff=0.4) or near
    names = ", ".join(f"`{name}`" for name in near)
    found = f"`{prediction_id[:60]}`" if type(prediction_id) is str else "something else"
    text = f"The first thing must be a question's id, as a text, and it is {found}. "
    show(Note("note", f"`{call}` needs something else", (f"{text}The nearest ids are {names}.",)))
    return None
