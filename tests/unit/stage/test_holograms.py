"""What boards show: the plan and the shader agree on what there is, and on which words."""

from __future__ import annotations

import re

import numpy as np

from world.mesh.lettering import advertised, lettering_backend
from world.plan.holograms import CONTENTS
from world.resources import shader_path


def test_every_content_that_is_planned_can_be_drawn() -> None:
    shader = shader_path("surface/hologram.frag.glsl").read_text("utf-8")
    named = re.search(r"const int (FACE = 0[^;]*);", shader)
    assert named is not None
    contents = dict(part.split(" = ") for part in named[1].split(", "))
    assert sorted(map(int, contents.values())) == list(range(CONTENTS))
    for name in list(contents)[:-1]:  # the last is what is left
        assert f"content == {name}" in shader


def test_boards_have_words_upright_and_level() -> None:
    declared = re.search(r"u_words\[(\d+)\]", shader_path("surface/hologram_adverts.inc.glsl").read_text("utf-8"))
    places = advertised()
    assert declared is not None and places.shape == (int(declared[1]), 4)
    size = places[:, 2:] - places[:, :2]
    assert (size > 0).all() and places.min() >= 0 and places.max() <= 1
    if lettering_backend() == "noto-cjk":
        assert (size[:16, 1] > size[:16, 0]).all() and (size[16:, 0] > size[16:, 1]).all()
    assert len(np.unique(places, axis=0)) == 32
