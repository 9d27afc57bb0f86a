"""From the parts of a program to its text, in the style that was chosen."""

import re
from collections import Counter
from dataclasses import replace
from string import Template
from textwrap import indent

from .drafts import FUNCTIONAL, LOOP, SEQUENTIAL, TRAIN_STEP, resolved, steps_of
from .folding import folded

INDENT = "    "
# What acts in training alone
MODES = "layers.Dropout", "layers.BatchNormalization", "layers.GaussianNoise", "$Block"


def write(draft, faults):
    """The program's text, with these faults in it."""
    body = [
        _constants(draft, faults),
        draft.task.data,
        *(resolved(text, faults) for text in draft.preamble),
        *_model(draft, faults),
        _train(draft, faults),
        _predict(draft, faults),
    ]
    text = "\n\n\n".join(part.strip("\n") for part in body if part.strip())
    text = folded(_named(text, draft))
    notes = "".join(f"# {note}\n" for note in draft.notes)
    return f"{_named(notes, draft)}{_imports(text)}\n\n{text}\n"


def _named(text, draft):
    return Template(text).substitute(draft.names)


def _imports(text):
    lines = ["import keras", "import numpy as np"]
    if re.search(r"\btf\.", text):
        lines.append("import tensorflow as tf")
    used = [name for name in ("layers", "ops") if re.search(rf"(?<![.\w]){name}\.", text)]
    return "\n".join([*lines, *([f"from keras import {', '.join(used)}"] if used else [])])


def _constants(draft, faults):
    values = {name: resolved(value, faults) for name, value in draft.constants.items()}
    return "\n".join(f"{name} = {value}" for name, value in values.items())


def _model(draft, faults):
    """The class of the model, if it has one of its own, and `build`."""
    parts = [*draft.entry, *draft.core, *draft.after, *draft.head]
    steps = _differently_named(steps_of(parts, faults))
    own_step = _train_step(draft, faults) if draft.stepping == TRAIN_STEP else ""
    if draft.style == SEQUENTIAL:
        return _sequential(draft, steps, own_step, faults)
    if draft.style == FUNCTIONAL:
        return _functional(draft, steps, own_step, faults)
    return _subclassed(draft, steps, own_step, faults)


def _input(draft):
    if draft.rows:
        shape = f"batch_shape=({', '.join(['$BATCH', *draft.task.shape])})"
    else:
        shape = f"({', '.join(draft.task.shape)}{',' if len(draft.task.shape) == 1 else ''})"
    integers = ', dtype="int32"' if draft.task.tokens else ""
    return f"keras.Input({shape}{integers})"


def _differently_named(steps):
    """The Steps, those of one name with a number behind it from the second on."""
    named, counts = [], Counter()
    for step in steps:
        counts[step.name] += 1
        many = counts[step.name] if step.name else 1
        named.append(replace(step, name=f"{step.name}_{many}") if many > 1 else step)
    return named


def _sequential(draft, steps, own_step, faults):
    lines = [f"{_input(draft)},"]
    for step in steps:
        layer = step.text if step.name else f"layers.Lambda(lambda $h: {step.text})"
        lines.append(f"{layer},{_comment(step)}")
    if draft.added:  # one after the other
        made = ["model = $Model()" if own_step else "model = keras.Sequential()"]
        for line in lines:
            layer, _, comment = line.partition(",  #")
            layer = layer.removesuffix(",")
            made.append(f"model.add({layer}){'  #' + comment if comment else ''}")
    else:
        kind = "$Model" if own_step else "keras.Sequential"
        made = [f"model = {kind}(", f"{INDENT}[", *(f"{INDENT * 2}{line}" for line in lines)]
        made += [f"{INDENT}]", ")"]
    parts = [f"class $Model(keras.Sequential):\n{own_step}"] if own_step else []
    return [*parts, _build([*made, *_compile(draft, faults), "return model"])]


def _functional(draft, steps, own_step, faults):
    lines, at = [f"$inputs = {_input(draft)}"], "$inputs"
    for step in steps:
        line, at = _line(step, at, "")
        lines.append(line)
    kind = "$Model" if own_step else "keras.Model"
    if lines[-1].startswith("$h = "):
        lines[-1] = lines[-1].replace("$h = ", "$outputs = ", 1)
        at = "$outputs"
    lines.append(f"model = {kind}($inputs, {at})")
    parts = [f"class $Model(keras.Model):\n{own_step}"] if own_step else []
    return [*parts, _build([*lines, *_compile(draft, faults), "return model"])]


def _subclassed(draft, steps, own_step, faults):
    made, called, at = [], [], "$x"
    flag = resolved(draft.flag, faults) and any(step.text.startswith(MODES) for step in steps)
    for step in steps:
        if flag and step.text.startswith(MODES) and not step.call:
            step = replace(step, call="training=training")
        if step.name:
            made.append(f"self.{step.name} = {step.text}")
        line, at = _line(step, at, "self.")
        called.append(line)
    if called[-1].startswith("$h = "):
        called[-1] = called[-1].replace("$h = ", "return ", 1)
    else:
        called.append(f"return {at}")
    lines = [
        "class $Model(keras.Model):",
        "    def __init__(self):",
        indent("\n".join(["super().__init__()", *made]), INDENT * 2),
        "",
        f"    def call(self, $x{', training=None' if flag else ''}):",
        indent("\n".join(called), INDENT * 2),
    ]
    text = "\n".join(lines)
    if own_step:
        text += f"\n\n{own_step}"
    compiled = _compile(draft, faults)
    if not compiled:
        return [text, _build(["return $Model()"])]
    return [text, _build(["model = $Model()", *compiled, "return model"])]


def _line(step, at, owner):
    """A step as a line of code, and the name of what it makes."""
    source = step.source.replace("$h", at)
    if step.name:
        maker = f"self.{step.name}" if owner else step.text
        more = f", {step.call}" if step.call else ""
        text = f"{maker}({source}{more})"
    else:
        text = re.sub(r"\$h\b", at, step.text)
    return f"{step.target} = {text}{_comment(step)}", step.target if step.target == "$h" else at


def _comment(step):
    return f"  # {step.comment}" if step.comment else ""


def _build(lines):
    return "def build():\n" + indent("\n".join(lines), INDENT)


def _compile(draft, faults, inside_build=True):
    if draft.stepping == LOOP or draft.compiled_in_build != inside_build:
        return []
    loss = resolved(draft.loss, faults)
    own = draft.stepping == TRAIN_STEP and draft.step_loss
    optimizer = f"keras.optimizers.{draft.optimizer}($RATE)"
    return [f"model.compile(optimizer={optimizer}{'' if own else f', loss={loss}'})"]


def _train_step(draft, faults):
    variables = resolved(draft.variables, faults).replace("$model", "self")
    loss = resolved(draft.step_loss, faults) or "self.compute_loss(x=x, y=y, y_pred=y_pred)"
    return f"""    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x{resolved(draft.training, faults)})
            loss = {loss}
        variables = {variables}
        gradients = tape.gradient(loss, variables)
        self.optimizer.apply_gradients(zip(gradients, variables))
        for metric in self.metrics:
            metric.update_state(loss)
        return {{metric.name: metric.result() for metric in self.metrics}}"""


def _train(draft, faults):
    before = list(draft.around_fit)
    if draft.stepping == LOOP:
        return _loop(draft, faults, before)
    lines = [*before, *_compile(draft, faults, inside_build=False)]
    call = f"model.fit(x, y, batch_size=$BATCH, epochs=$EPOCHS{draft.fit}, verbose=0)"
    lines += [f"history = {call}", 'return [float(loss) for loss in history.history["loss"]]']
    return "def train(model, x, y):\n" + indent("\n".join(lines), INDENT)


def _loop(draft, faults, before):
    variables = resolved(draft.variables, faults).replace("$model", "model")
    loss = resolved(draft.step_loss, faults) or f"ops.mean({draft.task.plain_loss})"
    lines = [
        *before,
        f"optimizer = keras.optimizers.{draft.optimizer}($RATE)",
        "",
        "@tf.function",
        "def step(x, y):",
        "    with tf.GradientTape() as tape:",
        f"        y_pred = model(x{resolved(draft.training, faults)})",
        f"        loss = {loss}",
        f"    variables = {variables}",
        "    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))",
        "    return loss",
        "",
        "losses = []",
        "for epoch in range($EPOCHS):",
        "    order = np.random.permutation(len(x))",
        "    parts = np.split(order, len(x) // $BATCH)",
        "    losses.append(float(np.mean([step(x[part], y[part]) for part in parts])))",
        "return losses",
    ]
    return "def train(model, x, y):\n" + indent("\n".join(lines), INDENT)


def _predict(draft, faults):
    lines = resolved(draft.predict, faults)
    if not lines:
        by_hand = draft.stepping == LOOP
        text = "ops.convert_to_numpy(model(x, training=False))"
        lines = [f"return {text if by_hand else 'model.predict(x, verbose=0)'}"]
    return "def predict(model, x):\n" + indent("\n".join(lines), INDENT)
