"""A figure and its sentence as a notebook shows them: every picture has its words."""

import base64
import html
import io

GROUND = "#fbfbf8"  # of every figure, so that it reads the same wherever it is shown
STYLE = (  # JupyterLab says which theme it wears; a light picture in a dark room is turned round
    "<style>.course-figure { border-radius: 6px; } "
    '[data-jp-theme-light="false"] .course-figure { filter: invert(0.92) hue-rotate(180deg); }'
    "</style>"
)


def own_figure(width, height):
    """A Figure of this size, inches. Without pyplot, whose figures belong to the cells."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), dpi=100, layout="constrained", facecolor=GROUND)


def own_axes(width, height):
    """The Axes of a Figure of this size, inches, which has no others."""
    return own_figure(width, height).add_subplot(facecolor=GROUND)


def mime_bundle(figure, sentence, alt=""):
    """figure: a Matplotlib Figure. alt: what the picture is of; the sentence says what it shows."""
    shown = image(figure, " ".join(filter(None, [alt, sentence])))
    return {"text/plain": sentence, "text/html": f"{shown}<p>{html.escape(sentence)}</p>"}


def image(figure, words):
    """HTML of a Figure alone, for where its words stand beside it. words: what it shows."""
    png = io.BytesIO()
    figure.savefig(png, format="png", facecolor=GROUND)
    data = base64.b64encode(png.getvalue()).decode()
    alt = html.escape(words, quote=True)
    return f'{STYLE}<img class="course-figure" alt="{alt}" src="data:image/png;base64,{data}">'
