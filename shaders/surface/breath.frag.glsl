#version 330
// A breath. In: v_* of breath.vert.  Out: luminance and opacity, premultiplied. Cost: one read of the pattern texture.
#include "include/frame.inc.glsl"
#include "include/noise.inc.glsl"
in vec2 v_corner;
flat in vec3 v_light;
flat in vec2 v_puff;
out vec4 o_color;

void main() {
    float r = length(v_corner);
    vec2 cloud = texture(u_noise, v_corner * 0.09 + vec2(0.0, -0.05 * v_puff.x) + 0.13 * floor(u_time * 0.2)).rb;
    float body = smoothstep(1.0, 0.1, r + 0.9 * (0.5 - cloud.r) * (0.5 + v_puff.x));
    float alpha = 0.22 * body * v_puff.y;
    o_color = vec4((v_light + u_sky_lux * 0.06) * (0.8 * alpha), alpha);
}
