"""What each finish is to a physically based renderer.

In: a finish, and for what glows its colour and luminance.  Out: an index of the file's materials, each made once.
Colour and wear per corner are baked into COLOR_0 (see `shapes`), so that a handful of materials carries the whole city. Emission is
in the units in which the lights are: drawn luminance, that is photometric luminance times the lens's compression (shaders: GLARE).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from world.export.bakes import bake
from world.export.container import Container
from world.mesh.surface import Finish

GLARE = 0.0115  # of shaders/include/frame.inc.glsl, held to it by a test
Rgb = tuple[float, float, float]
_REPEAT, _CLAMP, _LINEAR, _MIPMAPS = 10497, 33071, 9729, 9987


@dataclass(frozen=True)
class Look:
    """`picture` names a bake. `glow_share`: how much of the luminance leaves a glowing surface on average."""

    roughness: float
    metallic: float = 0.0
    picture: str | None = None
    factor: float = 1.0
    glow_share: float = 1.0


_LOOKS = {
    Finish.CONCRETE: Look(0.6, picture="concrete"),
    Finish.TILE: Look(0.34, picture="tile"),
    Finish.PLASTER: Look(0.72, picture="plaster"),
    Finish.METAL: Look(0.5, 0.55, "rust"),
    Finish.PAINT: Look(0.22, 0.15, "rust"),
    Finish.GLASS: Look(0.06, factor=0.05),
    Finish.WINDOW_LIT: Look(0.1, picture="room", glow_share=0.75),
    Finish.WINDOW_BROKEN: Look(0.5, picture="shards"),
    Finish.RUBBER: Look(0.7, factor=0.25),
    Finish.RUBBLE: Look(0.88, picture="rubble"),
    Finish.SIGN_PANEL: Look(0.4, picture="letters", factor=0.4),
    Finish.TUBE: Look(0.3),
    Finish.LAMP: Look(0.5),
    Finish.SHUTTER: Look(0.55, 0.3, "shutter"),
    Finish.DECK: Look(0.6, picture="concrete"),
    Finish.BARK: Look(0.85),
    Finish.FOLIAGE: Look(0.45),
    Finish.EMBER: Look(0.9, glow_share=0.6),
    Finish.GOODS: Look(0.55),
}
_PLAIN = Look(0.7)
ASPHALT = Look(0.42, picture="asphalt", factor=0.075)
EARTH = Look(0.75, picture="rubble", factor=0.07)
PAVING = Look(0.5, picture="paving", factor=0.15)


def look_of(finish: int) -> Look:
    """The look of a finish (a plain one where this room knows no better)."""
    return _LOOKS.get(Finish(finish), _PLAIN) if finish in Finish._value2member_map_ else _PLAIN


class Materials:
    """The materials of one file."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self._known: dict[Any, int] = {}
        self._textures: dict[tuple[str, int], int] = {}

    def __len__(self) -> int:
        return len(self._known)

    def opaque(self, name: str, look: Look) -> int:
        """A surface that reflects only."""
        return self._once((name, look), lambda: self._base(name, look))

    def glowing(self, finish: int, colour: Rgb, luminance: float) -> int:
        """A surface that shines: linear `colour`, photometric `luminance` in cd/m²."""
        look, name = look_of(finish), _name_of(finish)
        title = f"{name} {' '.join(f'{c:.2f}' for c in colour)}, {luminance:g} cd/m²"

        def make() -> dict[str, Any]:
            fields = self._base(title, look)
            fields["pbrMetallicRoughness"]["baseColorFactor"] = [0.02, 0.02, 0.02, 1.0]
            fields["pbrMetallicRoughness"].pop("baseColorTexture", None)
            fields.update(self._emission(look.picture, colour, luminance * GLARE * look.glow_share))
            return fields

        return self._once((finish, colour, luminance), make)

    def hologram(self, colour: Rgb, luminance: float) -> int:
        """A sheet of light in the air, seen from both sides."""

        def make() -> dict[str, Any]:
            return {
                "name": "hologram",
                "pbrMetallicRoughness": {"baseColorFactor": [0.0, 0.0, 0.0, 0.35], "metallicFactor": 0.0, "roughnessFactor": 1.0},
                "alphaMode": "BLEND",
                "doubleSided": True,
                **self._emission("hologram", colour, luminance * GLARE),
            }

        return self._once(("hologram", colour, luminance), make)

    def water(self) -> int:
        """Standing water: nearly a mirror, a little of the ground seen through it."""

        def make() -> dict[str, Any]:
            surface = {"baseColorFactor": [0.006, 0.008, 0.01, 0.82], "metallicFactor": 0.0, "roughnessFactor": 0.02}
            return {"name": "water", "pbrMetallicRoughness": surface, "alphaMode": "BLEND"}

        return self._once("water", make)

    def _once(self, key: Any, make: Any) -> int:
        if key not in self._known:
            self._known[key] = self._container.add("materials", **make())
        return self._known[key]

    def _base(self, name: str, look: Look) -> dict[str, Any]:
        surface: dict[str, Any] = {
            "baseColorFactor": [look.factor, look.factor, look.factor, 1.0],
            "metallicFactor": look.metallic,
            "roughnessFactor": look.roughness,
        }
        if look.picture is not None:
            surface["baseColorTexture"] = {"index": self._texture(look.picture)}
        return {"name": name, "pbrMetallicRoughness": surface}

    def _emission(self, picture: str | None, colour: Rgb, strength: float) -> dict[str, Any]:
        peak = max(*colour, 1e-6)
        fields: dict[str, Any] = {
            "emissiveFactor": [c / peak for c in colour],
            "extensions": {"KHR_materials_emissive_strength": {"emissiveStrength": round(strength * peak, 6)}},
        }
        if picture is not None:
            fields["emissiveTexture"] = {"index": self._texture(picture)}
        return fields

    def _texture(self, picture: str) -> int:
        baked = bake(picture)
        wrap = _REPEAT if baked.metres is not None else _CLAMP
        if (picture, wrap) not in self._textures:
            sampler = self._once_sampler(wrap)
            image = self._container.add_png(baked.png, picture)
            self._textures[picture, wrap] = self._container.add("textures", sampler=sampler, source=image, name=picture)
        return self._textures[picture, wrap]

    def _once_sampler(self, wrap: int) -> int:
        key = ("sampler", wrap)
        if key not in self._textures:
            self._textures[key] = self._container.add("samplers", magFilter=_LINEAR, minFilter=_MIPMAPS, wrapS=wrap, wrapT=wrap)
        return self._textures[key]


def _name_of(finish: int) -> str:
    return Finish(finish).name.lower().replace("_", " ") if finish in Finish._value2member_map_ else f"finish {finish}"
