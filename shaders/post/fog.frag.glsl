#version 330
// Light scattered into the eye on the way: the light field marched through the fog, at half size.
// In: depth, light field.  Out: rgb in-scattered luminance (cd/m²), a: transmittance. Cost: ten 3D reads a (half-size) pixel.
#include "include/frame.inc.glsl"
#include "include/noise.inc.glsl"
#include "include/light.inc.glsl"
#include "include/depth.inc.glsl"
#include "sky/sky.inc.glsl"
uniform float u_scatter; // of the light on the way; 0: the fog only veils
in vec2 v_uv;
out vec4 o_color;
const int STEPS = 10;
const float FAR = 110.0;
const float THIN = 16.0; // m: the fog's scale height

// Bayer's 2×2 order: wherever the picture's four bilinear taps fall, half a texel apart, they average exactly one period of it.
float bayer2(vec2 a) {
    a = floor(a);
    return fract(a.x * 0.5 + a.y * a.y * 0.75) + 0.125;
}

// The light of moving lamps gathered along a ray as far as `reach` (m), per unit of scattering: lamp_light() integrated.
vec3 lamp_glow(vec3 way, float reach) {
    vec3 sum = vec3(0.0);
    for (int k = 0; k < 4; k++) {
        vec3 d = u_lamps[k].xyz - u_eye;
        float along = dot(d, way), aside = dot(d, d) - along * along;
        float half_ = sqrt(max(144.0 - aside, 0.0)), h = sqrt(max(aside, 0.0) + 0.2);
        vec2 ends = clamp(vec2(0.0, reach) - along, -half_, half_);
        sum += u_lamp_colours[k].rgb * u_lamps[k].w * 0.25 * (1.00139 / h * (atan(ends.y / h) - atan(ends.x / h)) - (ends.y - ends.x) / 144.0);
    }
    return sum;
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
    float last = 0.0;
    if (u_scatter > 0.0) {
        for (int k = 0; k < STEPS; k++) {
            float f = (float(k) + jitter) / float(STEPS), g = (float(k) + 1.0) / float(STEPS);
            float t = reach * f * f, next = reach * g * g; // finer near the eye
            vec3 p = u_eye + way * t;
            sum += field_light(p) * ((next - last) * exp(-sigma * t - max(p.z, 0.0) / THIN));
            last = next;
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
