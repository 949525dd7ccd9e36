#version 330
// The scene, its sky and its fog as one picture, for lenses that blur it. In: as developed.inc.  Out: cd/m², and in alpha the
// nearness (1/m) along the view: what lenses reckon with, and what may be averaged.
#include "include/frame.inc.glsl"
#include "include/noise.inc.glsl"
#include "include/depth.inc.glsl"
#include "sky/sky.inc.glsl"
#include "include/developed.inc.glsl"
in vec2 v_uv;
out vec4 o_color;

void main() {
    vec4 fog;
    float along;
    vec3 c = scene_at(v_uv, fog, along);
    float peak = max(c.r, max(c.g, c.b));
    if (!(peak < 6e4)) c = vec3(0.0); // one pixel that is no number would blacken the picture
    o_color = vec4(max(c, vec3(0.0)), 1.0 / max(along, 0.02));
}
