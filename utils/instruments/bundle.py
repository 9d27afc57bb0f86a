"""A figure and its sentence as a notebook shows them: every picture has its words."""

import base64
import html
import io


def mime_bundle(figure, sentence, alt=""):
    """figure: a Matplotlib Figure. alt: what the picture is of; the sentence says what it shows."""
    png = io.BytesIO()
    figure.savefig(png, format="png", facecolor=figure.get_facecolor())
    data = base64.b64encode(png.getvalue()).decode()
    words = html.escape(sentence)
    picture = html.escape(" ".join(filter(None, [alt, sentence])), quote=True)
    return {
        "text/plain": sentence,
        "text/html": f'<img alt="{picture}" src="data:image/png;base64,{data}"><p>{words}</p>',
    }
