#version 330
// A puff: a ball of cloud worn away from its rim, or a point of light. In: v_* of smoke.vert.  Out: luminance and opacity, premultiplied.
// Cost: two reads of the pattern texture.
#include "include/frame.inc.glsl"
#include "include/noise.inc.glsl"
#include "sky/sky.inc.glsl"
in vec2 v_corner;
flat in vec3 v_light;
flat in vec3 v_glow;
flat in vec3 v_shape;
out vec4 o_color;

void main() {
    float r = dot(v_corner, v_corner);
    if (r > 1.0) discard;
    if (v_shape.x > 2.5) {
        o_color = vec4(v_glow * (1.0 - r) * v_shape.z, 0.0);
        return;
    }
    vec2 at = v_corner * 0.16 + v_shape.y * vec2(7.0, 3.0);
    float cloud = texture(u_noise, at + u_time * vec2(0.004, 0.007)).r * 0.65 + texture(u_noise, at * 2.6 - u_time * 0.013).r * 0.35;
    float body = smoothstep(0.12, 0.75, (1.0 - r) * (0.25 + 1.5 * cloud) - 0.12);
    float alpha = body * v_shape.z;
    float albedo = v_shape.x < 0.5 ? 0.22 : v_shape.x < 1.5 ? 0.34 : 0.85;
    vec3 sky_light = u_sky_lux * 0.08 * vec3(0.75, 0.95, 1.2);
    vec3 shaded = albedo * (v_light + sky_light) * (0.6 + 0.5 * v_corner.y) + v_glow * (0.5 + cloud) * (1.2 - r);
    o_color = vec4(shaded * alpha, alpha);
}
