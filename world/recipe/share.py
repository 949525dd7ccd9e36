"""A city in one line that can be pasted: recipe, seed and place.

In: a recipe and a place; or a code from a stranger.  Out: `ash1-…`; or the recipe and its words.
A code is a small recipe file, packed: the TOML of what differs from the defaults, deflated (RFC 1951) with a dictionary of the
knobs' names, four bytes of CRC-32, base64url. It is read by the same checks as any file, and bounded before it is unpacked.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib

from world.errors import Refusal
from world.recipe.model import Recipe
from world.recipe.write import differences_as_toml

TEXT_BYTES_MAX = 4096
_CODE_CHARACTERS_MAX = 8192
_VERSION = 1
# Part of the format: never change it; what is not in it only costs a few characters. The likeliest words stand last.
_DICTIONARY = (
    b'points=[[, ], [radius_m=width_m=height_m=png="shape="polygon"\nshape="map"\nshape="disc"\nx=\ny=\nfeather_m=\ndistrict="shopping"'
    b'"canyon""alleys""belt""waterfront""housing""park"\nshape="district"\ndistrict="\n[[local]]\ndensity_wave_m=density_contrast='
    b"landmark_m=cell_m=jitter=warp_m=avenue_m=block_m=street_m=pavement_m=alley_m=alley_prob=plaza_prob=lot_m=setback_m=floors=floor_m="
    b"towers=crown=bay_m=shops=interiors=clutter=overturned=cables=damage=damage_wave_m=collapse=rubble=craters=fires=cars=rows=height_m="
    b"span_m=broken=level_m=basin_m=relief_m=canals=canal_m=signs=powered=flicker=holograms=windows=lamps=brightness=rain_mm_h=wind_m_s="
    b"wind_from_deg=fog_per_km=sky_lux=robots=alertness=pace=cover_gap_m=subway_m=0.5\n0.1\n0.2\n0.3\n0.8\n0.9\nseed=\n[play]\n[patrol]\n"
    b'[interiors]\n[overpass]\n[ruin]\n[buildings]\n[roads]\n[weather]\n[neon]\n[water]\n[world]\nseed=[about]\nat="'
)


def is_code(text: str) -> bool:
    """Whether the text means to be a share code."""
    return re.match(r"\s*ash\d+-", text) is not None


def code_of(recipe: Recipe, place: str = "") -> str:
    """The code of a recipe and of a place as `--at` takes it; `Refusal` when painted maps make it too long."""
    text = (f'[about]\nat="{place}"\n' if place else "") + differences_as_toml(recipe)
    data = text.encode("utf-8")
    if len(data) > TEXT_BYTES_MAX:
        raise Refusal(f"the recipe is too long for a code ({len(data)} bytes of {TEXT_BYTES_MAX}): share its file")
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zdict=_DICTIONARY)
    packed = zlib.crc32(data).to_bytes(4, "big") + packer.compress(data) + packer.flush()
    return f"ash{_VERSION}-" + base64.urlsafe_b64encode(packed).decode("ascii").rstrip("=")


def toml_of_code(code: str) -> str:
    """The TOML inside a code, its checksum held; `Refusal` when it is damaged, too long, or from a newer version."""
    if len(code) > _CODE_CHARACTERS_MAX:
        raise Refusal(f"the code is longer than {_CODE_CHARACTERS_MAX} characters")
    match = re.fullmatch(r"ash(\d{1,4})-([A-Za-z0-9_-]*)", "".join(code.split()))
    if match is None:
        raise Refusal("the code is damaged: expected ash1- and then letters, digits, - and _")
    if int(match[1]) != _VERSION:
        raise Refusal(f"the code is of version {match[1]}, and this program reads version {_VERSION}")
    damaged = Refusal("the code is damaged: copy all of it")
    try:
        packed = base64.b64decode(match[2] + "=" * (-len(match[2]) % 4), altchars=b"-_", validate=True)
        unpacker = zlib.decompressobj(-15, zdict=_DICTIONARY)
        data = unpacker.decompress(packed[4:], TEXT_BYTES_MAX + 1)
    except (binascii.Error, ValueError, zlib.error):
        raise damaged from None
    if len(data) > TEXT_BYTES_MAX:
        raise Refusal(f"the code holds more than {TEXT_BYTES_MAX} bytes")
    if not unpacker.eof or unpacker.unused_data or zlib.crc32(data).to_bytes(4, "big") != packed[:4]:
        raise damaged
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise damaged from None
