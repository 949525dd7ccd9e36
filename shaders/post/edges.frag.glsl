#version 330
// The picture in tones, its edges smoothed, before it is enlarged; what a plain blend of four pixels will dull is sharpened beforehand.
// In: picture.frag's target.  Out: the same. Cost: see edges.inc.
#include "include/edges.inc.glsl"
in vec2 v_uv;
out vec4 o_color;
const float SHARP = 0.5;

void main() {
    float around;
    o_color = smoothed(v_uv, around);
    o_color.rgb *= max(1.0 + SHARP * (o_color.a - around) / max(o_color.a, 0.02), 0.0);
}
