#version 330
// Twice the size: a 3×3 tent of the smaller level added to this one. In: u_source (smaller), u_base (this size).  Out: their sum.
uniform sampler2D u_source;
uniform sampler2D u_base;
uniform vec2 u_texel;
in vec2 v_uv;
out vec4 o_color;

void main() {
    vec3 sum = texture(u_source, v_uv).rgb * 4.0;
    sum += 2.0 * (texture(u_source, v_uv + vec2(u_texel.x, 0.0)).rgb + texture(u_source, v_uv - vec2(u_texel.x, 0.0)).rgb
                  + texture(u_source, v_uv + vec2(0.0, u_texel.y)).rgb + texture(u_source, v_uv - vec2(0.0, u_texel.y)).rgb);
    sum += texture(u_source, v_uv + u_texel).rgb + texture(u_source, v_uv - u_texel).rgb
         + texture(u_source, v_uv + u_texel * vec2(1.0, -1.0)).rgb + texture(u_source, v_uv + u_texel * vec2(-1.0, 1.0)).rgb;
    o_color = vec4(texture(u_base, v_uv).rgb + sum / 16.0 * 0.92, 1.0);
}
