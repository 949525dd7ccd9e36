#version 330
// Corner positions of UI panels and glyphs.
// In: model vertices, colour, texture coordinate.  Out: v_color, v_uv.  Space: model -> clip.  Cost: none to speak of.
uniform mat4 p3d_ModelViewProjectionMatrix;
in vec4 p3d_Vertex;
in vec4 p3d_Color;
in vec2 p3d_MultiTexCoord0;
out vec4 v_color;
out vec2 v_uv;

void main() {
    gl_Position = p3d_ModelViewProjectionMatrix * p3d_Vertex;
    v_color = p3d_Color;
    v_uv = p3d_MultiTexCoord0;
}
