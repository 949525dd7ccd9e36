#version 330
// A drop's streak: bright in the middle, fading at its ends. In: v_light, v_corner.  Out: luminance to add.
in vec3 v_light;
in vec2 v_corner;
out vec4 o_color;

void main() {
    float across = 1.0 - v_corner.x * v_corner.x;
    float body = across * across * v_corner.y * (1.0 - v_corner.y) * 4.0;
    o_color = vec4(v_light * body, 0.0);
}
