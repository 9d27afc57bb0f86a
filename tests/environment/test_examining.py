"""The doctor finds what is wrong, says how to mend it, and lets what is well be well."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from utils.environment import examining, locks, making

ROOT = Path(__file__).parents[2]


@pytest.fixture
def as_in_lab(tmp_path, monkeypatch):
    """The variables of `make lab`, and a home folder of this test's own."""
    for name, value in making.variables(Path(sys.executable)).items():
        monkeypatch.setenv(name, value)
    for name in ("HOME", "JUPYTERLAB_SETTINGS_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"):
        monkeypatch.setenv(name, str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    "look",
    [look for look in examining.LOOKS if look.__name__ not in {"environment", "room"}],
    ids=lambda look: look.__name__,
)
def test_all_is_well_here(look, as_in_lab):
    finding = look()
    assert finding.mend == "", finding


def test_a_version_that_the_lock_does_not_have(monkeypatch, tmp_path):
    other = re.sub(r"^numpy==\S+", "numpy==0.1", locks.LOCK.read_text(), flags=re.MULTILINE)
    (tmp_path / "other.lock").write_text(other)
    monkeypatch.setattr(locks, "LOCK", tmp_path / "other.lock")
    finding = examining.versions()
    assert "numpy is" in finding.found and "the lock has 0.1" in finding.found
    assert finding.mend


def test_a_file_that_is_gone(tmp_path):
    notes = tmp_path / "lib/python3.12/site-packages/thing-1.0.dist-info"
    notes.mkdir(parents=True)
    (notes / "RECORD").write_text('thing.py,,\n"a, b.py",,\nthing.pyc,,\n')
    (notes.parent / "thing.py").touch()
    assert making.incomplete(tmp_path) == {notes: 1}
    (notes.parent / "a, b.py").touch()
    assert making.incomplete(tmp_path) == {}


def test_sliders_that_run_beside_a_cell(as_in_lab, monkeypatch):
    own = as_in_lab / "@jupyterlab/apputils-extension/kernels-settings.jupyterlab-settings"
    own.parent.mkdir(parents=True)
    own.write_text('{"commsOverSubshells": "perCommTarget"}')
    finding = examining.comms()
    assert str(own) in finding.mend and "Settings Editor" in finding.mend
    own.unlink()
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "")
    assert examining.comms().mend == "git restore .jupyter"


def test_widgets_that_are_disabled(as_in_lab):
    config = as_in_lab / "labconfig/page_config.json"
    config.parent.mkdir()
    config.write_text(json.dumps({"disabledExtensions": {examining.WIDGETS: True}}))
    assert "enable @jupyter-widgets" in examining.widgets().mend


def test_widgets_that_are_missing(as_in_lab, monkeypatch):
    monkeypatch.setattr(examining, "_labextensions", lambda: [str(as_in_lab)])
    assert "no slider will show" in examining.widgets().found


def test_a_kernel_of_another_python(as_in_lab, monkeypatch):
    place = as_in_lab / "kernels/python3"
    place.mkdir(parents=True)
    spec = {"argv": ["/usr/bin/other", "-m", "ipykernel"], "display_name": "x", "language": "a"}
    (place / "kernel.json").write_text(json.dumps(spec))
    assert examining.kernel().mend == "", "a kernel in the home folder comes second"
    monkeypatch.setenv("JUPYTER_PATH", str(as_in_lab))
    finding = examining.kernel()
    assert "/usr/bin/other" in finding.found and str(place) in finding.mend


def test_jupytext_switched_off(as_in_lab, monkeypatch):
    config = as_in_lab / "jupyter_server_config.d/mine.json"
    config.parent.mkdir()
    config.write_text('{"ServerApp": {"jpserver_extensions": {"jupyterlab_jupytext": false}}}')
    assert examining.pairing().mend == "", "the home folder's word comes second"
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(as_in_lab))
    assert "enable jupytext" in examining.pairing().mend


def test_a_tensorflow_that_fails_is_quoted_and_one_that_dies_is_explained(monkeypatch):
    monkeypatch.setattr(examining, "TENSORFLOW", "raise ImportError('no such symbol')")
    assert "ImportError: no such symbol" in examining.tensorflow().found
    monkeypatch.setattr(examining, "TENSORFLOW", "import os; os.kill(os.getpid(), 4)")
    finding = examining.tensorflow()
    assert "an instruction that this processor lacks" in finding.found and "AVX" in finding.mend


def test_history_that_is_missing_is_wrong_here_and_less_with_conda(monkeypatch):
    monkeypatch.setattr(examining, "HISTORY", "import no_such_module")
    monkeypatch.setattr(examining.importlib.util, "find_spec", lambda name: None)
    finding = examining.history()
    assert (finding.sign, finding.mend) == ("WRONG", "make lab")
    monkeypatch.setenv("CONDA_PREFIX", sys.prefix)
    finding = examining.history()
    assert (finding.sign, finding.mend) == ("less", locks.adding_history())
    assert "tf_keras is missing" in finding.found and "02 and 05 show records" in finding.found


def test_history_that_does_not_load_is_quoted(monkeypatch):
    monkeypatch.setattr(examining, "HISTORY", "raise ImportError('no such symbol')")
    assert "ImportError: no such symbol" in examining.history().found
    monkeypatch.setattr(examining, "HISTORY", "print('2.21.0 keras.src')")
    assert examining.history().sign == "WRONG", "tf.keras stayed Keras 3"


def test_a_disk_almost_full(monkeypatch):
    monkeypatch.setattr(examining.shutil, "disk_usage", lambda _: SimpleNamespace(free=10**8))
    assert examining.room().mend


def test_the_doctor_counts_what_is_wrong_in_the_exit_status(monkeypatch, capsys):
    monkeypatch.setattr(examining, "_standing", lambda: None)
    well, ill = examining.Finding("Room", "enough"), examining.Finding("Place", "no", "make lab")
    monkeypatch.setattr(examining, "environment", lambda: ill)
    monkeypatch.setattr(examining, "room", lambda: well)
    assert examining.examine() == 1
    assert "WRONG  Place: no\n         → make lab" in capsys.readouterr().out
    monkeypatch.setattr(examining, "environment", lambda: well)
    assert examining.examine() == 0 and "All is well" in capsys.readouterr().out
    less = examining.Finding("History", "missing", "pip install it", optional=True)
    monkeypatch.setattr(examining, "room", lambda: less)
    assert examining.examine() == 0, "the course goes on without it"
    said = capsys.readouterr().out
    assert "less   History: missing\n         → pip install it" in said and "goes on" in said


def test_make_help_lists_every_target():
    typed = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    run = subprocess.run(["make"], cwd=ROOT, env=typed, capture_output=True, text=True)
    rules = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    listed = [line.split()[1] for line in run.stdout.splitlines()]
    assert listed == rules and len(rules) >= 12
