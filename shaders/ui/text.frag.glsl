#version 330
// A glyph: the font's page holds coverage in alpha.
// In: v_color, v_uv.  Out: display-referred colour.
uniform sampler2D p3d_Texture0;
uniform vec4 p3d_ColorScale;
in vec4 v_color;
in vec2 v_uv;
out vec4 o_color;

void main() {
    o_color = v_color * p3d_ColorScale;
    o_color.a *= texture(p3d_Texture0, v_uv).a;
}
