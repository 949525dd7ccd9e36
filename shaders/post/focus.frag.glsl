#version 330
// How far away what is in the middle of the view is, as one pixel. In: the developed picture (a: nearness along the view).
// Out: r metres. A mean of nearnesses over a disc, so that a wire that crosses the middle does not pull the focus off the street.
uniform sampler2D u_source;
uniform float u_focus_m; // asked for; 0: the middle of the view
uniform vec2 u_texel_aspect; // what a height is of the width, and 1
out vec4 o_color;
const int TAPS = 32;

void main() {
    float sum = 0.0, weight = 0.0;
    for (int k = 0; k < TAPS; k++) {
        float r = sqrt((float(k) + 0.5) / float(TAPS)), angle = 2.3999632 * float(k);
        vec2 uv = 0.5 + 0.06 * r * vec2(cos(angle) * u_texel_aspect.x, sin(angle));
        float w = 1.0 - 0.7 * r;
        sum += w * clamp(textureLod(u_source, uv, 0.0).a, 0.001, 5.0);
        weight += w;
    }
    o_color = vec4(u_focus_m > 0.0 ? u_focus_m : weight / sum, 0.0, 0.0, 1.0);
}
