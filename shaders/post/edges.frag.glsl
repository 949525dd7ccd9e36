#version 330
// The picture in tones, its edges smoothed, before it is enlarged. In: picture.frag's target.  Out: the same. Cost: see edges.inc.
#include "include/edges.inc.glsl"
in vec2 v_uv;
out vec4 o_color;

void main() {
    o_color = smoothed(v_uv);
}
