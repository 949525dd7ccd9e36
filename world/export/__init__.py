"""The city for other programs: a place and all round it as one glTF 2.0 file.

In: a `Pipe`, a place, a radius.  Out: bytes of a .glb that Blender, Godot, Unreal and browsers open.
"""

from world.export.scene import Exported, export_scene

__all__ = ["Exported", "export_scene"]
