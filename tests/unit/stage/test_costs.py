"""The page of costs says what the shaders are; and the counter behind it counts."""

from __future__ import annotations

from typing import Any

import pytest
import shader_reads
from shader_reads import PAGE, marked, reads_of, tables


@pytest.mark.parametrize("name", ["shaders", "passes"])
def test_the_page_is_true(name: str) -> None:
    assert marked(PAGE.read_text("utf-8"), name) == tables()[name], "run: python tests/shader_reads.py"


def _counted(monkeypatch: Any, text: str) -> shader_reads.Reads:
    monkeypatch.setattr(shader_reads, "source_of", lambda name, switches=(): "#version 330\n" + text)
    return reads_of("made up")


def test_loops_multiply_and_branches_are_told_apart(monkeypatch: Any) -> None:
    found = _counted(
        monkeypatch,
        """
const int STEPS = 3;
uniform sampler2D u_noise;
uniform sampler3D u_volume;
vec4 twice(vec2 p) { // texture(u_noise, p) in a comment
    return texture(u_noise, p) + textureLod(u_noise, p, 1.0);
}
void main() {
    for (int k = 0; k < STEPS; k++) sum += texture(u_volume, p);
    for (int k = 0; k < 2; k++) {
        sum += twice(p);
    }
    do {
        sum += texture(u_noise, p);
    } while (k < min(u_count, STEPS));
    if (texture(u_noise, p).r > 0.5) {
        sum += texelFetch(u_noise, q, 0);
    } else if (a) sum += twice(p);
    else {
        sum += twice(p) + twice(p);
    }
}
""",
    )
    assert (found.every, found.dearest) == (3 + 4 + 3 + 1 + (1 + 2 + 4), 3 + 4 + 3 + 1 + 4)
    assert found.weight == 3 * shader_reads.VOLUME + 4 + 3 + 1 + 4


@pytest.mark.parametrize(("mask", "reads"), [("-1", 1 + 2 + 1), ("1 << TUBE", 1), ("1 << LAMP | 1 << TUBE", 1 + 2), ("1 << TILE", 1)])
def test_what_a_class_rules_out_is_not_counted(monkeypatch: Any, mask: str, reads: int) -> None:
    found = _counted(
        monkeypatch,
        f"""
const int DRAWN = {mask};
void main() {{
    if (IS(TUBE)) {{
        a = texture(u_noise, p);
    }} else if (IS(LAMP) && wet) {{
        a = texture(u_noise, p) + texture(u_noise, q);
    }} else if (DRAWS(TILE)) {{
        a = texture(u_noise, p);
    }}
}}
""",
    )
    assert found.every == reads


def test_switches_choose(monkeypatch: Any) -> None:
    text = """
#define USE_THIS
#if defined(USE_THIS) || defined(USE_THAT)
#ifndef USE_THIS
#define USE_MORE
#else
void main() { texture(u_noise, p); }
#endif
#elif defined(USE_OTHER)
void main() { texture(u_noise, p); texture(u_noise, p); }
#endif
"""
    assert _counted(monkeypatch, text).every == 1
    assert _counted(monkeypatch, text.replace("define USE_THIS", "define USE_OTHER")).every == 2
