#version 330
// A tinted, textured panel; Panda3D hands a white texture where there is none.
// In: v_color, v_uv.  Out: display-referred colour.
uniform sampler2D p3d_Texture0;
uniform vec4 p3d_ColorScale;
in vec4 v_color;
in vec2 v_uv;
out vec4 o_color;

void main() {
    o_color = texture(p3d_Texture0, v_uv) * v_color * p3d_ColorScale;
}
