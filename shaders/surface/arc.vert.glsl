#version 330
// The way that a bottle would fly, as dots that keep their size in the picture. In: u_arc (world/stage/hands.py).  Out: quads that face the
// eye.
#include "include/frame.inc.glsl"
uniform mat4 p3d_ModelViewProjectionMatrix;
uniform float u_pixel_angle; // of one pixel (radians)
uniform vec4 u_arc[48]; // place, how bright (0: none, over 1: its end)
in vec2 p3d_MultiTexCoord0;
in vec4 extra;
out vec2 v_corner;
flat out float v_bright;

void main() {
    vec4 dot_ = u_arc[int(extra.x + 0.5)];
    vec3 to_eye = u_eye - dot_.xyz;
    float gap = max(length(to_eye), 0.05);
    vec3 side = normalize(cross(to_eye / gap, vec3(0.001, 0.0, 1.0))), up = cross(side, to_eye / gap);
    float size = max(0.009, 1.1 * u_pixel_angle * gap) * (dot_.w > 1.5 ? 2.6 : 1.0);
    v_corner = p3d_MultiTexCoord0;
    v_bright = min(dot_.w, 1.0) * smoothstep(0.5, 1.2, gap);
    vec3 p = dot_.xyz + (side * v_corner.x + up * v_corner.y) * size;
    gl_Position = dot_.w > 0.0 ? p3d_ModelViewProjectionMatrix * vec4(p, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}
