"""Which shaders there are, by vertex shader, fragment shader and switches.

In: nothing.  Out: `PERMUTATIONS`, all of them: the tests compile every one, and a walk draws every one before it begins
(`world.stage.warm`); and `lean`, which of them serves an hour. Software runs both sides of every branch, and so do wide groups of pixels:
what is not there must not be in the program.
"""

from __future__ import annotations

from world.stage.finishes import CLASSES

Switches = tuple[str, ...]
Permutation = tuple[str, str, Switches]

BUILT, CITY, STREET = "surface/city.vert", "surface/city.frag", "surface/ground.frag"
FAR, BODY, GROUND = "USE_FAR", "USE_BODY", "USE_GROUND"
LEAN = "lean"  # a look, no switch: what has lost its detail, and is drawn as what stands near or as what is far, as a camera can afford
NEAR: tuple[tuple[str, Switches], ...] = (*((CITY, (name,)) for name in (*CLASSES, BODY)), (STREET, (GROUND,)))
_SHADED = {"USE_MASONRY", "USE_SHEET", "USE_PLAIN", BODY, GROUND}  # what shadows fall on
KINDS: tuple[Switches, ...] = ((), *((name,) for name in CLASSES))
_LAMPS, _SHADOWS = (0, 2, 6), (0, 1, 4)  # the most that a program takes


def served(lamps: int, shadows: int) -> tuple[int, int]:
    """How many lamps and shadows the leanest programs know that will do for so many."""
    return next(n for n in _LAMPS if n >= lamps), next(n for n in _SHADOWS if n >= shadows)


def lean(switches: Switches, lamps: int, shadows: int) -> Switches:
    """Those of what stands near, where so many lamps shine and so many lights throw shadows; without a word more, it takes them all."""
    lamps, shadows = served(lamps, shadows)
    lit = (f"LAMPS {lamps}",) if lamps < _LAMPS[-1] else ()
    shaded = (f"SHADOWS {shadows}",) if shadows < _SHADOWS[-1] and _SHADED & {*switches} else ()
    return (*switches, *lit, *shaded)


def plain(switches: Switches, lamps: int) -> Switches:
    """The same where it is drawn as what is far, which lamps that move hardly reach: two of them at most."""
    return (FAR, "LAMPS 2", *switches) if lamps else (FAR, *switches)


def mirrored(switches: Switches, lamps: int) -> Switches:
    """The same in the mirror: no more than two lamps lie in the water."""
    return ("USE_MIRROR", f"LAMPS {2 if lamps else 0}", *switches)


PERMUTATIONS: tuple[Permutation, ...] = (
    (BUILT, CITY, ()),
    *((BUILT, CITY, (FAR, *name)) for name in KINDS),
    *((BUILT, CITY, plain((name,), 2)) for name in CLASSES),
    *((BUILT, CITY, mirrored(name, lamps)) for name in (*KINDS, (BODY,)) for lamps in (0, 2)),
    *dict.fromkeys((BUILT, near[0], lean(near[1], lamps, shadows)) for near in NEAR for lamps in _LAMPS for shadows in _SHADOWS),
    ("surface/city.vert", "surface/hologram.frag", ()),
    ("sky/sky.vert", "sky/sky.frag", ()),
    ("surface/skyline.vert", "surface/skyline.frag", ()),
    ("surface/smoke.vert", "surface/smoke.frag", ()),
    ("surface/smoke.vert", "surface/smoke.frag", ("USE_FLAME",)),
    ("surface/spark.vert", "surface/spark.frag", ()),
    ("surface/spark.vert", "surface/spark.frag", ("USE_WRECK",)),
    ("surface/breath.vert", "surface/breath.frag", ()),
    ("surface/arc.vert", "surface/arc.frag", ()),
    ("surface/rain.vert", "surface/rain.frag", ()),
    ("surface/shadow.vert", "surface/shadow.frag", ()),
    ("surface/shadow.vert", "surface/shadow.frag", ("USE_BODY",)),
    ("surface/splash.vert", "surface/splash.frag", ()),
    ("post/screen.vert", "post/mirror_small.frag", ()),
    ("post/screen.vert", "post/smear.frag", ()),
    ("post/screen.vert", "post/contact.frag", ()),
    ("post/screen.vert", "post/contact_even.frag", ()),
    ("post/screen.vert", "post/fog.frag", ()),
    ("post/screen.vert", "post/fog_even.frag", ()),
    ("post/screen.vert", "post/develop.frag", ()),
    ("post/screen.vert", "post/develop.frag", ("USE_CONTACT",)),
    ("post/screen.vert", "post/motion.frag", ()),
    ("post/screen.vert", "post/focus.frag", ()),
    ("post/screen.vert", "post/defocus.frag", ()),
    ("post/screen.vert", "post/bloom_down.frag", ("USE_FIRST",)),
    ("post/screen.vert", "post/bloom_down.frag", ("USE_FIRST", "USE_DEVELOPED")),
    ("post/screen.vert", "post/bloom_down.frag", ()),
    ("post/screen.vert", "post/bloom_up.frag", ()),
    ("post/screen.vert", "post/picture.frag", ()),
    ("post/screen.vert", "post/picture.frag", ("USE_CONTACT",)),
    ("post/screen.vert", "post/picture.frag", ("USE_DEVELOPED",)),
    ("post/screen.vert", "post/edges.frag", ()),
    ("post/screen.vert", "post/finish.frag", ()),
    ("post/screen.vert", "post/finish.frag", ("USE_LARGER",)),
    ("post/screen.vert", "post/copy.frag", ()),
)
