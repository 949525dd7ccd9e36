#version 330
// Depth alone: of what stands between a light and the street, and of what the scene shades after. In: any mesh.  Out: where it is.
uniform mat4 p3d_ModelViewProjectionMatrix;
in vec4 p3d_Vertex;
invariant gl_Position; // city.vert's to the last bit

void main() {
    gl_Position = p3d_ModelViewProjectionMatrix * p3d_Vertex;
}
