#version 330
// The finished picture: smooth edges, then grain, which is the dither as well. In: the picture in tones.  Out: display-referred sRGB.
// Cost: see edges.inc; USE_LARGER, where the scene was drawn smaller than the picture: five reads.
// Source of the enlarging: cubic convolution (Keys 1981), its sixteen texels in five bilinear reads (the idea of Jimenez, SIGGRAPH 2016:
// the corners count for next to nothing).
#include "include/noise.inc.glsl"
#include "include/edges.inc.glsl"
uniform vec2 u_finish; // share of the grain; 1: edges are smoothed
uniform float u_frame; // whole frames, for the grain
in vec2 v_uv;
out vec4 o_color;

const float STEEP = -0.75; // of the cubic: what enlarging dulls, it sharpens

vec4 larger() {
    vec2 at = v_uv / u_texel, base = floor(at - 0.5) + 0.5, f = at - base;
    vec2 g = 1.0 - f, before = STEEP * f * g * g, after = STEEP * g * f * f, second = g * g * ((STEEP + 2.0) * g - STEEP - 3.0) + 1.0;
    vec2 inner = 1.0 - before - after, middle = (base + second / inner) * u_texel, low = (base - 1.0) * u_texel, high = (base + 2.0) * u_texel;
    float up = inner.x * before.y, down = inner.x * after.y, left = before.x * inner.y, right = after.x * inner.y, here = inner.x * inner.y;
    vec4 sum = here * texture(u_tones, middle) + up * texture(u_tones, vec2(middle.x, low.y)) + down * texture(u_tones, vec2(middle.x, high.y))
        + left * texture(u_tones, vec2(low.x, middle.y)) + right * texture(u_tones, vec2(high.x, middle.y));
    return max(sum / (here + up + down + left + right), 0.0);
}

void main() {
#ifdef USE_LARGER
    vec4 here = larger();
#else
    vec4 here = u_finish.y > 0.5 ? smoothed(v_uv) : texture(u_tones, v_uv);
#endif
    float grain = hash_f(gl_FragCoord.xy + vec2(mod(u_frame, 61.0) * 37.0, mod(u_frame, 53.0) * 17.0)) - 0.5;
    vec3 c = here.rgb + grain * (0.022 * u_finish.x * (1.0 - here.a) + 0.004); // the last is the dither: never without, or fog shows steps
    o_color = vec4(clamp(c, 0.0, 1.0), 1.0);
}
