#version 330
// Light scattered into the eye on the way: the light field marched through the fog, in a small picture.
// In: depth, light field.  Out: rgb in-scattered luminance (cd/m²), a: transmittance. Cost: fifteen 3D reads a (small) pixel.
#include "include/frame.inc.glsl"
#include "include/noise.inc.glsl"
#include "include/light.inc.glsl"
#include "include/depth.inc.glsl"
#include "sky/sky.inc.glsl"
uniform float u_scatter; // of the light on the way; 0: the fog only veils
in vec2 v_uv;
out vec4 o_color;
const int PAIRS = 5; // of steps
const float FAR = 110.0;
const float THIN = 16.0; // m: the fog's scale height

// Bayer's 2×2 order: wherever the picture's four bilinear taps fall, half a texel apart, they average exactly one period of it.
float bayer2(vec2 a) {
    a = floor(a);
    return fract(a.x * 0.5 + a.y * a.y * 0.75) + 0.125;
}

// Where along a ray (from the eye, by `d` to the apex) a cone of cosine c about `axis` holds it; nothing: x > y.
vec2 within_cone(vec3 way, vec3 d, vec3 axis, float c) {
    float along = dot(way, axis), apex = dot(d, axis), c2 = c * c;
    float a = along * along - c2, half_b = along * apex - c2 * dot(way, d), k = apex * apex - c2 * dot(d, d);
    a = abs(a) < 1e-5 ? 1e-5 : a;
    float under = half_b * half_b - a * k;
    if (under < 0.0) return vec2(1.0, 0.0);
    float root = sqrt(under);
    vec2 t = vec2(half_b - root, half_b + root) / a;
    t = vec2(min(t.x, t.y), max(t.x, t.y));
    if (a > 0.0) return along > 0.0 ? vec2(t.y, 1e4) : vec2(-1e4, t.x); // the ray runs out (or in) within the cone
    return along * 0.5 * (t.x + t.y) > apex ? t : vec2(1.0, 0.0); // the other half of the double cone is no beam
}

// The light of moving lamps gathered along a ray as far as `reach` (m), per unit of scattering: lamp_light() integrated. A beam is the part of
// the ray within its cone, as bright as the cone is where the ray comes nearest to its axis.
vec3 lamp_glow(vec3 way, float reach) {
    vec3 sum = vec3(0.0);
    for (int k = 0; k < MOST_LAMPS; k++) {
        if (u_lamps[k].w <= 0.0) break;
        vec3 d = u_lamps[k].xyz - u_eye;
        float along = dot(d, way), aside = dot(d, d) - along * along, far2 = 1.0 / u_lamp_colours[k].w;
        float half_ = sqrt(max(far2 - aside, 0.0)), h = sqrt(max(aside, 0.0) + 0.2);
        vec2 ends = clamp(vec2(0.0, reach), along - half_, along + half_);
        float slope = length(u_lamp_ways[k].xyz), soft = 1.0;
        if (slope > 0.0) {
            vec3 axis = u_lamp_ways[k].xyz / slope;
            vec2 lit = within_cone(way, d, axis, -u_lamp_ways[k].w / slope);
            ends = vec2(max(ends.x, lit.x), min(ends.y, lit.y));
            vec3 middle = way * (0.5 * (ends.x + ends.y)) - d;
            soft = smoothstep(-u_lamp_ways[k].w / slope, 1.0, dot(axis, normalize(middle + 1e-4)));
            vec3 p = u_lamps[k].xyz + middle; // rain and mist drift through the beam
            soft *= 0.1 + 1.8 * texture(u_noise, vec2(p.x + p.y, p.z) * 0.13 + vec2(0.02 * (u_wind.x + u_wind.y), 0.21) * u_time).r;
        }
        if (ends.x >= ends.y) continue;
        vec2 from = ends - along;
        float light = (1.0 + 0.2 / far2) / h * (atan(from.y / h) - atan(from.x / h)) - (from.y - from.x) / far2;
        sum += u_lamp_colours[k].rgb * (u_lamps[k].w * 0.25 * soft * max(light, 0.0));
    }
    return sum;
}

// One step of the march: where it is read, and what it counts for; finer near the eye.
vec4 step_of(vec3 way, float reach, float sigma, float k, float jitter) {
    vec3 f = vec3(k, k + jitter, k + 1.0) / float(2 * PAIRS), t = reach * f * f;
    vec3 p = u_eye + way * t.y;
    return vec4(p, (t.z - t.x) * exp(-sigma * t.y - max(p.z, 0.0) / 2.2));
}

void main() {
    float d = depth_at(v_uv);
    vec3 ray = ray_at(v_uv);
    float stretch = length(ray);
    float distance_ = depth_along(d) * stretch;
    vec3 way = ray / stretch;
    float reach = min(distance_, FAR);
    float sigma = u_fog * 1.35;
    vec3 sum = vec3(0.0);
    float jitter = bayer2(gl_FragCoord.xy);
    if (u_scatter > 0.0) {
        for (int k = 0; k < PAIRS; k++) { // the second slot is read at every other step, for two
            vec4 a = step_of(way, reach, sigma, float(2 * k), jitter), b = step_of(way, reach, sigma, float(2 * k + 1), jitter);
            sum += a.w * (field_light(a.xyz) + 2.0 * second_light(a.xyz)) + b.w * field_light(b.xyz);
        }
        sum = (sum + lamp_glow(way, reach)) * sigma;
    }
    // Height fog in closed form (Wenzel 2006).
    float rise = way.z * distance_ / THIN;
    float column = abs(rise) > 1e-3 ? (1.0 - exp(-rise)) / rise : 1.0;
    float optical = u_fog * exp(-max(u_eye.z, 0.0) / THIN) * column * min(distance_, 4000.0);
    float kept = d >= 1.0 ? 1.0 : exp(-optical);
    o_color = vec4(sum * (0.1 * u_scatter) + daylight() * (1.0 - kept), kept);
}
