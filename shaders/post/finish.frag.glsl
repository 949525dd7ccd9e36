#version 330
// The finished picture: smooth edges, then grain, which is the dither as well. In: the picture in tones.  Out: display-referred sRGB.
// Cost: see edges.inc; USE_LARGER, where the scene was drawn smaller than the picture (and edges.frag has done the rest): one read.
#include "include/noise.inc.glsl"
#include "include/edges.inc.glsl"
uniform vec2 u_finish; // share of the grain; 1: edges are smoothed
uniform float u_frame; // whole frames, for the grain
in vec2 v_uv;
out vec4 o_color;

void main() {
#ifdef USE_LARGER
    vec4 here = texture(u_tones, v_uv);
#else
    float around;
    vec4 here = u_finish.y > 0.5 ? smoothed(v_uv, around) : texture(u_tones, v_uv);
#endif
    float grain = hash_f(gl_FragCoord.xy + vec2(mod(u_frame, 61.0) * 37.0, mod(u_frame, 53.0) * 17.0)) - 0.5;
    vec3 c = here.rgb + grain * (0.022 * u_finish.x * (1.0 - here.a) + 0.004); // the last is the dither: never without, or fog shows steps
    o_color = vec4(clamp(c, 0.0, 1.0), 1.0);
}
