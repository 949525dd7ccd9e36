#version 330
// A crown: two arms that part as it ages, and the drop thrown up between them. In: v_light, v_corner, v_age.  Out: luminance to add.
in vec3 v_light;
in vec2 v_corner;
flat in float v_age;
out vec4 o_color;

void main() {
    float lean = abs(v_corner.x) - (0.25 + 0.6 * v_age) * sqrt(v_corner.y);
    float arms = smoothstep(0.3, 0.05, abs(lean)) * smoothstep(0.25 + 0.6 * v_age, 0.1, v_corner.y);
    vec2 drop = vec2(v_corner.x, v_corner.y - min(0.9, 0.3 + 1.4 * v_age * (1.3 - v_age)));
    o_color = vec4(v_light * (arms + smoothstep(0.16, 0.06, length(drop))), 0.0);
}
