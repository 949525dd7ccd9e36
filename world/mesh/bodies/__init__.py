"""What moves: machines, people, strays and the hero's hands, as rigs of rigid parts.

In: nothing.  Out: a `Rig` each (`rig.py`): one mesh, and where its parts turn. How they turn is `world.posture`'s matter.
"""
