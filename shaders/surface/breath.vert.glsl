#version 330
// A breath in the cold: one puff that leaves the mouth, grows, rises and thins. In: the eye's frame, u_breath.  Out: a quad before the eye.
// Cost: three reads of volumes and slots for its light.
#include "include/frame.inc.glsl"
#include "include/light.inc.glsl"
uniform mat4 p3d_ModelViewProjectionMatrix;
uniform mat4 p3d_ModelMatrix;
uniform vec4 u_breath; // x: 0 .. 1 since it left the mouth, y: how much
in vec2 p3d_MultiTexCoord0;
out vec2 v_corner;
flat out vec3 v_light;
flat out vec2 v_puff; // age, how dense

void main() {
    float t = u_breath.x;
    vec3 middle = vec3(0.02, 0.34 + 0.3 * sqrt(t), -0.13 + 0.06 * t);
    float size = 0.05 + 0.17 * sqrt(t);
    v_corner = p3d_MultiTexCoord0;
    v_puff = vec2(t, u_breath.y * smoothstep(0.0, 0.12, t) * (1.0 - t) * (1.0 - t));
    v_light = air_light((p3d_ModelMatrix * vec4(middle, 1.0)).xyz) * 0.31831;
    gl_Position = p3d_ModelViewProjectionMatrix * vec4(middle + vec3(v_corner.x * size * 1.2, 0.0, v_corner.y * size), 1.0);
}
