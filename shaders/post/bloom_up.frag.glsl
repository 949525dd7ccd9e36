#version 330
// Twice the size: a tent of four taps over the smaller level, added to this one. In: u_source (smaller), u_base (this size).  Out: their sum.
uniform sampler2D u_source;
uniform sampler2D u_base;
uniform vec2 u_texel;
in vec2 v_uv;
out vec4 o_color;

void main() {
    vec2 o = u_texel * 0.7071; // as wide as the 3×3 tent of nine taps
    vec3 sum = texture(u_source, v_uv + o).rgb + texture(u_source, v_uv - o).rgb
             + texture(u_source, v_uv + vec2(o.x, -o.y)).rgb + texture(u_source, v_uv + vec2(-o.x, o.y)).rgb;
    o_color = vec4(texture(u_base, v_uv).rgb + sum * (0.25 * 0.92), 1.0);
}
