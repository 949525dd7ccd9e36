#version 330
// The picture in tones: scene under fog, contact shade, bloom, exposure, a hue-preserving tone curve, vignette.
// In: scene (cd/m²), fog, contact shade, bloom (exposed).  Out: display-referred sRGB, its luma in alpha for finish.frag.
// Cost: ten reads, five where nothing shades. USE_DEVELOPED: a lens has blurred the picture already; three reads.
// Source of the tone curve: a Reinhard-like shoulder on the largest channel, so that hue stays, then a slow walk to white (after
// the idea of Uchimura's and Khronos' neutral mappers).
#include "include/depth.inc.glsl"
#include "include/developed.inc.glsl"
#include "include/noise.inc.glsl"
uniform sampler2D u_developed;
uniform sampler2D u_bloom;
uniform vec4 u_grade; // shares of bloom, colour fringes, vignette
in vec2 v_uv;
out vec4 o_color;

vec3 tone(vec3 c) {
    float peak = max(max(c.r, max(c.g, c.b)), 1e-6);
    float start = 0.62;
    float shown = peak < start ? peak : start + (1.0 - start) * (1.0 - exp(-(peak - start) / (1.0 - start) * 0.55));
    vec3 hue = c * (shown / peak);
    float white = smoothstep(1.6, 16.0, peak) * 0.75;
    return mix(hue, vec3(shown), white);
}

vec3 encode(vec3 c) {
    return mix(c * 12.92, 1.055 * pow(max(c, vec3(1e-7)), vec3(1.0 / 2.4)) - 0.055, step(vec3(0.0031308), c));
}

void main() {
    vec2 from_middle = v_uv - 0.5;
    // A little lateral colour towards the corners: red is drawn a little smaller.
    vec2 fringe = from_middle * (dot(from_middle, from_middle) * 0.006 * u_grade.y);
#ifdef USE_DEVELOPED
    vec3 c = textureLod(u_developed, v_uv, 0.0).rgb;
    if (u_grade.y > 0.0) c.r = mix(c.r, textureLod(u_developed, v_uv + fringe, 0.0).r, 0.5);
#else
    vec3 c = scene_at(v_uv);
    if (u_grade.y > 0.0) {
        vec2 at = in_scene(u_scene, v_uv), aside = in_scene(u_scene, v_uv + fringe);
        c.r = max(c.r + 0.5 * (texture(u_scene, aside).r - texture(u_scene, at).r), 0.0);
    }
#endif
    c *= u_exposure;
    if (u_grade.x > 0.0) c += texture(u_bloom, v_uv).rgb * (0.028 * u_grade.x);
    c *= (c + 0.0015) / (c + 0.026); // the toe: what is nearly black is black
    c *= 1.0 - 0.42 * u_grade.z * smoothstep(0.25, 0.85, length(from_middle * vec2(1.0, 0.8)));
    c = encode(tone(c));
    c = clamp(c + (dither(gl_FragCoord.xy) - 0.5) / 255.0, 0.0, 1.0); // what is kept in eight bits else shows steps in fog and sky
    o_color = vec4(c, dot(c, vec3(0.2126, 0.7152, 0.0722)));
}
