#version 330
// What is out of focus spreads over discs, in light and not in tones, so that neon stays bright when it is blurred.
// In: the developed picture with nearnesses, the focus.  Out: the same through an open aperture. Cost: up to 290 reads.
// A thin lens: the disc's diameter is proportional to |1/focus - 1/distance|. Each pixel gathers what reaches it: a nearer tap by its own
// disc, one behind by no more than twice this pixel's own (after Gustafsson, "Bokeh depth of field in a single pass", 2018). Taps lie on
// a sunflower; each reads the level of the chain whose texels are as wide as the taps lie apart, but the picture itself where a level
// would mix what is sharp with what is not.
uniform sampler2D u_source;
uniform sampler2D u_focus;
uniform float u_pupil; // radius of the disc of what is infinitely far with the focus at 1 m, in heights of the picture
uniform vec2 u_turn; // 0 .. 1: another sunflower for each sample of a picture
in vec2 v_uv;
out vec4 o_color;
const int TAPS = 96;
const float WIDEST = 0.045; // heights of the picture

float disc(float near, float focused) { // both 1/m; radius in heights of the picture
    return min(u_pupil * abs(near - focused), WIDEST);
}

// The picture at a point, no finer than `level` where all round it is as sharp, or as blurred.
vec4 coarse(vec2 uv, float level, float focused, vec2 size, out float reach) {
    vec4 tap = texelFetch(u_source, ivec2(clamp(uv * size, vec2(0.0), size - 1.0)), 0);
    reach = disc(tap.a, focused);
    level = min(level, log2(max(reach * size.y, 1.0)));
    if (level > 0.0) {
        vec4 mixed = textureLod(u_source, uv, level);
        float around = disc(textureLod(u_source, uv, level + 1.5).a, focused);
        if (abs(around - reach) < 0.05 * reach) tap.rgb = mixed.rgb;
    }
    return tap;
}

void main() {
    vec2 size = vec2(textureSize(u_source, 0));
    float focused = 1.0 / max(texelFetch(u_focus, ivec2(0), 0).r, 0.05);
    float most = min(WIDEST, u_pupil * max(focused, 0.8)); // what is infinitely far, or an arm's length nearer than the focus
    float apart = most * size.y * 1.7724539 / sqrt(float(TAPS)); // of the taps, in pixels
    float level = max(log2(max(apart, 1.0)) - 0.25, 0.0);
    float own, reach;
    vec4 here = coarse(v_uv, level, focused, size, own);
    vec3 sum = here.rgb;
    float count = 1.0;
    for (int k = 0; k < TAPS; k++) {
        float r = most * sqrt((float(k) + 0.4 + 0.6 * u_turn.x) / float(TAPS)), angle = 2.3999632 * float(k) + 6.2831853 * u_turn.y;
        vec4 tap = coarse(v_uv + r * vec2(cos(angle) * size.y / size.x, sin(angle)), level, focused, size, reach);
        if (tap.a < here.a) reach = min(reach, own * 2.0);
        float edge = max(min(apart / size.y, reach), 1e-6); // what is sharp has none: neon a thousand times as bright must not leak
        float w = smoothstep(0.0, 1.0, (reach - r) / edge + 0.5);
        sum += mix(sum / count, tap.rgb, w);
        count += 1.0;
    }
    o_color = vec4(sum / count, here.a);
}
