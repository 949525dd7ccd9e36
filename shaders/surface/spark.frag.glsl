#version 330
// A spark's streak. In: v_* of spark.vert.  Out: luminance, added to what is there.
in vec2 v_corner;
flat in vec3 v_glow;
out vec4 o_color;

void main() {
    vec2 fall = 1.0 - v_corner * v_corner;
    o_color = vec4(v_glow * fall.x * fall.y, 0.0);
}
