#version 330
// How open each surface is to what is round it within an arm's length, from depth alone, at half size.
// In: depth.  Out: r 0 (closed) .. 1 (open), g distance along the view (m). Cost: fourteen reads a half-size pixel.
// Source: McGuire, Mara and Luebke, "Scalable ambient obscurance" (HPG 2012): the estimator that falls to nothing at its radius, so that
// what is far in front throws no halo. Nine turns of the same taps in a 3×3 pattern, which contact_even averages out exactly.
#include "include/depth.inc.glsl"
in vec2 v_uv;
out vec4 o_color;
const int TAPS = 9;
const float RADIUS = 0.6;    // m
const float WIDEST = 0.11;   // of the picture's height: close by, the taps would fly apart
const float FAR = 45.0;      // m
const float STRENGTH = 1.35;
const float TURNS = 4.0;

vec3 view_at(ivec2 at, vec2 drawn) { // x right, y up, z along (m)
    ivec2 on = clamp(at, ivec2(0), ivec2(drawn) - 1);
    float z = depth_along(texelFetch(u_depth, on, 0).r);
    return vec3(((vec2(on) + 0.5) / drawn * 2.0 - 1.0) * u_lens.zw, 1.0) * z;
}

vec3 nearer(vec3 a, vec3 b) { // of two differences the one that stays on the surface
    return abs(a.z) < abs(b.z) ? a : b;
}

void main() {
    vec2 drawn = floor(u_share * vec2(textureSize(u_depth, 0)) + 0.5);
    ivec2 at = ivec2(v_uv * drawn);
    vec3 p = view_at(at, drawn);
    o_color = vec4(1.0, p.z, 0.0, 1.0);
    float reach = 0.5 * drawn.y * RADIUS / (p.z * u_lens.w); // pixels
    if (p.z > FAR || reach < 2.0) return;
    float kept = smoothstep(2.0, 6.0, reach) * (1.0 - smoothstep(0.6 * FAR, FAR, p.z));
    float shrunk = min(1.0, WIDEST * drawn.y / reach);
    reach *= shrunk;
    float radius = RADIUS * shrunk;
    vec3 across = nearer(view_at(at + ivec2(1, 0), drawn) - p, p - view_at(at - ivec2(1, 0), drawn));
    vec3 upward = nearer(view_at(at + ivec2(0, 1), drawn) - p, p - view_at(at - ivec2(0, 1), drawn));
    vec3 n = cross(upward, across); // towards the eye
    n /= max(length(n), 1e-9);
    ivec2 cell = ivec2(gl_FragCoord.xy) % 3;
    float turn = float(cell.x + 3 * ((cell.y * 2 + cell.x) % 3)) / 9.0;
    float bias = 0.012 + 0.0016 * p.z, rr = radius * radius, sum = 0.0;
    for (int k = 0; k < TAPS; k++) {
        float along = (float(k) + 0.5 + 0.4 * (turn - 0.5)) / float(TAPS);
        float angle = 6.2831853 * (along * TURNS + turn);
        vec2 o = vec2(cos(angle), sin(angle)) * (along * reach);
        vec3 v = view_at(at + ivec2(floor(o + 0.5)), drawn) - p;
        float vv = dot(v, v);
        float f = max(rr - vv, 0.0);
        sum += f * f * f * max((dot(v, n) - bias) / (vv + 0.01 * rr), 0.0);
    }
    float closed = STRENGTH * 5.0 / (rr * rr * rr) * radius * sum / float(TAPS);
    o_color.r = mix(1.0, max(1.0 - closed, 0.12), kept);
}
