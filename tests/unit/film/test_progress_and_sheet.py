"""The progress bar's lines and the contact sheet's layout."""

from __future__ import annotations

import io

import numpy as np

from world.film.progress import Progress, clock
from world.film.sheet import contact_sheet


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_pipe_gets_a_line_each_tenth_and_no_control_characters() -> None:
    stream = io.StringIO()
    with Progress("film", 200, stream=stream) as progress:
        for _ in range(200):
            progress.step()
    lines = stream.getvalue().splitlines()
    assert len(lines) == 10 and "20/200" in lines[0] and "200/200" in lines[-1] and "\r" not in stream.getvalue()


def test_a_terminal_gets_one_line_that_ends() -> None:
    stream = Terminal()
    with Progress("film", 3, stream=stream) as progress:
        for _ in range(3):
            progress.step()
    assert stream.getvalue().startswith("\r") and stream.getvalue().count("\n") == 1
    assert "3/3" in stream.getvalue()


def test_hidden_progress_writes_nothing() -> None:
    stream = Terminal()
    with Progress("film", 3, shown=False, stream=stream) as progress:
        progress.step()
    assert stream.getvalue() == ""


def test_clock() -> None:
    assert (clock(5.4), clock(65), clock(3725)) == ("0:05", "1:05", "1:02:05")


def test_a_sheet_holds_every_picture_in_its_cell() -> None:
    colours = [(250, 0, 0), (0, 250, 0), (0, 0, 250)]
    sheet = contact_sheet([np.full((90, 160, 3), c, np.uint8) for c in colours], ["a", "b", "c"], columns=2, width=80)
    assert sheet.shape == (2 * (45 + 18), 160, 3)
    assert [tuple(sheet[y, x]) for x, y in ((40, 20), (120, 20), (40, 83))] == colours
    assert tuple(sheet[83, 120]) == (24, 24, 26)
