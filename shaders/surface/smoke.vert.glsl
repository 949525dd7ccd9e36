#version 330
// Smoke, steam, embers and drips, closed-form in time: a puff rises from its source, drifts with the wind, grows, fades, and begins anew;
// a drop hangs on its edge, swells, falls and splashes.
// In: world.mesh.smoke's vertices.  Out: a square that faces the eye, lit at its middle; v_shape: plume, age, thickness.
// Cost: one 3D read a vertex, one of the relief for a drop.
#include "include/frame.inc.glsl"
#include "include/light.inc.glsl"
uniform mat4 p3d_ModelViewProjectionMatrix;
uniform mat4 p3d_ModelMatrix;
uniform float u_pixel_angle; // of one pixel (radians)
uniform sampler2D u_relief;
in vec4 p3d_Vertex;
in vec4 tint;
in vec2 p3d_MultiTexCoord0;
in vec4 extra;
out vec2 v_corner;
flat out vec3 v_light;   // cd/m² of a white puff there
flat out vec3 v_glow;    // cd/m² that it has from the fire below, or by itself
flat out vec3 v_shape;   // plume, own number 0..1, opacity

//                           column  wisp  steam embers sparks
const float LIFE[5] = float[](26.0, 7.0, 3.6, 6.5, 2.2);   // s
const float RISE[5] = float[](46.0, 7.5, 2.2, 17.0, 2.6);  // m
const float FIRST[5] = float[](1.7, 0.24, 0.16, 0.02, 0.009), LAST[5] = float[](9.5, 1.7, 0.75, 0.02, 0.009); // m, half
const float DRIFT[5] = float[](0.9, 0.5, 0.35, 0.6, 0.4);  // of the wind
const int DRIP = 5;
const float THICK[5] = float[](0.62, 0.3, 0.2, 1.0, 1.0);

#ifndef USE_FLAME
// A drop that falls from its edge to the street under it, or (`splash`) what it throws up there.
void drip(bool splash, float own, float phase) {
    vec3 edge = (p3d_ModelMatrix * p3d_Vertex).xyz;
    float street = max(textureLod(u_relief, (edge.xy / 0.25 + 0.5) / 1024.0, 0.0).r, u_water);
    float deep = max(edge.z - street, 0.05), fall = sqrt(2.0 * deep / 9.81);
    float period = fall + 0.9 + 4.0 * own * own, age = fract(u_time / period + phase) * period;
    float hang = period - fall - 0.25; // it gathers, lets go, falls, splashes
    float t = age - hang, speed = 9.81 * clamp(t, 0.0, fall);
    vec3 p = edge;
    float distance_ = length(u_eye - edge), pixel = u_pixel_angle * distance_;
    float wide = max(0.0028, 0.7 * pixel), high, strength;
    if (splash) {
        float since = (t - fall) / 0.25;
        p = vec3(edge.xy + u_wind * 0.02 * fall, street + 0.012);
        wide = max(0.012 + 0.06 * since, pixel);
        high = max(0.012 + 0.03 * since * (1.0 - since), 0.6 * pixel);
        strength = step(0.0, since) * (1.0 - since) * 0.35;
    } else {
        float down = clamp(t, 0.0, fall);
        p.z -= 4.905 * down * down;
        p.xy += u_wind * 0.02 * down;
        high = max(max(0.003 + 0.5 * speed * 0.018, wide), 0.6 * pixel);
        strength = step(t, fall) * (t < 0.0 ? smoothstep(-0.8, -0.1, t) : 1.0) * (0.14 + 0.9 * 0.0028 / wide);
        p.z -= high * step(0.0, t);
    }
    strength *= step(own, 1.6 * u_wetness - 0.3) * (1.0 - smoothstep(15.0, 24.0, distance_)) * smoothstep(0.4, 1.0, distance_);
    vec3 towards = u_eye - p, right = normalize(vec3(-towards.y, towards.x, 1e-5));
    v_corner = p3d_MultiTexCoord0;
    v_light = vec3(0.0);
    v_glow = strength > 0.0 ? open_light(p + vec3(0.0, 0.0, 0.1)) * strength : vec3(0.0);
    v_shape = vec3(float(DRIP), own, 1.0);
    vec3 out_ = right * (v_corner.x * wide) + vec3(0.0, 0.0, v_corner.y * high);
    gl_Position = strength > 0.0 ? p3d_ModelViewProjectionMatrix * vec4(p3d_Vertex.xyz + (p - edge) + out_, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}

void main() {
    int plume = int(extra.x + 0.5);
    if (plume == DRIP) {
        drip(tint.r > 127.0, extra.z / 255.0, extra.y / 255.0);
        return;
    }
    float own = extra.z / 255.0, life = LIFE[plume] * (0.8 + 0.4 * own);
    float turns = u_time / life + extra.y / 255.0;
    float age = fract(turns), beat = floor(turns);
    float sway = 6.2832 * fract(own * 17.3 + beat * 0.618);
    float up = 1.0 - (1.0 - age) * (1.0 - age); // hot at first
    vec3 p = (p3d_ModelMatrix * p3d_Vertex).xyz;
    vec3 source = p;
    p.z += RISE[plume] * up * (0.75 + 0.5 * fract(own * 7.7));
    p.xy += u_wind * (DRIFT[plume] * life * age * age);
    float swirl = (plume >= 3 ? 0.09 : 0.045) * RISE[plume] * age;
    p.xy += swirl * vec2(cos(sway + 5.0 * age), sin(sway + 4.0 * age));
    float distance_ = length(u_eye - p);
    float size = mix(FIRST[plume], LAST[plume], sqrt(age));
    float drawn = plume >= 3 ? max(size, 0.75 * u_pixel_angle * distance_) : size;
    vec3 towards = (u_eye - p) / max(distance_, 0.01);
    vec3 right = normalize(vec3(-towards.y, towards.x, 1e-5)), above = cross(towards, right);
    float turn = sway + (own - 0.5) * age * 3.0;
    vec2 c = mat2(cos(turn), sin(turn), -sin(turn), cos(turn)) * p3d_MultiTexCoord0;
    float fade = smoothstep(0.0, 0.1, age) * (1.0 - age);
    v_corner = p3d_MultiTexCoord0;
    v_light = air_light(p) * 0.31831;
    float heat = 0.7 + 0.3 * sin(u_time * 5.0 + sway) * sin(u_time * 3.1 + own * 9.0);
    vec3 fire = tint.rgb * tint.rgb / 65025.0;
    if (plume >= 3) {
        float cold = 1.0 - age;
        v_glow = fire * vec3(1.0, 0.5 + 0.8 * cold, 0.6 * cold) * (60.0 * cold * heat * (size * size) / (drawn * drawn));
        fade = step(fract(own * 3.7 + beat * 0.37), 0.6) * smoothstep(1.0, 0.8, age);
    } else {
        v_glow = plume == 2 ? vec3(0.0) : fire * (heat * 1.1 * exp(-(p.z - source.z) / (0.1 * RISE[plume])));
    }
    // What one stands in is not seen as a square; what fills the screen costs most.
    fade *= smoothstep(1.2, 3.5, distance_ / max(size, 0.4));
    v_shape = vec3(float(plume), own, THICK[plume] * fade * tint.a / 255.0);
    gl_Position = fade > 0.003 ? p3d_ModelViewProjectionMatrix * vec4(p3d_Vertex.xyz + (p - source) + (right * c.x + above * c.y) * drawn, 1.0)
                               : vec4(2.0, 2.0, 2.0, 1.0);
}
#else
// A tongue before its window and the smoke over it: a square that turns about the upright to the eye.
void main() {
    float half_ = tint.r * 0.01, own = extra.z / 255.0;
    vec3 source = (p3d_ModelMatrix * p3d_Vertex).xyz, towards = u_eye - source;
    vec3 right = normalize(vec3(-towards.y, towards.x, 1e-5));
    float high = 2.6 + 1.6 * own;
    v_corner = p3d_MultiTexCoord0;
    vec2 lean = u_wind * 0.06 * (v_corner.y + 1.0);
    vec3 out_ = right * (v_corner.x * half_ * (1.25 + 0.25 * v_corner.y)) + vec3(lean, (v_corner.y + 1.0) * 0.5 * high - 0.35);
    v_light = air_light(source) * 0.31831;
    v_glow = vec3(2.2);
    v_shape = vec3(6.0, own, 1.0);
    gl_Position = p3d_ModelViewProjectionMatrix * vec4(p3d_Vertex.xyz + out_, 1.0);
}
#endif
