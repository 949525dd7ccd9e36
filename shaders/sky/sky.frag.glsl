#version 330
// The sky where nothing stands before it. In: v_ray.  Out: luminance (cd/m²). Cost: two reads of the pattern texture, sky alone.
#include "include/frame.inc.glsl"
#include "include/noise.inc.glsl"
#include "sky/sky.inc.glsl"
in vec3 v_ray;
out vec4 o_color;

void main() {
    o_color = vec4(sky(normalize(v_ray)), 1.0);
}
