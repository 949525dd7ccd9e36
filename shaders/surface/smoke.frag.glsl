#version 330
// A puff: a ball of cloud worn away from its rim, or a point of light; USE_FLAME: flames out of a window. In: v_* of smoke.vert.
// Out: luminance and opacity, premultiplied. Cost: two reads of the pattern texture; flames three.
#include "include/frame.inc.glsl"
#include "include/noise.inc.glsl"
#include "sky/sky.inc.glsl"
in vec2 v_corner;
flat in vec3 v_light;
flat in vec3 v_glow;
flat in vec3 v_shape;
out vec4 o_color;

#ifdef USE_FLAME
// Flames that are torn into tongues as they rise, pale where they are dense, and the black smoke above them. q: x ±1, y 0 at their root .. 1.
vec4 flames(vec2 q, float own) {
    float swirl = texture(u_noise, vec2(q.x * 0.16 + own * 5.0, q.y * 0.2 - u_time * 0.27)).r - 0.5;
    float x = q.x + 1.3 * swirl * q.y;
    float lick = texture(u_noise, vec2(x * 0.21 + own * 3.0, q.y * 0.34 - u_time * 0.62)).r - 0.5;
    float heat = clamp(0.95 - 1.75 * q.y - (0.55 + 0.9 * q.y) * abs(x) + 3.0 * lick, 0.0, 1.0) * smoothstep(0.0, 0.1, q.y);
    heat *= smoothstep(1.0, 0.8, abs(q.x));
    vec3 fire = vec3(0.9, 0.1 + 0.36 * heat, 0.004 + 0.16 * heat * heat * heat) * heat * heat;
    float puff = texture(u_noise, vec2(x * 0.3 + own * 7.0, q.y * 0.3 - u_time * 0.33)).r;
    float soot = smoothstep(0.42, 0.62, puff + 0.1 * (1.0 - abs(x))) * smoothstep(0.12, 0.4, q.y) * smoothstep(1.0, 0.6, q.y) * smoothstep(1.0, 0.5, abs(q.x)) * 0.85;
    float hot = smoothstep(0.02, 0.4, heat);
    return vec4(v_glow * fire + v_light * 0.05 * soot * (1.0 - hot), max(soot * (1.0 - hot), 0.4 * hot));
}

void main() {
    o_color = flames(vec2(v_corner.x, 0.5 + 0.5 * v_corner.y), v_shape.y);
}
#else
void main() {
    float r = dot(v_corner, v_corner);
    if (r > 1.0) discard;
    if (v_shape.x > 2.5) {
        o_color = vec4(v_glow * (1.0 - r) * v_shape.z, 0.0);
        return;
    }
    // Billows within billows: the large ones bend the small ones and round them off.
    vec2 at = v_corner * 0.15 + v_shape.y * vec2(7.0, 3.0) + u_time * vec2(0.004, -0.011);
    vec2 broad = texture(u_noise, at).rb;
    float small = texture(u_noise, at * 2.3 + 0.16 * broad - u_time * vec2(0.003, 0.017)).r;
    float billow = 1.0 - abs(2.0 * small - 1.0) * 1.6;
    float cloud = clamp(broad.r * 0.7 + billow * 0.35, 0.0, 1.0);
    float body = smoothstep(0.16, 0.6, (1.0 - r) * (0.15 + 1.5 * cloud) - 0.1);
    float alpha = body * v_shape.z;
    float albedo = v_shape.x < 0.5 ? 0.16 : v_shape.x < 1.5 ? 0.3 : 0.85;
    vec3 sky_light = u_sky_lux * 0.08 * SKY_TINT;
    // Fire lights it from below and reaches into its folds; the street's light comes from all sides.
    float under = clamp(0.42 - 0.6 * v_corner.y + 1.1 * (cloud - 0.5), 0.0, 1.2);
    vec3 shaded = albedo * (v_light + sky_light) * (0.55 + 0.5 * cloud) + v_glow * under * under * (0.7 + 0.9 * (1.0 - body));
    o_color = vec4(shaded * alpha, alpha);
}
#endif
