"""What it sounds like: every sound synthesised, carried along the ways that robots hear by, mixed live or for a film.

In: snapshots and events of `world.sim`.  Out: `hear` and `shots` (plain numbers), `mix` (samples for a film); `world.sound.live` plays
them and is the only module here that touches the engine.
"""

from world.sound.audible import Bus, Heard, Shot, Voice, Volumes, hear, shots, thunder
from world.sound.mix import mix
from world.sound.synthesis import RATE

__all__ = ["RATE", "Bus", "Heard", "Shot", "Voice", "Volumes", "hear", "mix", "shots", "thunder"]
