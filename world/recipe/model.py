"""The recipe: everything that decides what the world is.

In: nothing.  Out: `Recipe`, a frozen tree of sections of knobs and of local blocks; lengths in metres, counts per 100 m of street.
How somebody likes to see the world (field of view, volume, quality) is not here but in `world.settings`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self, cast

from pydantic import Field

from world.recipe.excerpt import Excerpt, Knobs, excerpt_of
from world.recipe.knob import Rebuild, Section, knob
from world.recipe.shape import Local

SEED_MAX = 2**63 - 1  # TOML integers are signed 64 bit
DISTRICTS = ("shopping", "canyon", "alleys", "belt", "waterfront", "housing", "park")


def _sub_seed(rebuilds: Rebuild = Rebuild.ALL) -> Any:
    """A section's own seed: locked to a number, it stands while world.seed and the others are rolled."""
    return knob(-1, -1, SEED_MAX, "", "this section's own seed; -1 follows world.seed", rebuilds, local=False)


class World(Section):
    seed: int = knob(20825, 0, SEED_MAX, "", "seed: another number, another city", Rebuild.ALL, local=False)
    density_wave_m: float = knob(700.0, 200.0, 3000.0, "m", "distance between dense quarters", local=False)
    density_contrast: float = knob(1.0, 0.0, 2.0, "", "how high dense quarters tower", local=False)
    landmark_m: float = knob(560.0, 300.0, 1500.0, "m", "distance between landmarks", local=False)


class Roads(Section):
    seed: int = _sub_seed()
    cell_m: float = knob(192.0, 128.0, 512.0, "m", "distance between avenues", local=False)
    jitter: float = knob(0.18, 0.0, 0.35, "", "how unevenly the avenues lie", local=False)
    warp_m: float = knob(30.0, 0.0, 60.0, "m", "how bent the avenues are", local=False)
    avenue_m: float = knob(15.0, 10.0, 30.0, "m", "width of an avenue, kerb to kerb")
    street_m: float = knob(7.5, 2.4, 14.0, "m", "width of a street, kerb to kerb")
    block_m: float = knob(50.0, 16.0, 110.0, "m", "size of a block that streets aim at")
    pavement_m: float = knob(3.2, 0.4, 6.0, "m", "width of a pavement")
    alley_m: float = knob(3.0, 1.6, 5.0, "m", "width of an alley")
    alley_prob: float = knob(0.6, 0.0, 1.0, "", "share of blocks cut by an alley")
    plaza_prob: float = knob(0.12, 0.0, 1.0, "", "share of blocks left open as a plaza")


class Buildings(Section):
    seed: int = _sub_seed()
    lot_m: float = knob(15.0, 8.0, 40.0, "m", "width of a lot")
    setback_m: float = knob(0.4, 0.0, 4.0, "m", "most that a front stands back")
    floors: float = knob(8.0, 1.0, 30.0, "", "floors of a common building")
    floor_m: float = knob(3.3, 2.8, 4.5, "m", "height of a floor")
    towers: float = knob(0.1, 0.0, 0.5, "", "share of buildings that are towers")
    crown: float = knob(0.45, 0.0, 1.0, "", "share of tall houses with a crown")
    bay_m: float = knob(2.8, 1.8, 6.0, "m", "width of a bay")
    shops: float = knob(0.7, 0.0, 1.0, "", "share of fronts with a shop")
    interiors: float = knob(0.35, 0.0, 1.0, "", "share of fronts that can be entered", Rebuild.ALL)
    clutter: float = knob(0.6, 0.0, 1.0, "", "pipes, air conditioners, balconies", Rebuild.ALL)
    cables: float = knob(5.0, 0.0, 16.0, "/100 m", "cables slung across the street")


class Interiors(Section):
    seed: int = _sub_seed()
    clutter: float = knob(0.6, 0.0, 1.0, "", "how full the rooms are", Rebuild.ALL)
    overturned: float = knob(0.5, 0.0, 1.0, "", "share of furniture thrown over", Rebuild.ALL)


class Ruin(Section):
    seed: int = _sub_seed()
    damage: float = knob(0.42, 0.0, 1.0, "", "how much the city has been hit")
    damage_wave_m: float = knob(42.0, 8.0, 120.0, "m", "size of a damaged patch", local=False)
    collapse: float = knob(0.5, 0.0, 1.0, "", "share of hit buildings sheared off")
    rubble: float = knob(1.0, 0.0, 3.0, "", "how much rubble lies about")
    craters: float = knob(3.0, 0.0, 40.0, "/ha", "craters in the ground")
    fires: float = knob(10.0, 0.0, 40.0, "/km²", "buildings that burn")
    cars: float = knob(8.0, 0.0, 20.0, "/100 m", "abandoned cars")


class Overpass(Section):
    seed: int = _sub_seed()
    rows: float = knob(0.4, 0.0, 1.0, "", "share of avenues under a highway", local=False)
    height_m: float = knob(7.5, 6.0, 14.0, "m", "height of the deck", local=False)
    span_m: float = knob(24.0, 16.0, 48.0, "m", "distance between pylons", local=False)
    broken: float = knob(0.22, 0.0, 0.8, "", "share of spans that fell")


class Water(Section):
    seed: int = _sub_seed()
    level_m: float = knob(0.0, -0.6, 0.6, "m", "water level: puddles, then a flood", Rebuild.UNIFORM)
    basin_m: float = knob(14.0, 4.0, 120.0, "m", "size of a puddle's hollow", Rebuild.ALL, local=False)
    relief_m: float = knob(0.15, 0.0, 0.3, "m", "unevenness of the ground", Rebuild.ALL, local=False)
    canals: float = knob(0.2, 0.0, 0.5, "", "share of avenues that are canals", local=False)
    canal_m: float = knob(9.0, 6.0, 16.0, "m", "width of a canal", local=False)


class Neon(Section):
    seed: int = _sub_seed()
    signs: float = knob(24.0, 0.0, 40.0, "/100 m", "neon signs on each side of a street")
    powered: float = knob(0.7, 0.0, 1.0, "", "share of signs that still have power", Rebuild.ALL)
    flicker: float = knob(0.3, 0.0, 1.0, "", "share of lit signs that flicker")
    holograms: float = knob(0.5, 0.0, 1.0, "", "share of crossings with a hologram")
    windows: float = knob(0.1, 0.0, 1.0, "", "share of windows that are lit", Rebuild.ALL)
    lamps: float = knob(0.35, 0.0, 1.0, "", "share of street lamps that burn")
    brightness: float = knob(1.0, 0.0, 4.0, "", "light of everything that glows", Rebuild.LIGHT)


class Weather(Section):
    seed: int = _sub_seed(Rebuild.UNIFORM)
    rain_mm_h: float = knob(8.0, 0.0, 60.0, "mm/h", "rain", Rebuild.UNIFORM)
    swell: float = knob(0.4, 0.0, 1.0, "", "how far the rain swells and ebbs", Rebuild.UNIFORM, local=False)
    lightning: float = knob(0.3, 0.0, 12.0, "/min", "strokes of lightning", Rebuild.UNIFORM, local=False)
    wind_m_s: float = knob(2.0, 0.0, 20.0, "m/s", "wind", Rebuild.UNIFORM)
    wind_from_deg: float = knob(290.0, 0.0, 360.0, "deg", "where the wind comes from", Rebuild.UNIFORM)
    fog_per_km: float = knob(6.5, 0.0, 60.0, "/km", "fog: extinction", Rebuild.UNIFORM)
    sky_lux: float = knob(0.06, 0.0, 20.0, "lx", "light from the sky: night, then dawn", Rebuild.UNIFORM, local=False)


class Patrol(Section):
    seed: int = _sub_seed(Rebuild.SIM)
    robots: int = knob(10, 0, 128, "", "robots within 300 m of you", Rebuild.SIM, local=False)
    heavies: float = knob(0.2, 0.0, 1.0, "", "share of heavies among the robots", Rebuild.SIM, local=False)
    runners: float = knob(0.15, 0.0, 1.0, "", "share of runners", Rebuild.SIM, local=False)
    sentries: float = knob(0.15, 0.0, 1.0, "", "share of sentries, high with a light", Rebuild.SIM, local=False)
    alertness: float = knob(1.0, 0.0, 3.0, "", "how fast they suspect (0: never)", Rebuild.SIM)
    hearing_db: float = knob(0.0, -20.0, 12.0, "dB", "how much better they hear", Rebuild.SIM)
    memory: float = knob(1.0, 0.2, 4.0, "", "how long they keep looking", Rebuild.SIM)
    windup_s: float = knob(1.0, 0.0, 5.0, "s", "how long one winds up before it runs", Rebuild.SIM)
    catch_s: float = knob(0.6, 0.1, 5.0, "s", "for how long one must hold you", Rebuild.SIM)
    pace: float = knob(1.0, 0.3, 2.0, "", "how fast they move", Rebuild.SIM)


class Play(Section):
    seed: int = _sub_seed()
    cover_gap_m: float = knob(6.0, 3.0, 15.0, "m", "distance from one cover to the next")
    patrol_m: float = knob(200.0, 60.0, 400.0, "m", "length of a robot's round", local=False)
    subway_m: float = knob(320.0, 150.0, 1000.0, "m", "distance between subway entrances", Rebuild.ALL, local=False)


class Recipe(Section):
    """A whole world as asked for. `Recipe()` is the default city."""

    of_place: ClassVar[bool] = False  # whether it is what holds at one place

    world: World = Field(default_factory=World)
    roads: Roads = Field(default_factory=Roads)
    buildings: Buildings = Field(default_factory=Buildings)
    interiors: Interiors = Field(default_factory=Interiors)
    ruin: Ruin = Field(default_factory=Ruin)
    overpass: Overpass = Field(default_factory=Overpass)
    water: Water = Field(default_factory=Water)
    neon: Neon = Field(default_factory=Neon)
    weather: Weather = Field(default_factory=Weather)
    patrol: Patrol = Field(default_factory=Patrol)
    play: Play = Field(default_factory=Play)
    local: tuple[Local, ...] = Field(default=(), max_length=64)

    def seed_of(self, section: str) -> int:
        """The seed of a section's draws: its own where that is locked, else the world's."""
        seeds: dict[str, int] | None = self.__dict__.get("_seeds")
        if seeds is None:
            own = {name: getattr(self, name).seed for name in SECTIONS}
            seeds = self.__dict__["_seeds"] = {name: seed if seed >= 0 else self.world.seed for name, seed in own.items()}
        return seeds[section]

    def only(self, knobs: Knobs) -> Recipe:
        """An `Excerpt` with the named knobs alone, in the recipe's stead; a recipe of another kind (one that is watched) stays whole."""
        parts: dict[Knobs, Excerpt] = self.__dict__.setdefault("_parts", {})
        part = parts.get(knobs)
        if part is None:
            part = parts[knobs] = excerpt_of(self, knobs) if type(self) in (Recipe, LocalRecipe) else cast(Excerpt, self)
        return cast(Recipe, part)

    @property
    def here(self) -> dict[Any, LocalRecipe]:
        """What `world.recipe.local` remembers of this very recipe (quicker than comparing it with equal ones)."""
        found: dict[Any, LocalRecipe] = self.__dict__.setdefault("_here", {})
        return found

    def with_value(self, section: str, field: str, value: float) -> Self:
        """This recipe with one knob set to a number that its range allows (a whole number for an `integer` knob)."""
        return self.model_copy(update={section: getattr(self, section).model_copy(update={field: value})})

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A changed copy, without what this one remembers of itself."""
        copy = super().model_copy(update=update, deep=deep)
        for memory in ("_hash", "_seeds", "_here", "_parts"):
            copy.__dict__.pop(memory, None)
        return copy

    def __hash__(self) -> int:
        # A recipe is the key of many caches: hash its hundred numbers once, beside the fields (pydantic compares only those).
        known: int | None = self.__dict__.get("_hash")
        if known is None:
            known = self.__dict__["_hash"] = hash((type(self), *(getattr(self, name) for name in type(self).model_fields)))
        return known


class LocalRecipe(Recipe):
    """The recipe that holds at one place (`world.recipe.local`): asked again what holds somewhere, it answers with itself."""

    of_place: ClassVar[bool] = True

    def __hash__(self) -> int:
        return Recipe.__hash__(self)


SECTIONS: dict[str, type[Section]] = {
    name: field.annotation
    for name, field in Recipe.model_fields.items()
    if isinstance(field.annotation, type) and issubclass(field.annotation, Section)
}
