"""What you see: boot, chunks, passes, weather. Panda3D and Ursina live here.

In: a city (`Pipe`), a pose, the hour.  Out: the picture.

Departure from a y-up scene under Ursina's root: the stage's scene is Z-up like everything else. Its cameras' lenses say so to
Panda3D (`CS_zup_right`), so no position is ever converted; Ursina keeps its own y-up scene for the interface alone.
"""
