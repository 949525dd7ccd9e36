"""What signs say, as pictures and as glass: an atlas of words, and single-stroke letters for bent tubes.

In: `assets/words.toml`, `assets/palette.toml`, the packages `noto-cjk-sans-jp-bold` and `hershey-fonts`.
Out: `atlas()`: one texture of coverage, halo and distance with a rectangle per word; `strokes()`: polylines in ems.
Vertical words are set as printers do: characters stacked, the long-vowel bar turned upright, small kana to the right.
Single-stroke letters: A. V. Hershey, "Calligraphy for Computers", 1967.
"""

from __future__ import annotations

import enum
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from HersheyFonts import HersheyFonts
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from scipy.ndimage import distance_transform_edt

from world.resources import asset_path

try:
    from noto_cjk_sans_jp_bold import FONT_PATH as _CJK_PATH
except ImportError:  # then signs speak Latin only; `lettering_backend` says so
    _CJK_PATH = None

ATLAS_PX = 2048
EM_PX = 62
MARGIN_EM = 0.24  # round the letters, for the halo and the mipmaps
_GUTTER_PX = 4
REACH_PX = 16.0  # of the distance to a letter's outline; shaders/surface/city.frag.glsl has it too
_ADVERTISED = (("notice", 7), ("street", 5), ("bar", 4))  # what holograms show: so many words of a trade; bottles have the last
_TURNED = "ー〜～…"
_SMALL = "ァィゥェォッャュョヮぁぃぅぇぉっゃゅょゎ"


class Direction(enum.IntEnum):
    HORIZONTAL = 0
    VERTICAL = 1


@dataclass(frozen=True)
class Word:
    """One entry of the word list; `icon` is "" or a name of `world.mesh.kits.icons`."""

    text: str
    gloss: str
    latin: str
    trade: str
    icon: str = ""


@dataclass(frozen=True)
class Rectangle:
    """A word's place in the atlas with its margin: u right, v up, 0..1; `width_em`, `height_em` its size in character heights."""

    u0: float
    v0: float
    u1: float
    v1: float
    width_em: float
    height_em: float


@dataclass(frozen=True)
class Atlas:
    """`pixels` (H, W, 3) uint8, top row first (row r has v = 1 - (r + .5) / H): coverage of the letters, a wide halo, and the distance to
    their outline, from 0 (`REACH_PX` outside) over the middle to 255 (as far inside)."""

    pixels: NDArray[np.uint8]
    rectangles: dict[tuple[int, Direction], Rectangle]


def lettering_backend() -> str:
    """`noto-cjk` where the Japanese font is installed, else `latin`."""
    return "latin" if _CJK_PATH is None else "noto-cjk"


@lru_cache(maxsize=1)
def words() -> tuple[Word, ...]:
    """The word list, in the file's order."""
    table = tomllib.loads(asset_path("words.toml").read_text(encoding="utf-8"))
    return tuple(Word(**entry) for entry in table["word"])


def words_of(trade: str) -> tuple[int, ...]:
    """Indices of the words of one trade."""
    return tuple(i for i, word in enumerate(words()) if word.trade == trade)


def stacks(word: int) -> bool:
    """Whether the word can stand upright (Japanese can, Latin is only set level)."""
    return not _written(word).isascii()


@lru_cache(maxsize=1)
def atlas() -> Atlas:
    """Every word, level and (where it can) upright, packed on shelves of falling height."""
    font = _font(EM_PX)
    entries = [(i, d) for i in range(len(words())) for d in Direction if d is Direction.HORIZONTAL or stacks(i)]
    sizes = {entry: _cell_px(font, *entry) for entry in entries}
    sheet = Image.new("L", (ATLAS_PX, ATLAS_PX), 0)
    places: dict[tuple[int, Direction], tuple[int, int]] = {}
    x = y = shelf = 0
    for entry in sorted(entries, key=lambda e: (-sizes[e][1], -sizes[e][0], e)):
        width, height = sizes[entry]
        if x + width > ATLAS_PX:
            x, y, shelf = 0, y + shelf + _GUTTER_PX, 0
        if y + height > ATLAS_PX:
            raise ValueError(f"words.toml: {len(words())} words do not fit into {ATLAS_PX} x {ATLAS_PX} pixels; lower EM_PX")
        places[entry] = (x, y)
        _set_word(sheet, font, *entry, x, y)
        x, shelf = x + width + _GUTTER_PX, max(shelf, height)
    halo = sheet.filter(ImageFilter.GaussianBlur(EM_PX * 0.11))
    halo = Image.blend(halo, sheet.filter(ImageFilter.GaussianBlur(EM_PX * 0.045)), 0.35)
    rectangles = {
        e: Rectangle(
            px / ATLAS_PX,
            1.0 - (py + sizes[e][1]) / ATLAS_PX,
            (px + sizes[e][0]) / ATLAS_PX,
            1.0 - py / ATLAS_PX,
            sizes[e][0] / EM_PX,
            sizes[e][1] / EM_PX,
        )
        for e, (px, py) in places.items()
    }
    ink = np.asarray(sheet)
    return Atlas(np.stack([ink, np.asarray(halo), _distance(ink)], axis=-1), rectangles)


def _distance(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """How far each pixel lies within (more than 127) or outside the outline of what is drawn, where tubes run. Cuisenaire and Macq's
    exact transform (scipy's) knows whole pixels; the coverage of the outline's own moves it between them."""
    inside = ink > 127
    steps = np.asarray(distance_transform_edt(inside) - distance_transform_edt(~inside), dtype=np.float32)
    steps += np.where(inside, -0.5, 0.5)
    rim = (ink > 0) & (ink < 255) & (abs(steps) < 1.0)
    steps[rim] = ink[rim] / 255.0 - 0.5
    packed: NDArray[np.uint8] = np.rint(np.clip(127.5 + steps * (127.5 / REACH_PX), 0.0, 255.0)).astype(np.uint8)
    return packed


def advertised() -> NDArray[np.float32]:
    """The words that holograms show, (2·N, 4): their places in the atlas (u, v of two corners), first upright (those that can stand), then
    level."""
    short = {trade: [i for i in words_of(trade) if 2 <= len(words()[i].text) <= 4] for trade, _ in _ADVERTISED}
    chosen = [i for trade, count in _ADVERTISED for i in short[trade][:count]]
    ways = (Direction.VERTICAL, Direction.HORIZONTAL)
    places = [atlas().rectangles[i, way if stacks(i) else Direction.HORIZONTAL] for way in ways for i in chosen]
    return np.array([(r.u0, r.v0, r.u1, r.v1) for r in places], dtype=np.float32)


@lru_cache(maxsize=8)
def _hershey(font: str) -> HersheyFonts:
    hershey = HersheyFonts()
    hershey.load_default_font(font)
    return hershey


@lru_cache(maxsize=512)
def strokes(text: str, font: str = "futural") -> tuple[NDArray[np.float64], ...]:
    """Single-stroke polylines (P, 2) of `text`, x right from 0, y up from 0; capitals are 1 high. `font`: a Hershey name."""
    hershey = _hershey(font)
    lines: Sequence[NDArray[np.float64]] = [np.asarray(list(s), dtype=np.float64) for s in hershey.strokes_for_text(text)]
    lines = [s for s in lines if len(s) > 1]
    if not lines:
        return ()
    every = np.concatenate(lines)
    capital = np.concatenate([np.asarray(list(s), dtype=np.float64) for s in hershey.strokes_for_text("H")])
    low, high = capital[:, 1].min(), capital[:, 1].max()
    return tuple((s - [every[:, 0].min(), high]) * [1.0, -1.0] / (high - low) for s in lines)  # Hershey's y grows downwards


@lru_cache(maxsize=4)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    if _CJK_PATH is None:
        return ImageFont.load_default(size)
    return ImageFont.truetype(str(_CJK_PATH), size)


def _written(word: int) -> str:
    return words()[word].text if _CJK_PATH is not None else words()[word].latin


def _cell_px(font: ImageFont.FreeTypeFont | ImageFont.ImageFont, word: int, direction: Direction) -> tuple[int, int]:
    margin = 2 * round(MARGIN_EM * EM_PX)
    text = _written(word)
    if direction is Direction.VERTICAL:
        return EM_PX + margin, len(text) * EM_PX + margin
    return int(np.ceil(font.getlength(text))) + margin, EM_PX + margin


def _set_word(
    sheet: Image.Image, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, word: int, direction: Direction, x: int, y: int
) -> None:
    """Draws the word into its cell, whose upper left corner is (x, y)."""
    text, margin = _written(word), round(MARGIN_EM * EM_PX)
    x, y = x + margin, y + margin
    draw = ImageDraw.Draw(sheet)
    if direction is Direction.HORIZONTAL:
        draw.text((x, y + EM_PX // 2), text, fill=255, font=font, anchor="lm")
        return
    for i, character in enumerate(text):
        if character in _TURNED:
            cell = Image.new("L", (EM_PX, EM_PX), 0)
            ImageDraw.Draw(cell).text((EM_PX // 2, EM_PX // 2), character, fill=255, font=font, anchor="mm")
            sheet.paste(cell.transpose(Image.Transpose.ROTATE_270), (x, y + i * EM_PX))
        else:
            shift = EM_PX // 8 if character in _SMALL else 0
            draw.text((x + EM_PX // 2 + shift, y + i * EM_PX + EM_PX // 2 - shift), character, fill=255, font=font, anchor="mm")
