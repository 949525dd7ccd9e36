"""Kits: the shapes of everything that is placed whole, made once and placed many times.

In: a kind, a shape's number, sizes.  Out: `Model`s in their own frame. What they are to feet, eyes and light is `world.things`'.
"""
