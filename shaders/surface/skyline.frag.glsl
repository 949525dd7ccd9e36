#version 330
// The far city: dark hulls under the night sky, their lamps. In: v_* of skyline.vert.  Out: luminance (cd/m²). Cost: no texture.
#include "include/frame.inc.glsl"
in vec3 v_position;
in vec3 v_normal;
in vec4 v_tint;
flat in ivec4 v_what;
flat in float v_luminance;
out vec4 o_color;
uniform float u_clip_z; // m: below it the mirror sees nothing; far below everything where it is no mirror

// What mist leaves of a light on its way to the water and up: fog.frag and developed.inc veil what is seen, not what is mirrored.
vec3 through_mist() {
    vec3 way = v_position - vec3(u_eye.xy, 2.0 * u_water - u_eye.z);
    float far = length(way), rise = way.z / 16.0, column = rise > 1e-3 ? (1.0 - exp(-rise)) / rise : 1.0;
    return mix(vec3(1.0), vec3(exp(-u_fog * column * far)), vec3(0.5, 1.0, 1.0));
}

void main() {
    vec3 albedo = v_tint.rgb * v_tint.rgb;
    if (v_luminance > 0.0) {
        vec3 left = u_clip_z > -1e5 ? through_mist() : vec3(1.0);
        o_color = vec4(albedo * left * (v_luminance * u_power[v_what.y] * GLARE), 1.0);
        return;
    }
    // What the streets' neon sends up the walls: more low down, gone with height.
    float street = 0.16 * exp(-max(v_position.z, 0.0) / 9.0);
    float sky = u_sky_lux * (0.5 + 0.5 * v_normal.z);
    o_color = vec4(albedo * (0.31831 * (sky + street * (0.6 + 0.4 * v_normal.x)) * vec3(0.75, 0.95, 1.1)), 1.0);
}
