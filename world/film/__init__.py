"""What is kept: camera flights through the city, rendered frame by frame and encoded with their sound.

In: a flight (a `*.flight.toml`, or an auto-tour), a recipe, a size, a frame rate.  Out: one film file.
Nothing here depends on the wall clock: frame n shows the city at start + n / fps, whether it is rendered alone or in sequence.
"""

from world.film.production import render_film

__all__ = ["render_film"]
