"""A file is there whole, or not at all."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from world.cli.output import check_output, whole_file
from world.errors import Refusal


def test_whole_or_not_at_all(tmp_path: Path) -> None:
    out = tmp_path / "a.png"
    with whole_file(out) as part:
        part.write_bytes(b"half")
        assert not out.exists()
    assert out.read_bytes() == b"half"
    with pytest.raises(Refusal, match="No space left"), whole_file(out) as part:
        part.write_bytes(b"ot")
        raise OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(ZeroDivisionError), whole_file(out) as part:
        part.write_bytes(b"ot")
        raise ZeroDivisionError
    assert out.read_bytes() == b"half"
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]


def test_what_cannot_be_written_is_refused_beforehand(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="does not exist"):
        check_output(tmp_path / "no" / "a.png")
    with pytest.raises(Refusal, match="is a folder"):
        check_output(tmp_path)
    with pytest.raises(Refusal, match=r"must end in \.png"):
        check_output(tmp_path / "a.jpg", suffixes=(".png",))
    (tmp_path / "a.png").write_bytes(b"")
    with pytest.raises(Refusal, match="--force"):
        check_output(tmp_path / "a.png")
    assert check_output(tmp_path / "a.png", force=True) == tmp_path / "a.png"
