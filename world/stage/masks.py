"""Which camera sees what.

In: nothing.  Out: bit masks: the scene's camera and the mirror's.
"""

from panda3d.core import BitMask32

MAIN = BitMask32.bit(0)
MIRROR = BitMask32.bit(1)
BOTH = MAIN | MIRROR
MIRROR_TAG = "mirror"  # nodes tagged so are drawn with a leaner shader behind the mirror
