#version 330
// What wet stone shows of the mirror: its facets lean every way alike; seen at a slant that draws a light out long towards the eye and
// hardly aside. How long hangs on how far off the street is, and that on the row of the picture alone.
// In: the mirror, small; the eye's frame.  Out: the same, drawn out upright. Cost: 29 reads of a sixteenth of the mirror's pixels.
#include "include/frame.inc.glsl"
#include "include/depth.inc.glsl"
uniform sampler2D u_source;
in vec2 v_uv;
out vec4 o_color;
const int TAPS = 29; // a row apart or little more, or a far lamp is drawn out into dots
const float LENGTH = 0.115; // of the picture's height, at the eye's feet: of stone that is wet through, or nearly

void main() {
    vec3 way = ray_at(v_uv);
    float distance_ = length(way) * max(u_eye.z - u_water, 0.1) / max(-way.z, 1e-3);
    float spread = LENGTH * (0.5 + 1.1 / (1.0 + distance_ * 0.05));
    vec3 sum = vec3(0.0);
    float weight = 0.0;
    for (int k = 0; k < TAPS; k++) {
        float o = float(k) / float(TAPS - 1) * 2.0 - 1.0, w = exp(-2.0 * o * o);
        sum += w * texture(u_source, v_uv + vec2(0.0, o * spread)).rgb;
        weight += w;
    }
    o_color = vec4(sum / weight, 1.0);
}
