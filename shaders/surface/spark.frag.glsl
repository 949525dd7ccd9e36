#version 330
// A spark's streak. In: v_* of spark.vert.  Out: luminance, added to what is there.
in vec2 v_corner;
flat in vec3 v_glow;
flat in float v_round; // 1: a flare, round and soft
out vec4 o_color;

void main() {
    vec2 fall = 1.0 - v_corner * v_corner;
    float r2 = dot(v_corner, v_corner);
    o_color = vec4(v_glow * mix(fall.x * fall.y, max(exp(-7.0 * r2) - 0.001, 0.0), v_round), 0.0);
}
