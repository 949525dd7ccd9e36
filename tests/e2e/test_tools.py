"""The tools as commands: what one prints the next takes."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

Ashes = Callable[..., subprocess.CompletedProcess[str]]
# A bare city is quickly built.
_BARE = [
    word
    for pair in ("neon.signs=4", "buildings.clutter=0", "buildings.cables=0", "ruin.rubble=0", "ruin.cars=0", "buildings.interiors=0")
    for word in ("--set", pair)
]


def test_a_place_that_is_located_can_be_asked_about(ashes: Ashes) -> None:
    found = ashes("locate", "konbini", "--count", "2", "--near", "0,0/0")
    assert found.returncode == 0 and len(found.stdout.splitlines()) == 2 and "konbini" in found.stdout
    place = found.stdout.split()[0]
    assert ashes("locate", "konbini", "--count", "1", "--near", "0,0/0", "--brief").stdout.strip() == place
    why = ashes("why", "--at", place, "--json")
    told = json.loads(why.stdout)
    assert why.returncode == 0 and set(told) == {"what", "at", "distance_m", "generator", "key", "fields", "draws", "knobs"}


@pytest.mark.parametrize("suffix", ["svg", "png"])
def test_a_map_is_drawn_and_kept(ashes: Ashes, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"map.{suffix}"
    words = ("map", "--out", str(out), "--radius", "60", "--size", "400", "--layers", "streets,buildings,signs")
    done = ashes(*words)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{out}\n", "")
    if suffix == "svg":
        groups = [g.get("id") for g in ElementTree.parse(out).iter("{http://www.w3.org/2000/svg}g") if g.get("id")]
        assert groups == ["layer-streets", "layer-buildings", "layer-signs", "layer-legend"]
    else:
        with Image.open(out) as picture:
            assert picture.width == 400 and np.asarray(picture).std() > 8
    again = ashes(*words)
    assert again.returncode == 2 and "--force" in again.stderr


def test_a_place_is_exported(ashes: Ashes, tmp_path: Path) -> None:
    out = tmp_path / "street.glb"
    done = ashes("export", "--radius", "14", "--lights", "3", "-o", str(out), *_BARE)
    assert (done.returncode, done.stdout) == (0, f"{out}\n")
    assert "triangles" in done.stderr and " lights" in done.stderr
    binary = out.read_bytes()
    assert binary[:4] == b"glTF" and int.from_bytes(binary[8:12], "little") == len(binary)


def test_a_sweep_is_a_sheet_of_different_pictures(ashes: Ashes, tmp_path: Path) -> None:
    out = tmp_path / "flood.png"
    done = ashes("sweep", "water.level_m=-0.3..0.4:2", "-o", str(out), "--size", "96x54", "--quality", "low", "--columns", "2", *_BARE)
    assert (done.returncode, done.stdout) == (0, f"{out}\n")
    assert [line.split()[1] for line in done.stderr.splitlines()] == ["water.level_m=-0.3", "water.level_m=0.4"]
    with Image.open(out) as sheet:
        pixels = np.asarray(sheet.convert("RGB"), float)
    assert pixels.shape[1] == 192
    assert np.abs(pixels[:54, :96] - pixels[:54, 96:]).mean() > 1.0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["locate", "konbny"], "did you mean konbini"),
        (["locate", "overpass", "--inside"], "only fronts have an inside"),
        (["map", "-o", "x.jpg"], ".png or .svg"),
        (["map", "-o", "x.png", "--layers", "sings"], "did you mean signs"),
        (["map", "-o", "x.png", "--radius", "9000"], "from 40 to 1500"),
        (["export", "-o", "x.gltf"], "must end in .glb"),
        (["export", "-o", "x.glb", "--radius", "0"], "from 5 to 300"),
        (["sweep", "ruin.damage=0..9", "-o", "x.png"], "0 to 1"),
        (["why", "--at", "nowhere"], "no place of that name"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(ashes: Ashes, words: list[str], said: str) -> None:
    done = ashes(*words)
    assert done.returncode == 2 and said in done.stderr and done.stderr.count("\n") == 1


def test_a_scenario_is_played_without_a_window_and_alike_in_two_processes(ashes: Ashes, tmp_path: Path) -> None:
    plot = tmp_path / "bottle.svg"
    first = ashes("sim", "--script", "bottle", "--plot", str(plot))
    second = ashes("sim", "--script", "bottle")
    assert first.returncode == 0 and first.stderr == "" and first.stdout == second.stdout
    assert "hero: throw" in first.stdout and "glider 1: alert agitated" in first.stdout
    assert ElementTree.parse(plot).getroot().tag == "{http://www.w3.org/2000/svg}svg"
    again = ashes("sim", "--script", "bottle", "--plot", str(plot))
    assert again.returncode == 2 and "--force" in again.stderr
    rows = [json.loads(line) for line in ashes("sim", "--seed", "7", "--seconds", "2", "--json").stdout.splitlines()]
    assert set(rows[-1]) == {"seconds", "state"} and rows[0]["hero"] and rows[-1]["seconds"] == 2.0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--script", "botle"), "did you mean bottle?"),
        (("--script", "bottle", "--at", "0,0/0"), "the scenario brings its own ground"),
        (("--script", "bottle", "--set", "patrol.robts=3"), "did you mean patrol.robots?"),
        (("--plot", "out.png"), ".svg"),
    ],
)
def test_a_scenario_that_cannot_be_played_is_refused(ashes: Ashes, words: tuple[str, ...], says: str) -> None:
    done = ashes("sim", *words)
    assert done.returncode == 2 and says in done.stderr and done.stderr.count("\n") == 1
