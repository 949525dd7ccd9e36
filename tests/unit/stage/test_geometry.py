"""Surfaces as nodes: parts that are left out one by one, and what is drawn of them near by and further off."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from world.mesh.surface import Finish, Surface, SurfaceBuilder

FINE, COARSE = (255, 0, 0, 255), (0, 255, 0, 255)


def _field(count: int = 12, fine_m: float = 0.08) -> Surface:
    """Green plates of .4 m on a level field of a metre a plate, a fine red one beside each."""
    x, y = (axis.ravel().astype(float) for axis in np.meshgrid(np.arange(count), np.arange(count)))
    builder = SurfaceBuilder()
    for size, off, tint in ((0.4, 0.0, COARSE), (fine_m, 0.6, FINE)):
        corners = [np.stack([x + dx * size + off, y + dy * size, 0.0 * x], axis=1) for dx, dy in ((0, 0), (1, 0), (1, 1), (0, 1))]
        builder.quads(np.stack(corners, axis=1), Finish.TILE, tint)
    return builder.build()


def test_parts_are_small_and_close_and_none_is_lost() -> None:
    from world.stage.geometry import MOST_TRIANGLES, parted

    middles = np.random.default_rng(1).uniform(0.0, 64.0, (3, 20000)).astype(np.float32)
    groups = parted(middles)
    assert sorted(np.concatenate(groups)) == list(range(20000))
    assert max(map(len, groups)) <= MOST_TRIANGLES
    assert max(np.ptp(middles[:, group], axis=1).max() for group in groups) < 40.0, "a part as wide as all of it is never out of view"
    assert len(parted(np.zeros((3, 5000), np.float32))) == 1, "what is in one place cannot be parted"


def test_each_part_is_looked_at_by_itself() -> None:
    from panda3d.core import GeomNode

    from world.stage.geometry import city_node

    city = city_node(_field(60), "city")
    assert city is not None
    (node,) = city.getChildren()
    assert isinstance(node, GeomNode) and node.getNumGeoms() > 4
    assert not node.isFinal(), "Panda3D would draw all parts of a node whose own bounds are in view"
    whole = node.getBounds()
    for geom in node.getGeoms():
        assert geom.getBounds().getMax().x - geom.getBounds().getMin().x < 40.0
        assert whole.contains(geom.getBounds().getApproxCenter())


def test_from_a_distance_on_the_fine_is_gone_by_how_wide_a_pixel_is(booted: Any) -> None:
    from world.stage.geometry import LEAN_M, coarseness, near_node

    node = near_node(_field(), "near")
    assert node is not None
    coarse, fine = coarseness(0.0035), coarseness(0.0012)
    assert coarse == coarseness(0.02) == 1.0
    for times, scale, whole in ((0.7, coarse, True), (1.4, coarse, False), (1.4, fine, True), (4.0, fine, False)):
        picture = _from_above(booted, node, times * LEAN_M, scale)
        green, red = (int((picture[..., channel] > 100).sum()) for channel in (1, 0))
        assert green > 1500
        assert red > 50 if whole else red == 0, (times, scale, red)


def _from_above(app: Any, node: Any, height_m: float, scale: float) -> NDArray[np.uint8]:
    """(128, 128, 3) as a camera over the field sees it, whose lens has the field fill the picture from any height."""
    from panda3d.core import Camera, CS_zup_right, NodePath, PerspectiveLens, Shader, Texture, Vec3

    from world.stage.axes import camera_matrix
    from world.stage.targets import Targets, blank

    root = NodePath("field")
    root.attachNewNode(node)
    vertex = "#version 330\nuniform mat4 p3d_ModelViewProjectionMatrix; in vec4 p3d_Vertex; in vec4 tint; out vec4 v_tint;\n"
    vertex += "void main() { v_tint = tint / 255.0; gl_Position = p3d_ModelViewProjectionMatrix * p3d_Vertex; }"
    fragment = "#version 330\nin vec4 v_tint; out vec4 o_color; void main() { o_color = v_tint; }"
    root.setShader(Shader.make(Shader.SL_GLSL, vertex, fragment))
    lens = PerspectiveLens()
    lens.setCoordinateSystem(CS_zup_right)
    lens.setFov(2.0 * math.degrees(math.atan(6.5 / height_m)))
    lens.setNearFar(1.0, 500.0)
    eye = root.attachNewNode(Camera("eye", lens))
    eye.setMat(camera_matrix(Vec3(5.5, 5.5, height_m), Vec3(1, 0, 0), Vec3(0, 0, -1), Vec3(0, 1, 0)))
    eye.node().setLodScale(scale**2)
    targets = Targets(app)
    texture: Texture = blank("field")
    target = targets.scene("field", (128, 128), texture, blank("field depth", nearest=True))
    target.out.makeDisplayRegion().setCamera(eye)
    try:
        app.graphicsEngine.renderFrame()
        app.graphicsEngine.renderFrame()
        assert app.graphicsEngine.extractTextureData(texture, app.win.getGsg())
        floats = np.frombuffer(memoryview(texture.getRamImage()), np.float32).reshape(128, 128, -1)[..., 2::-1]
        return np.rint(255.0 * np.clip(floats, 0.0, 1.0)).astype(np.uint8)
    finally:
        targets.close()
        root.removeNode()


def test_a_machine_far_off_is_leaner_and_as_large() -> None:
    from panda3d.core import NodePath

    from world.posture.machines import rigs
    from world.stage.geometry import body_node

    for rig in rigs():
        root = NodePath("root")
        root.attachNewNode(body_node(rig.surface(), "body", 1.6))
        near, far = (path.node().getGeom(0) for path in root.findAllMatches("**/+GeomNode"))
        counts = [geom.getPrimitive(0).getNumPrimitives() for geom in (near, far)]
        assert counts[1] < 0.6 * counts[0], counts
        for low_near, low_far in zip(near.getBounds().getMin(), far.getBounds().getMin(), strict=True):
            assert abs(low_near - low_far) < 0.08
