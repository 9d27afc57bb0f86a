"""TensorFlow loads in the background: quietly, alone, and with clear words if it can't."""

import pytest
from jupyter_client.manager import start_new_kernel

from utils.training.records import FOLDER

ROOT = FOLDER.parents[1]


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs code in a fresh kernel: returns what it showed and whether it raised."""
    for name in ("TF_CPP_MIN_LOG_LEVEL", "TF_ENABLE_ONEDNN_OPTS", "KERAS_BACKEND"):
        monkeypatch.delenv(name, raising=False)
    # Where ipykernel sees this, it leaves file descriptor 2 alone, unlike in front of a learner.
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    manager, client = start_new_kernel(kernel_name="python3", cwd=str(ROOT))

    def execute(code, until=None):
        """Where `until` is given, listens on after the end of the cell until that text comes.

        What is written to a file descriptor comes when ipykernel's watcher has read it, which may
        be after all that the cell shows by other ways, and after its end.
        """
        shown = []

        def keep(message):
            content = message["content"]
            if message["msg_type"] == "stream":
                named = f"{content['name']}: "
                if shown and shown[-1].startswith(named):  # one print may come in two messages
                    shown[-1] += content["text"]
                else:
                    shown.append(named + content["text"])
            elif message["msg_type"] in ("display_data", "update_display_data"):
                shown.append(content["data"]["text/plain"])
            elif message["msg_type"] == "error":
                shown.append(f"{content['ename']}: {content['evalue']}")

        reply = client.execute_interactive(code, output_hook=keep, timeout=120)
        while until is not None and not any(until in line for line in shown):
            keep(client.get_iopub_msg(timeout=60))
        return reply["content"]["status"], shown

    yield execute
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_a_cell_that_imports_meanwhile_waits_and_nothing_red_is_seen(run):
    status, shown = run("from utils import warm_up\nwarm_up()")
    assert (status, shown) == ("ok", ["TensorFlow is being loaded in the background; read on …"])
    run(
        "from utils.warming_up import _loading, afterwards\nloaded = []\n"
        "afterwards(lambda: loaded.append(_loading.done.is_set()))"
    )
    # By the other door than the one which the background uses.
    status, shown = run("import tensorflow as tf\nfrom keras import layers")
    assert status == "ok", shown
    assert not [line for line in shown if "TensorFlow 2." not in line]
    # Imports go on before the last words of the background have been said.
    run(
        "import threading\n"
        "for thread in threading.enumerate():\n    if thread.name == 'warm-up': thread.join()"
    )
    _, shown = run("print(float(tf.reduce_sum(tf.function(tf.square)(2 * tf.ones([2])))))")
    assert "stdout: 8.0\n" in shown and not [line for line in shown if line.startswith("stderr")]
    assert run("import builtins; assert 'patient' not in builtins.__import__.__name__")[0] == "ok"
    waited = "afterwards(lambda: loaded.append('at once'))\nassert loaded == [True, 'at once']"
    assert run(waited)[0] == "ok"
    _, shown = run("warm_up()")
    assert len(shown) == 1 and shown[0].startswith("TensorFlow 2.") and "are ready" in shown[0]
    _, shown = run("import os; os.write(2, b'a real error')", until="a real error")
    assert shown == ["stderr: a real error"]


def test_what_went_wrong_is_said_with_what_was_caught(run, tmp_path):
    broken = tmp_path / "tensorflow"
    broken.mkdir()
    (broken / "__init__.py").write_text(
        "import os\nos.write(2, b'libc is too old')\nraise ImportError('no libfoo.so')\n"
    )
    run(f"import sys; sys.path.insert(0, {str(tmp_path)!r})")
    run("from utils.warming_up import ready, warm_up\nwarm_up()")
    status, shown = run("ready()")
    assert status == "error"
    (told,) = [line for line in shown if line.startswith("RuntimeError")]
    assert "could not be loaded: ImportError: no libfoo.so" in told
    assert "make doctor" in told and "libc is too old" in told
    status, shown = run("import tensorflow", until="libc is too old")
    assert status == "error" and "ImportError: no libfoo.so" in shown
