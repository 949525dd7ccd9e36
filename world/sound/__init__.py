"""What it sounds like: every sound synthesised, carried along the ways that robots hear by, mixed live or for a film.

In: snapshots and events of `world.sim`.  Out: `Listener` (or `hear`, `shots`, `thunder`: plain numbers), `mix` (samples for a film);
`world.sound.live` plays them and is the only module here that touches the engine.

samples, machines, hero, weather, places, score -> repertoire (all by name), spaces -> store (on disk)
heard (the numbers) -> murmurs, audible, happenings, body -> listener -> mix, live
"""

from world.sound.audible import hear
from world.sound.happenings import shots, thunder
from world.sound.heard import Bus, Heard, Shot, Voice, Volumes
from world.sound.listener import Listener
from world.sound.mix import mix
from world.sound.murmurs import CityPlaces
from world.sound.samples import RATE

__all__ = ["RATE", "Bus", "CityPlaces", "Heard", "Listener", "Shot", "Voice", "Volumes", "hear", "mix", "shots", "thunder"]
