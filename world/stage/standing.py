"""A chunk in the scene: which shader draws what of it, and which camera sees it.

In: what the worker made.  Out: a `Standing`, under the scene's root.
"""

from __future__ import annotations

from dataclasses import dataclass

from panda3d.core import LODNode, NodePath, PandaNode

from world.plan import ChunkPlan
from world.stage.blending import set_veil
from world.stage.looks import set_look
from world.stage.masks import BOTH, DEPTH, LAST, MAIN, MIRROR, SHADOW
from world.stage.permutations import FAR, GROUND
from world.stage.shaders import load_shader
from world.stage.smoke import FLAMES, set_smoke, set_sparks
from world.stage.work import FURNITURE, Piece

_FURNITURE_M = 44.0  # from the eye to the middle of what stands in a building, to the coarsest camera


@dataclass
class Standing:
    """`plan` is what it was made from. `far` are its lean walls, `near` takes their place near by; `drips` is seen from closer still."""

    plan: ChunkPlan
    path: NodePath
    far: NodePath | None
    drips: NodePath | None = None
    near: NodePath | None = None
    has_near: bool = False

    def show_drips(self, wanted: bool) -> None:
        """Draws what drips, or spares its vertices."""
        if self.drips is not None:
            draw(self.drips, wanted)

    def show_near(self, wanted: bool) -> None:
        """To the scene's camera the walls in detail, where they are there, or else the lean ones."""
        detailed = self.near is not None and wanted
        if self.near is not None:
            self.near.show(MAIN) if detailed else self.near.hide(MAIN)
            self.near.showThrough(DEPTH) if detailed else self.near.hide(DEPTH)
        if self.far is not None:
            self.far.hide(MAIN) if detailed else self.far.show(MAIN)

    def add_near(self, nodes: dict[str, PandaNode]) -> None:
        """Puts the walls in detail up."""
        self.has_near = True
        if "near" not in nodes:
            return
        self.near = self.path.attachNewNode(nodes["near"])
        shade_by_class(self.near)
        self.near.hide(MIRROR)
        for name, node in nodes.items():
            if name.startswith(FURNITURE):
                level = LODNode(FURNITURE)
                level.addSwitch(_FURNITURE_M, 0.0)
                level.setCenter(node.getBounds().getApproxCenter())
                shade_by_class(self.near.attachNewNode(level).attachNewNode(node))

    def drop_near(self) -> None:
        """Takes them down again."""
        if self.near is not None:
            self.near.removeNode()
        self.near, self.has_near = None, False


def stand(root: NodePath, piece: Piece) -> Standing:
    """Puts a chunk's shell into the scene."""
    path = root.attachNewNode("chunk")
    made = {name: path.attachNewNode(node) for name, node in piece.nodes.items() if name != "near" and not name.startswith(FURNITURE)}
    if ground := made.get("ground"):
        set_look(ground, GROUND)
        ground.hide(MIRROR | SHADOW)
        ground.setBin(LAST, 0)
    if far := made.get("far"):
        shade_by_class(far, FAR)
        far.hide(SHADOW)
    if common := made.get("common"):
        shade_by_class(common)
        common.showThrough(DEPTH)
    if holograms := made.get("holograms"):
        holograms.setShader(load_shader("surface/city.vert", "surface/hologram.frag"))
        holograms.setTwoSided(True)
        holograms.show(BOTH)
        holograms.hide(SHADOW)
        set_veil(holograms)
    for name in ("smoke", "drips"):
        if name in made:
            set_smoke(made[name])
    if flames := made.get("flames"):
        set_smoke(flames, FLAMES, mirrored=True)
    if sparks := made.get("sparks"):
        set_sparks(sparks)
    return Standing(piece.plan, path, far, made.get("drips"))


def draw(path: NodePath, wanted: bool) -> None:
    """Takes a node out of the scene, or in again."""
    if path.isStashed() == wanted:
        path.unstash() if wanted else path.stash()


def shade_by_class(path: NodePath, *switches: str) -> None:
    """Gives each of a `city_node`'s parts the look that it is named after, with these switches."""
    for part in path.getChildren():
        set_look(part, *switches, *part.getName().split())
