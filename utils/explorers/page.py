"""What an explorer needs of the page: its style, and the names that ipywidgets leaves out.

ipywidgets gives a slider's handle no accessible name, a picture no alternative text, and text no
live region. The script adds them to every explorer on the page, whenever one appears or changes.
Without it an explorer still works, with the mouse at least.
"""

STYLE = """
.course-explorer { max-width: 66em; }
.course-explorer, .course-explorer .widget-box { overflow: visible; }
.course-controls, .course-buttons, .course-pictures {
  display: flex; flex-flow: row wrap; gap: 4px 12px; align-items: flex-start;
}
.course-pictures { gap: 10px; margin: 6px 2px; }
.course-alt { display: none !important; }
.course-pictures img { border-radius: 6px; background: white; margin: 0; }
[data-jp-theme-light="false"] .course-pictures img { filter: invert(0.92) hue-rotate(180deg); }
.course-sentence, .course-status { height: auto; margin: 2px; }
.course-sentence { min-height: 1.5em; }  /* so that the pictures keep their place */
.course-buttons ~ .course-sentence { min-height: 4.5em; }
.course-status { min-height: 1.5em; }
.course-sentence .widget-html-content, .course-status .widget-html-content { line-height: 1.5; }
.course-explorer .widget-html-content p { margin: 0; font-size: var(--jp-content-font-size1); }
.course-sentence p { color: var(--jp-content-font-color0); font-weight: 600; }
.course-status p { color: var(--jp-content-font-color1); }
.course-status p.course-error::before { content: "⚠ "; }
.course-status p.course-error { border-left: 4px solid #D55E00; padding-left: 8px; }
.course-explorer .noUi-handle:focus-visible { outline: 3px solid #E69F00; outline-offset: 1px; }
"""

SCRIPT = """
(() => {
  if (window.courseExplorers) return;
  const set = (node, name, value) => {
    if (node && node.getAttribute(name) !== value) node.setAttribute(name, value);
  };
  const name = (explorer) => {
    for (const slider of explorer.querySelectorAll('.widget-slider')) {
      const label = slider.querySelector('.widget-label')?.textContent ?? '';
      const readout = slider.querySelector('.widget-readout');
      for (const handle of slider.querySelectorAll('.noUi-handle')) {
        set(handle, 'aria-label', label);
        if (readout) set(handle, 'aria-valuetext', readout.textContent);
      }
      if (readout?.isContentEditable) {
        set(readout, 'role', 'textbox');
        set(readout, 'aria-label', label + ', type a value');
      }
    }
    // JupyterLab takes an arrow key on a closed list for itself, and moves to the next cell.
    for (const list of explorer.querySelectorAll('select')) {
      set(list, 'data-lm-suppress-shortcuts', 'true');
    }
    for (const picture of explorer.querySelectorAll('.course-picture')) {
      const words = picture.querySelector('.course-alt .widget-html-content')?.textContent ?? '';
      set(picture.querySelector('img'), 'alt', words);
    }
    const live = '.course-sentence .widget-html-content, .course-status .widget-html-content';
    for (const words of explorer.querySelectorAll(live)) {
      set(words, 'role', 'status');
      set(words, 'aria-live', 'polite');
    }
  };
  // ipywidgets gives a widget its classes only once it is in the page: watch for those, too.
  const watch = () => {
    for (const explorer of document.querySelectorAll('.course-explorer:not([data-watched])')) {
      explorer.dataset.watched = 'yes';
      name(explorer);
      new MutationObserver(() => name(explorer)).observe(explorer, {
        subtree: true, childList: true, characterData: true,
        attributes: true, attributeFilter: ['aria-valuetext', 'class'],
      });
    }
  };
  window.courseExplorers = new MutationObserver(watch);
  window.courseExplorers.observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: ['class'],
  });
  watch();
})();
"""

MARKUP = f"<style>{STYLE}</style><script>{SCRIPT}</script>"
