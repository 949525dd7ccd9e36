#version 330
// Depth alone: of what stands between a light and the street, and of what the scene shades after. In: any mesh.  Out: where it is.
uniform mat4 p3d_ModelViewProjectionMatrix;
in vec4 p3d_Vertex;
#ifdef USE_BODY
#include "include/body.inc.glsl"
in vec4 extra;
#endif
invariant gl_Position; // city.vert's to the last bit

void main() {
    vec4 vertex = p3d_Vertex;
#ifdef USE_BODY
    vertex.xyz = placed(int(extra.z + 0.5), vertex.xyz);
#endif
    gl_Position = p3d_ModelViewProjectionMatrix * vertex;
}
