// Where a point of the picture lies in the scene's target: a part of it alone may be drawn (world/stage/passes.py, set_share).
uniform vec2 u_share; // of each side

vec2 in_scene(sampler2D target, vec2 uv) { // never half a texel into what is not drawn
    return min(uv * u_share, u_share - 0.5 / vec2(textureSize(target, 0)));
}
