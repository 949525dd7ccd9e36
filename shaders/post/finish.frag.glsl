#version 330
// The finished picture: edges smoothed along themselves, then grain, which is the dither as well.
// In: the picture in tones, luma in alpha.  Out: display-referred sRGB. Cost: nine reads, five where nothing needs smoothing.
// Source: the idea of FXAA (Lottes, NVIDIA 2009): the gradient of luma at the four corners says how an edge runs; it is averaged
// along that, unless the average strays out of what stands around.
#include "include/noise.inc.glsl"
uniform sampler2D u_tones;
uniform vec2 u_texel;
uniform vec2 u_finish; // share of the grain; 1: edges are smoothed
uniform float u_frame; // whole frames, for the grain
in vec2 v_uv;
out vec4 o_color;
const float LEAST = 0.03, SHARE = 0.1; // contrast that counts as an edge: absolute, and of the brightest
const float REACH = 2.5;               // texels: further, and what is small loses the middles of its sides

vec3 smoothed(vec4 here) {
    float nw = texture(u_tones, v_uv + vec2(-0.75, 0.75) * u_texel).a, ne = texture(u_tones, v_uv + vec2(0.75, 0.75) * u_texel).a;
    float sw = texture(u_tones, v_uv + vec2(-0.75, -0.75) * u_texel).a, se = texture(u_tones, v_uv + vec2(0.75, -0.75) * u_texel).a;
    float low = min(here.a, min(min(nw, ne), min(sw, se))), high = max(here.a, max(max(nw, ne), max(sw, se)));
    if (high - low < max(LEAST, SHARE * high)) return here.rgb;
    vec2 along = vec2(sw + se - nw - ne, nw + sw - ne - se);
    float flat_ = max((nw + ne + sw + se) * 0.03, 0.008);
    along = clamp(along / (min(abs(along.x), abs(along.y)) + flat_), -REACH, REACH) * u_texel;
    vec4 inner = 0.5 * (texture(u_tones, v_uv - along / 6.0) + texture(u_tones, v_uv + along / 6.0));
    vec4 outer = 0.5 * inner + 0.25 * (texture(u_tones, v_uv - along * 0.5) + texture(u_tones, v_uv + along * 0.5));
    return outer.a < low || outer.a > high ? inner.rgb : outer.rgb;
}

void main() {
    vec4 here = texture(u_tones, v_uv);
    vec3 c = u_finish.y > 0.5 ? smoothed(here) : here.rgb;
    float grain = hash_f(gl_FragCoord.xy + vec2(mod(u_frame, 61.0) * 37.0, mod(u_frame, 53.0) * 17.0)) - 0.5;
    c += grain * (0.022 * u_finish.x * (1.0 - here.a) + 0.004); // the last is the dither: never without, or fog shows steps
    o_color = vec4(clamp(c, 0.0, 1.0), 1.0);
}
