#version 330
// Evens out the nine turns of contact.frag over their 3×3 pattern, on one surface at a time.
// In: contact.frag's target.  Out: the same, even. Cost: nine reads a half-size pixel.
uniform sampler2D u_source;
out vec4 o_color;

void main() {
    ivec2 at = ivec2(gl_FragCoord.xy), last = textureSize(u_source, 0) - 1;
    vec2 here = texelFetch(u_source, at, 0).rg;
    float sum = here.r, weight = 1.0;
    for (int k = 0; k < 9; k++) {
        ivec2 o = ivec2(k % 3 - 1, k / 3 - 1);
        if (o == ivec2(0)) continue;
        vec2 c = texelFetch(u_source, clamp(at + o, ivec2(0), last), 0).rg;
        float w = clamp(1.0 - abs(c.g - here.g) * 12.0 / here.g, 0.0, 1.0);
        sum += w * c.r;
        weight += w;
    }
    o_color = vec4(sum / weight, here.g, 0.0, 1.0);
}
