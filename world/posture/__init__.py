"""How it stands at a moment: the parts of every machine, of people and strays, and of the hero's hands, closed-form in a snapshot.

In: a `Snapshot`, rigs of `world.mesh.bodies`.  Out: where each part is, what colour each lamp burns in. Nothing is carried from one
moment to the next: a frame drawn alone is the frame drawn in sequence.
"""
