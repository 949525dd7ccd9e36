"""Counts what a shader reads, from its text: `python tests/shader_reads.py` writes the tables of assets/COSTS.md anew.

In: a permutation's name and switches.  Out: `Reads` of its main(): texture reads with loops multiplied, once as if every branch were taken
(software renderers and mixed groups of pixels take them all), once along the dearest path; and that path in units of one bilinear
read of four bytes. What a permutation's class of finishes rules out (IS and DRAWS in city.frag) is not counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from world.stage.permutations import NEAR, PERMUTATIONS, lean
from world.stage.quality import QUALITIES
from world.stage.shaders import source_of

PAGE = Path(__file__).resolve().parents[1] / "assets/COSTS.md"
# In bilinear reads: half-float texels take two cycles, a volume's are two slices of them; one texel alone counts as one read.
HALF_FLOAT, VOLUME = 2.0, 4.0
_HALF_FLOATS = {"u_mirror", "u_smear", "u_scene", "u_fogged", "u_bloom", "u_source", "u_base", "u_relief", "u_contact", "u_developed"}
_CALL = re.compile(r"\b(texture|textureLod|texelFetch|\w+)\s*\(")
_BRANCH = re.compile(r"\b(?:(if|for)\s*\(|do\s*\{)")
_SIZE, _RATE = (1920, 1080), 60
_AROUND = 0, 1  # lamps near by, lights that throw shadows
# Of a view's pixels how many times each is shaded: measured with nothing but the order of drawing to save any (avenue, plaza, shopping).
_LAYERS = {"city": 1.2, "ground": 0.45, "far": 0.2, "sky": 0.15}


@dataclass
class Reads:
    """`every`: all branches; `dearest`: along the dearest path; `weight`: that path in bilinear reads."""

    every: float = 0.0
    dearest: float = 0.0
    weight: float = 0.0

    def add(self, other: Reads, times: float = 1.0) -> None:
        self.every += times * other.every
        self.dearest += times * other.dearest
        self.weight += times * other.weight


@dataclass
class _Source:
    bodies: dict[str, str]
    loops: dict[str, float]
    volumes: set[str]
    drawn: set[str] | None  # finishes; None: all
    known: dict[str, Reads] = field(default_factory=dict)


def reads_of(name: str, switches: tuple[str, ...] = ()) -> Reads:
    """What main() of a shader reads."""
    text = _preprocessed(source_of(name, switches))
    volumes = {v.strip() for names in re.findall(r"uniform sampler3D ([^;]+);", text) for v in names.split(",")}
    bodies = {}
    for match in re.finditer(r"^\w[\w ]*?\b(\w+)\(([^()]*)\)\s*\{", text, re.MULTILINE):
        bodies[match[1]] = text[match.end() : _closing(text, match.end() - 1, "{}")]
    mask = re.search(r"const int DRAWN = ([^;]+);", text)
    drawn = None if mask is None or mask[1].strip() == "-1" else set(re.findall(r"<< (\w+)", mask[1]))
    loops = {m[1]: float(m[2]) for m in re.finditer(r"const int (\w+) = (\d+);", text)}
    source = _Source(bodies, loops, volumes, drawn)
    return _of_function(source, "main")


def _of_function(source: _Source, name: str) -> Reads:
    if name not in source.known:
        source.known[name] = _of_block(source, source.bodies[name])
    return source.known[name]


def _of_block(source: _Source, text: str) -> Reads:
    """Reads of a run of statements."""
    found, at = Reads(), 0
    while match := _BRANCH.search(text, at):
        found.add(_of_line(source, text[at : match.start()]))
        if match[1] is None:
            end = _closing(text, match.end() - 1, "{}")
            tail = text.index(";", end)
            found.add(
                _of_block(source, text[match.end() : end]), max(source.loops.get(name, 0.0) for name in re.findall(r"\w+", text[end:tail]))
            )
            at = tail + 1
            continue
        end = _closing(text, match.end() - 1, "()")
        head = text[match.end() : end]
        body, at = _statement(text, end + 1)
        if match[1] == "for":
            bound = re.search(r"< (\w+)", head)
            assert bound, f"a loop without a bound: {head}"
            count = float(bound[1]) if bound[1].isdigit() else source.loops[bound[1]]
            found.add(_of_block(source, body), count)
            continue
        found.add(_of_line(source, head))
        branches = [(head, body)]
        while other := re.match(r"\s*else\b(\s*if\s*\()?", text[at:]):
            at += other.end()
            condition = "true"
            if other[1]:
                end = _closing(text, at - 1, "()")
                condition, at = text[at:end], end + 1
            body, at = _statement(text, at)
            branches.append((condition, body))
        taken = [_of_block(source, inner) for condition, inner in branches if _may(source, condition) is not False]
        dearest = max(taken, key=lambda reads: reads.weight, default=Reads())
        found.add(Reads(sum(reads.every for reads in taken), dearest.dearest, dearest.weight))
    found.add(_of_line(source, text[at:]))
    return found


def _of_line(source: _Source, text: str) -> Reads:
    """Reads of plain expressions, and of what they call."""
    found = Reads()
    for match in _CALL.finditer(text):
        name = match[1]
        if name in ("texture", "textureLod", "texelFetch"):
            sampler = re.match(r"\w+", text[match.end() :])
            assert sampler, text
            weight = VOLUME if sampler[0] in source.volumes else HALF_FLOAT if sampler[0] in _HALF_FLOATS else 1.0
            found.add(Reads(1.0, 1.0, 1.0 if name == "texelFetch" else weight))
        elif name in source.bodies:
            found.add(_of_function(source, name))
    return found


def _may(source: _Source, condition: str) -> bool | None:
    """Whether a condition can hold for the finishes that are drawn; None where it depends on more than them."""
    condition = condition.strip()
    for sign, decides in (("||", True), ("&&", False)):
        parts = _split(condition, sign)
        if len(parts) > 1:
            values = [_may(source, part) for part in parts]
            return decides if decides in values else None if None in values else not decides
    if condition == "true":
        return True
    if condition.startswith("(") and _closing(condition, 0, "()") == len(condition) - 1:
        return _may(source, condition[1:-1])
    named = re.fullmatch(r"(!?)(IS|DRAWS)\((\w+)\)", condition)
    if named is None or source.drawn is None:
        return None
    there = named[3] in source.drawn
    value = (True if named[2] == "DRAWS" else None) if there else False
    return value if not named[1] or value is None else not value


def _split(text: str, sign: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for k, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0 and text.startswith(sign, k):
            parts.append(text[start:k])
            start = k + len(sign)
    return [*parts, text[start:]]


def _statement(text: str, at: int) -> tuple[str, int]:
    """The statement or block that begins at `at`, and where what follows it begins."""
    at += len(text[at:]) - len(text[at:].lstrip())
    if text[at] == "{":
        end = _closing(text, at, "{}")
        return text[at + 1 : end], end + 1
    end = text.index(";", at) + 1
    nested = re.match(r"(if|for)\s*\(", text[at:])
    if nested:
        _, end = _statement(text, _closing(text, at + nested.end() - 1, "()") + 1)
    return text[at:end], end


def _closing(text: str, opening: int, pair: str) -> int:
    depth = 0
    for k in range(opening, len(text)):
        depth += (text[k] == pair[0]) - (text[k] == pair[1])
        if depth == 0:
            return k
    raise ValueError(f"no {pair[1]} for the {pair[0]} at {opening}")


def _preprocessed(text: str) -> str:
    """Without comments and without what the switches leave out. Macros stay as they are written."""
    text = re.sub(r"//[^\n]*", "", text)
    defined: set[str] = set()
    stack: list[tuple[bool, bool]] = []  # (whether this branch is in, whether one was)
    lines = []
    for line in text.split("\n"):
        word = re.match(r"\s*#(\w+)\s*(.*)", line)
        within = all(now for now, _ in stack)
        if word is None:
            lines.append(line if within else "")
        elif word[1] in ("ifdef", "ifndef", "if"):
            holds = _holds(word[1], word[2], defined)
            stack.append((holds, holds))
        elif word[1] == "elif":
            holds = not stack[-1][1] and _holds("if", word[2], defined)
            stack[-1] = (holds, stack[-1][1] or holds)
        elif word[1] == "else":
            stack[-1] = (not stack[-1][1], True)
        elif word[1] == "endif":
            stack.pop()
        elif word[1] == "define" and within:
            name, _, value = word[2].strip().partition(" ")
            defined.add(name)
            if value.isdigit():
                lines.append(f"const int {name} = {value};")
    return "\n".join(lines)


def _holds(word: str, what: str, defined: set[str]) -> bool:
    if word != "if":
        return (what.strip() in defined) == (word == "ifdef")
    return any(
        all((name in defined) != bool(sign) for sign, name in re.findall(r"(!?)defined\((\w+)\)", part)) for part in what.split("||")
    )


def shader_table() -> str:
    """A row a permutation: reads of its fragments, then of its vertices."""
    rows = ["| Shader | every branch | dearest path | in bilinear reads | a vertex |", "| --- | --: | --: | --: | --: |"]
    for vertex, fragment, switches in PERMUTATIONS:
        near = [full for file, full in NEAR if file == fragment and set(full) <= set(switches)]
        if near and switches not in (near[0], lean(near[0], *_AROUND)):
            continue
        pixel, corner = reads_of(fragment, switches), reads_of(vertex, switches)
        name = " ".join((fragment.removesuffix(".frag"), *switches))
        rows.append(f"| {name} | {pixel.every:.0f} | {pixel.dearest:.0f} | {pixel.weight:.0f} | {corner.every:.0f} |")
    return "\n".join(rows)


def pass_table() -> str:
    """A row a pass at 1920×1080, 60 pictures a second, medium: millions of pixels shaded, bytes written a pixel, thousand million reads."""
    quality, whole = QUALITIES["medium"], _SIZE[0] * _SIZE[1] / 1e6
    weigh: Callable[..., float] = lambda name, *switches: reads_of(name, lean(switches, *_AROUND)).weight  # noqa: E731
    masonry = weigh("surface/city.frag", "USE_MASONRY")
    other = max(weigh("surface/city.frag", name) for name in ("USE_SHEET", "USE_PANES", "USE_PLAIN", "USE_GLOW"))
    city = 0.6 * masonry + 0.4 * other
    full = whole * quality.scene_share**2
    mirror, fog, half = whole * quality.mirror_share**2, whole * quality.fog_share**2, full / 4
    down = sum(0.25**k for k in range(1, 5))
    rows = [
        ("mirror", 2.0 * mirror, 12, weigh("surface/city.frag", "USE_MIRROR", "USE_MASONRY")),
        ("mirror, small", mirror / 16, 8, weigh("post/mirror_small.frag")),
        ("mirror, smeared", mirror / 16, 8, weigh("post/smear.frag")),
        ("scene: city near by", _LAYERS["city"] * full, 12, city),
        ("scene: city further off", _LAYERS["far"] * full, 12, weigh("surface/city.frag", "USE_FAR", "USE_MASONRY")),
        ("scene: ground", _LAYERS["ground"] * full, 12, weigh("surface/ground.frag", "USE_GROUND")),
        ("scene: sky", _LAYERS["sky"] * full, 8, weigh("sky/sky.frag")),
        ("fog", fog, 8, weigh("post/fog.frag")),
        ("fog, evened", fog, 8, weigh("post/fog_even.frag")),
        ("bloom, first", half, 8, weigh("post/bloom_down.frag", "USE_FIRST")),
        ("bloom, down", half * down, 8, weigh("post/bloom_down.frag")),
        ("bloom, up", half * (1 + down), 8, weigh("post/bloom_up.frag")),
        ("picture", full, 4, weigh("post/picture.frag")),
        ("edges", full, 4, weigh("post/edges.frag")),
        ("finish", whole, 4, weigh("post/finish.frag", "USE_LARGER")),
        ("show", whole, 4, weigh("post/copy.frag")),
    ]
    lines = [
        "| Pass | Mpixel shaded | bytes written a pixel | bilinear reads a pixel | Gtexel/s | GB/s written |",
        "| --- |" + " --: |" * 5,
    ]
    texels = written = 0.0
    for name, pixels, size, reads in rows:
        lines.append(
            f"| {name} | {pixels:.2f} | {size} | {reads:.0f} | {pixels * reads * _RATE / 1e3:.1f} | {pixels * size * _RATE / 1e3:.2f} |"
        )
        texels, written = texels + pixels * reads * _RATE / 1e3, written + pixels * size * _RATE / 1e3
    lines.append(f"| **all** | {sum(row[1] for row in rows):.1f} | | | **{texels:.0f}** | **{written:.1f}** |")
    return "\n".join(lines)


def tables() -> dict[str, str]:
    """What stands between the page's marks."""
    return {"shaders": shader_table(), "passes": pass_table()}


def marked(page: str, name: str) -> str:
    """What the page has between the marks of that name."""
    return page.split(f"<!-- {name} -->\n", 1)[1].split(f"\n<!-- /{name} -->", 1)[0]


def main() -> None:
    page = PAGE.read_text("utf-8")
    for name, text in tables().items():
        page = page.replace(marked(page, name), text)
    PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
