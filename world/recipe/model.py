"""The recipe: everything that decides what the world is.

In: nothing.  Out: `Recipe`, a frozen tree of sections of knobs; lengths in metres, counts per 100 m of street.
How somebody likes to see the world (field of view, volume, quality) is not here but in `world.settings`.
"""

from __future__ import annotations

from pydantic import Field, PrivateAttr

from world.recipe.knob import Rebuild, Section, knob

SEED_MAX = 2**63 - 1  # TOML integers are signed 64 bit


class World(Section):
    seed: int = knob(20770, 0, SEED_MAX, "", "seed: another number, another city")


class Roads(Section):
    cell_m: float = knob(192.0, 128.0, 512.0, "m", "distance between avenues")
    jitter: float = knob(0.18, 0.0, 0.45, "", "how unevenly the avenues lie")
    avenue_m: float = knob(15.0, 10.0, 30.0, "m", "width of an avenue, kerb to kerb")
    street_m: float = knob(7.5, 4.0, 14.0, "m", "width of a street, kerb to kerb")
    pavement_m: float = knob(3.2, 1.5, 6.0, "m", "width of a pavement")
    alley_m: float = knob(3.0, 1.6, 5.0, "m", "width of an alley")
    alley_prob: float = knob(0.6, 0.0, 1.0, "", "share of blocks cut by an alley")
    plaza_prob: float = knob(0.12, 0.0, 0.6, "", "share of blocks left open as a plaza")


class Buildings(Section):
    lot_m: float = knob(15.0, 8.0, 40.0, "m", "width of a lot")
    setback_m: float = knob(0.4, 0.0, 4.0, "m", "most that a front stands back")
    floors: float = knob(8.0, 1.0, 30.0, "", "floors of a common building")
    floor_m: float = knob(3.3, 2.8, 4.5, "m", "height of a floor")
    towers: float = knob(0.1, 0.0, 0.5, "", "share of buildings that are towers")
    bay_m: float = knob(2.8, 1.8, 6.0, "m", "width of a bay")
    shops: float = knob(0.7, 0.0, 1.0, "", "share of fronts with a shop")
    clutter: float = knob(0.6, 0.0, 1.0, "", "pipes, air conditioners, balconies")
    cables: float = knob(5.0, 0.0, 16.0, "/100 m", "cables slung across the street")


class Ruin(Section):
    damage: float = knob(0.42, 0.0, 1.0, "", "how much the city has been hit")
    damage_wave_m: float = knob(42.0, 8.0, 120.0, "m", "size of a damaged patch")
    collapse: float = knob(0.5, 0.0, 1.0, "", "share of badly hit buildings that are sheared off")
    rubble: float = knob(1.0, 0.0, 3.0, "", "how much rubble lies about")
    cars: float = knob(8.0, 0.0, 20.0, "/100 m", "abandoned cars")


class Overpass(Section):
    rows: float = knob(0.4, 0.0, 1.0, "", "share of streets with an overpass above them")
    height_m: float = knob(7.5, 6.0, 14.0, "m", "height of the deck")
    span_m: float = knob(24.0, 16.0, 48.0, "m", "distance between pylons")
    broken: float = knob(0.22, 0.0, 0.8, "", "share of spans that fell")


class Water(Section):
    level_m: float = knob(0.0, -0.6, 0.6, "m", "water level: puddles, then a flood", Rebuild.UNIFORM)
    basin_m: float = knob(14.0, 4.0, 120.0, "m", "size of a puddle's hollow")
    relief_m: float = knob(0.15, 0.0, 0.3, "m", "unevenness of the ground")


class Neon(Section):
    signs: float = knob(24.0, 0.0, 40.0, "/100 m", "neon signs along each side of a street")
    powered: float = knob(0.7, 0.0, 1.0, "", "share of signs that still have power")
    flicker: float = knob(0.3, 0.0, 1.0, "", "share of lit signs that flicker")
    holograms: float = knob(0.5, 0.0, 1.0, "", "share of avenue crossings with a hologram")
    windows: float = knob(0.1, 0.0, 1.0, "", "share of windows with light behind them")
    lamps: float = knob(0.35, 0.0, 1.0, "", "share of street lamps that burn")
    brightness: float = knob(1.0, 0.0, 4.0, "", "light output of everything that glows", Rebuild.LIGHT)


class Weather(Section):
    rain_mm_h: float = knob(8.0, 0.0, 60.0, "mm/h", "rain", Rebuild.UNIFORM)
    wind_m_s: float = knob(2.0, 0.0, 20.0, "m/s", "wind", Rebuild.UNIFORM)
    wind_from_deg: float = knob(290.0, 0.0, 360.0, "deg", "where the wind comes from", Rebuild.UNIFORM)
    fog_per_km: float = knob(6.5, 0.0, 60.0, "/km", "fog: extinction", Rebuild.UNIFORM)
    sky_lux: float = knob(0.035, 0.0, 2.0, "lx", "light from the night sky", Rebuild.UNIFORM)


class Patrol(Section):
    robots: int = knob(1, 0, 64, "", "gliders on patrol", Rebuild.SIM)
    alertness: float = knob(1.0, 0.1, 3.0, "", "how fast their suspicion grows", Rebuild.SIM)
    pace: float = knob(1.0, 0.3, 2.0, "", "how fast they move", Rebuild.SIM)


class Recipe(Section):
    """A whole world as asked for. `Recipe()` is the default city."""

    world: World = Field(default_factory=World)
    roads: Roads = Field(default_factory=Roads)
    buildings: Buildings = Field(default_factory=Buildings)
    ruin: Ruin = Field(default_factory=Ruin)
    overpass: Overpass = Field(default_factory=Overpass)
    water: Water = Field(default_factory=Water)
    neon: Neon = Field(default_factory=Neon)
    weather: Weather = Field(default_factory=Weather)
    patrol: Patrol = Field(default_factory=Patrol)
    _hash: int = PrivateAttr(default=0)

    def __hash__(self) -> int:
        # A recipe is the key of many caches: hash its fifty numbers once.
        if not self._hash:
            self._hash = hash(tuple(getattr(self, name) for name in type(self).model_fields)) or 1
        return self._hash
