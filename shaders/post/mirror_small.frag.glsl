#version 330
// The mirror's picture at a quarter of its width and height, every pixel counted once. In: the mirror.  Out: the same, small. Cost: four
// reads of a sixteenth of its pixels.
uniform sampler2D u_source;
uniform vec2 u_texel;
in vec2 v_uv;
out vec4 o_color;

void main() {
    o_color = 0.25 * (texture(u_source, v_uv - u_texel) + texture(u_source, v_uv + u_texel) + texture(u_source, v_uv + vec2(u_texel.x, -u_texel.y))
        + texture(u_source, v_uv + vec2(-u_texel.x, u_texel.y)));
}
