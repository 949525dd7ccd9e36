#version 330
// What the camera's own movement smears while the shutter is open, in light and not in tones: highlights stay bright streaks.
// In: the developed picture, depth, the camera when the shutter opens and when it closes.  Out: the same, smeared. Cost: eighteen reads.
// Each pixel goes back to its place in the world and from there into both cameras. A tap counts if what lies there is behind this surface
// no further than it moved itself, after the soft comparison of McGuire et al., "A reconstruction filter for plausible motion blur" (I3D 2012).
#include "include/frame.inc.glsl"
#include "include/noise.inc.glsl"
#include "include/depth.inc.glsl"
uniform sampler2D u_source;
uniform float u_open; // share of the way between the cameras
uniform vec3 u_before_eye, u_before_right, u_before_forward, u_before_up;
uniform vec3 u_after_eye, u_after_right, u_after_forward, u_after_up;
uniform vec4 u_moved_lens; // tan(half width), tan(half height) before; the same after
in vec2 v_uv;
out vec4 o_color;
const int TAPS = 17;
const float LONGEST = 0.12; // of the picture

vec2 seen_from(vec3 p, vec3 right, vec3 forward, vec3 up, vec2 lens) {
    float along = max(dot(p, forward), 0.02);
    return vec2(dot(p, right), dot(p, up)) / (along * lens) * 0.5 + 0.5;
}

vec2 smear(vec2 uv, float along) { // from where it was to where it will be
    vec3 p = u_eye + ray_at(uv) * along;
    vec2 a = seen_from(p - u_before_eye, u_before_right, u_before_forward, u_before_up, u_moved_lens.xy);
    vec2 b = seen_from(p - u_after_eye, u_after_right, u_after_forward, u_after_up, u_moved_lens.zw);
    vec2 way = (b - a) * u_open;
    return way * min(1.0, LONGEST / max(length(way), 1e-6));
}

void main() {
    vec4 here = textureLod(u_source, v_uv, 0.0);
    vec2 way = smear(v_uv, 1.0 / here.a);
    vec2 pixels = way * vec2(textureSize(u_source, 0));
    float length_ = length(pixels);
    o_color = here;
    if (length_ < 0.7) return;
    vec3 sum = here.rgb;
    float weight = 1.0, jitter = dither(gl_FragCoord.xy) - 0.5, level = max(log2(length_ / float(TAPS)) - 0.5, 0.0);
    for (int k = 0; k < TAPS; k++) {
        float t = (float(k) + 0.5 + jitter) / float(TAPS) - 0.5;
        vec2 uv = v_uv + way * t;
        if (uv != clamp(uv, vec2(0.0), vec2(1.0))) continue;
        vec4 tap = textureLod(u_source, uv, level); // as wide as the taps lie apart
        float behind = clamp(1.0 - (tap.a - here.a) * 20.0 / tap.a, 0.0, 1.0); // 0: the tap lies in front
        float own = 1.0;
        if (behind < 1.0) own = clamp(length(smear(uv, 1.0 / max(tap.a, 1e-4))) / max(abs(t) * 2.0 * length(way), 1e-6), 0.0, 1.0);
        float w = mix(own * own, 1.0, behind);
        sum += w * tap.rgb;
        weight += w;
    }
    o_color.rgb = sum / weight;
}
