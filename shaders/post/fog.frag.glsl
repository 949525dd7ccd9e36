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
    int steps = u_scatter > 0.0 ? STEPS : 0;
    for (int k = 0; k < steps; k++) {
        float f = (float(k) + jitter) / float(STEPS);
        float t = reach * f * f; // finer near the eye
        vec3 p = u_eye + way * t;
        float density = sigma * exp(-max(p.z, 0.0) / THIN);
        float next = reach * pow((float(k) + 1.0) / float(STEPS), 2.0);
        sum += mean_light(p) * (density * (next - last) * exp(-sigma * t));
        last = next;
    }
    // Height fog in closed form (Wenzel 2006).
    float rise = way.z * distance_ / THIN;
    float column = abs(rise) > 1e-3 ? (1.0 - exp(-rise)) / rise : 1.0;
    float optical = u_fog * exp(-max(u_eye.z, 0.0) / THIN) * column * min(distance_, 4000.0);
    float kept = d >= 1.0 ? 1.0 : exp(-optical);
    o_color = vec4(sum * (0.15 * u_scatter) + daylight() * (1.0 - kept), kept);
}
