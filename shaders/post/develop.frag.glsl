#version 330
// The scene and its fog as one picture, for lenses that blur it. In: as developed.inc.  Out: cd/m², and in alpha the
// nearness (1/m) along the view: what lenses reckon with, and what may be averaged.
#include "include/depth.inc.glsl"
#include "include/developed.inc.glsl"
in vec2 v_uv;
out vec4 o_color;

void main() {
    vec3 c = scene_at(v_uv);
    float along = depth_along(depth_at(v_uv));
    float peak = max(c.r, max(c.g, c.b));
    if (!(peak < 6e4)) c = vec3(0.0); // one pixel that is no number would blacken the picture
    o_color = vec4(max(c, vec3(0.0)), 1.0 / max(along, 0.02));
}
