"""A contact sheet: many pictures side by side, each with its label under it.

In: RGB pictures and labels.  Out: one RGB picture, for eyes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

_LABEL_PX = 18


def contact_sheet(pictures: Sequence[NDArray[np.uint8]], labels: Sequence[str], *, columns: int = 4, width: int = 480) -> NDArray[np.uint8]:
    """Pictures (H, W, 3) uint8 (sizes may differ, at least one) scaled to `width` px each, `columns` in a row: (H, W, 3) uint8."""
    cells = [_scaled(picture, width) for picture in pictures]
    height = max(cell.height for cell in cells) + _LABEL_PX
    columns = min(columns, len(cells))
    sheet = Image.new("RGB", (columns * width, math.ceil(len(cells) / columns) * height), (24, 24, 26))
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(size=_LABEL_PX - 5)
    for index, (cell, label) in enumerate(zip(cells, labels, strict=True)):
        x, y = index % columns * width, index // columns * height
        sheet.paste(cell, (x, y))
        draw.text((x + 4, y + cell.height), label, fill=(220, 220, 220), font=font)
    return np.asarray(sheet)


def _scaled(picture: NDArray[np.uint8], width: int) -> Image.Image:
    image = Image.fromarray(np.ascontiguousarray(picture))
    return image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)
