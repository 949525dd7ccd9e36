"""Which camera sees what.

In: nothing.  Out: bit masks: the scene's camera, the mirror's, the lights' and the depth's; and the order of drawing: walls from near to
far, then the ground, which is dear and mostly hidden by then, with the far city, then the sky.
"""

from panda3d.core import BitMask32, CullBinManager

MAIN = BitMask32.bit(0)
MIRROR = BitMask32.bit(1)
SHADOW = BitMask32.bit(2)  # what throws shadows
DEPTH = BitMask32.bit(3)  # what is dear to shade: it is drawn by its depth alone before, so that only what is seen is shaded
BOTH = MAIN | MIRROR
CAST_TAG = "cast"  # nodes tagged so are drawn with another shader in the lights' views
NEAR_FIRST, LAST, SKY = "near first", "ground last", "sky"  # names of bins


def make_bins() -> None:
    """Makes the bins known to Panda3D (between its own opaque, 20, and transparent, 30)."""
    bins = CullBinManager.getGlobalPtr()
    for sort, name in ((21, NEAR_FIRST), (22, LAST), (23, SKY)):
        if bins.findBin(name) < 0:
            bins.addBin(name, CullBinManager.BTFrontToBack, sort)
