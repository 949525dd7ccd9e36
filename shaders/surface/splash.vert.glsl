#version 330
// Where drops strike the street: small crowns, closed-form in time. A square of the street rides with the eye, its pattern fixed to the
// world; each spot is struck once a beat, every time somewhere else.
// In: p3d_Vertex.xyz hashed numbers in [0, 1)³, .w from which rain on it is struck, p3d_MultiTexCoord0 the corner (x ±1, y 0..1).
// Out: colour by the light where it is, the crown's age.
#include "include/frame.inc.glsl"
#include "include/noise.inc.glsl"
#include "include/light.inc.glsl"
uniform mat4 p3d_ModelViewProjectionMatrix;
uniform sampler2D u_relief;
uniform float u_pixel_angle; // of one pixel (radians)
in vec4 p3d_Vertex;
in vec2 p3d_MultiTexCoord0;
out vec3 v_light;
out vec2 v_corner;
flat out float v_age;
const float SIDE = 16.0, LIFE = 0.24; // m; share of a beat

void main() {
    float t = u_time * (1.1 + 0.8 * p3d_Vertex.z) + 61.0 * p3d_Vertex.z;
    float beat = floor(t);
    v_age = (t - beat) / LIFE;
    vec2 spot = p3d_Vertex.xy + vec2(hash_f(vec2(beat, p3d_Vertex.x * 4096.0)), hash_f(vec2(beat, p3d_Vertex.y * 4096.0)));
    vec2 low = u_eye.xy - 0.5 * SIDE;
    vec2 at = low + mod(spot * SIDE - low, SIDE);
    vec2 relief = textureLod(u_relief, (at / 0.25 + 0.5) / 1024.0, 0.0).rg;
    float z = max(relief.r, u_water);
    float under_roof = step(z + 0.5, relief.g) * step(relief.g, 5000.0);
    vec3 to_eye = u_eye - vec3(at, z);
    float distance_ = length(to_eye);
    float seen = (1.0 - under_roof) * step(p3d_Vertex.w, u_rain) * step(v_age, 1.0) * (1.0 - smoothstep(5.5, 8.0, distance_));
    float size = max(0.014 + 0.02 * v_age, 1.1 * u_pixel_angle * distance_);
    vec3 side = normalize(vec3(-to_eye.y, to_eye.x, 1e-5));
    vec3 p = vec3(at, z + 0.004) + side * (p3d_MultiTexCoord0.x * size) + vec3(0.0, 0.0, p3d_MultiTexCoord0.y * size * 1.6);
    v_light = open_light(vec3(at, z + 0.1)) * (seen * 0.42 * (1.0 - v_age));
    v_corner = p3d_MultiTexCoord0;
    gl_Position = seen > 0.0 ? p3d_ModelViewProjectionMatrix * vec4(p, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}
