"""Ashes of Neon: a walk through Neo-Tokyo, a week after the machines took it.

The data walks one way, and each room imports only rooms to its left:

    recipe -> fields -> conditions, things -> plan -> space -> light, mesh -> pipe -> sim -> sound, posture -> film, stage, ui -> cli

recipe      what is asked: validated numbers          light  what is lit, in lux: read by shaders and by eyes
fields      what varies: seeded noise, named lanes    mesh   what shape it has: vertex and index arrays
conditions  what the hour is: rain, power, water      pipe   one chunk through all of the above, remembered
plan        what stands where: chunk by chunk         sim    what happens: walker, patrols, 60 steps a second
space       what there is to sense: solids, ground    sound  what it sounds like; film: what is kept
stage       what you see (Panda3D, Ursina)            ui     what you touch; cli: the command `ashes`
things      what each placed kind is: blocks, lamps, how many shapes; read by plan, space and mesh
posture     how machines, people and hands stand at a moment, closed-form in what happened

The world's frame: right-handed, X east, Y north, Z up, metres; chunk (cx, cy) = floor(xy / 64).
"""

__version__ = "0.1.0"
