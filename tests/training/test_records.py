"""Records: written whole, read back, and refused with a sentence if they are no good."""

import json
from types import SimpleNamespace

import numpy as np
import pytest

from utils.training import record, records


@pytest.fixture
def path(tmp_path):
    return tmp_path / "x.npz"


def test_a_record_comes_back_with_its_provenance(path):
    records.save(path, "x", {"seeds": [0, 1]}, {"losses": np.arange(3.0)})
    back = records.load(path, "x", {"seeds": (0, 1)})
    assert back.arrays["losses"].tolist() == [0, 1, 2] and list(back.arrays) == ["losses"]
    assert back.about["settings"] == {"seeds": [0, 1]}
    assert {"python", "numpy"} <= set(back.about["versions"])
    assert [p.name for p in path.parent.iterdir()] == ["x.npz"]


def test_a_missing_record_says_how_to_get_it(path):
    with pytest.raises(records.RecordError, match=r"x\.npz is missing\. `make records`"):
        records.load(path, "x")


def test_a_damaged_record_is_refused(path):
    records.save(path, "x", {}, {"losses": np.arange(1000.0)})
    whole = path.read_bytes()
    for damaged in (b"", b"no zip at all", whole[: len(whole) // 2]):
        path.write_bytes(damaged)
        with pytest.raises(records.RecordError, match="can't be read"):
            records.load(path, "x")


def test_a_pickle_is_never_opened(path):
    np.savez(path, about=np.array({"name": "x"}, dtype=object))
    with pytest.raises(records.RecordError, match="can't be read"):
        records.load(path, "x")


@pytest.mark.parametrize("about", ["[]", "{}", '"x"', json.dumps({"name": "x"})])
def test_a_foreign_file_is_refused(path, about):
    np.savez(path, about=np.array(about))
    with pytest.raises(records.RecordError, match="can't be read"):
        records.load(path, "x")


def test_a_record_of_something_else_is_refused(path):
    records.save(path, "y", {"steps": 10}, {})
    with pytest.raises(records.RecordError, match="a record of 'y', not of 'x'"):
        records.load(path, "x")
    with pytest.raises(records.RecordError, match="other settings"):
        records.load(path, "y", {"steps": 20})


def room(measured, fail_at=None):
    def measure(point):
        if point == fail_at:
            raise KeyboardInterrupt
        measured.append(point)
        return {"square": np.array([point**2, point])}

    return SimpleNamespace(
        RECORD="x", settings=lambda: {"n": 3}, points=lambda: [1, 2, 3], measure=measure
    )


def test_recording_goes_on_where_it_was_stopped(path):
    measured, said = [], []

    def say(text, **_):
        said.append(text)

    with pytest.raises(KeyboardInterrupt):
        record.record(room(measured, fail_at=3), path, say)
    assert measured == [1, 2] and not path.exists()
    record.record(room(measured), path, say)
    assert measured == [1, 2, 3]
    assert any("Going on from 2 of 3" in text for text in said)
    assert records.load(path, "x").arrays["square"].tolist() == [[1, 1], [4, 2], [9, 3]]
    assert [p.name for p in path.parent.iterdir()] == ["x.npz"]


def test_an_unknown_record_is_named(capsys):
    assert record.main(["77"]) == 2
    assert "No records for 77; there are: 01" in capsys.readouterr().out
