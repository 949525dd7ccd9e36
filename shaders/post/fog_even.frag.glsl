#version 330
// The march's dither evened out: the mean of four pixels, one whole period of it, at the corner between them.
// In: u_fogged.  Out: the same, half a pixel to the lower left of where it is read. Cost: one read.
uniform sampler2D u_fogged;
uniform vec2 u_texel;
in vec2 v_uv;
out vec4 o_color;

void main() {
    o_color = texture(u_fogged, v_uv + 0.5 * u_texel);
}
