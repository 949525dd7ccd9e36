#version 330
// A dot of a throw's arc. In: v_* of arc.vert.  Out: luminance, added to what is there.
in vec2 v_corner;
flat in float v_bright;
out vec4 o_color;

void main() {
    float inside = smoothstep(1.0, 0.5, length(v_corner));
    o_color = vec4(vec3(0.55, 0.72, 0.78) * (0.35 * v_bright * inside), 0.0);
}
