#version 330
// The far city's vertices. In: world.mesh.surface.VERTEX, p3d_MultiTexCoord0 the middle of the vertex' building (relative to the node).
// Out: position relative to the floating origin. A building near the eye sinks out of the way: the near city stands there.
uniform mat4 p3d_ModelViewProjectionMatrix;
uniform mat4 p3d_ModelMatrix;
uniform vec3 u_eye;
uniform float u_skyline_from; // m: nearer buildings are not drawn
in vec4 p3d_Vertex;
in vec4 packed_normal;
in vec4 tint;
in vec2 p3d_MultiTexCoord0;
in vec4 extra;
out vec3 v_position;
out vec3 v_normal;
out vec4 v_tint;
flat out ivec4 v_what;
flat out float v_luminance; // cd/m²

void main() {
    vec2 middle = (p3d_ModelMatrix * vec4(p3d_MultiTexCoord0, 0.0, 1.0)).xy;
    bool there = distance(middle, u_eye.xy) > u_skyline_from;
    gl_Position = there ? p3d_ModelViewProjectionMatrix * p3d_Vertex : vec4(2.0, 2.0, 2.0, 1.0);
    v_position = (p3d_ModelMatrix * p3d_Vertex).xyz;
    v_normal = packed_normal.xyz / 127.5 - 1.0;
    v_tint = tint / 255.0;
    v_what = ivec4(packed_normal.w + 0.5, extra.x + 0.5, extra.z + 0.5, extra.w + 0.5);
    v_luminance = extra.y * 4.0;
}
