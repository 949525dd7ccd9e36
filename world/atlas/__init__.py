"""What a city holds, for people: where to find things, maps, and why something stands where it stands.

In: a `Pipe`.  Out: places, drawings, explanations. Everything is read from plan and space; nothing here decides anything.
"""
