"""What the hour is: weather, water and the power of every flicker group, in closed form in time.

In: recipe and time (s).  Out: `Conditions`. Shaders, the light field, sound and the robots' eyes all read this and
nothing else, so that a sign that flickers darkens its glow, its mirror image and a robot's view at the same instant.
"""

from world.conditions.calm import calmed
from world.conditions.hour import GROUP_COUNT, Conditions, conditions_at, flicker_power
from world.conditions.storm import SPEED_OF_SOUND, Stroke, thunders

__all__ = ["GROUP_COUNT", "SPEED_OF_SOUND", "Conditions", "Stroke", "calmed", "conditions_at", "flicker_power", "thunders"]
