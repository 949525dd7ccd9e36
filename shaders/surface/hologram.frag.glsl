#version 330
// A projected board: layers at several depths, scan lines, torn rows, drop-outs. In: v_uv 0..1 over the board, v_what (variant: content,
// aspect · 16).  Out: luminance (cd/m²), and how much of what is behind it hides.
// A layer lies some way behind the board or before it: the ray from the eye is carried on to it, so that who walks past sees into it.
// Every motion is a function of u_time alone. Cost: by content, at most nine reads of textures.
#include "include/frame.inc.glsl"
#include "include/noise.inc.glsl"
uniform float u_clip_z;
in vec3 v_position;
in vec3 v_normal;
in vec4 v_tint;
in vec2 v_uv;
flat in ivec4 v_what;
flat in float v_luminance;
out vec4 o_color;
#include "surface/hologram_figures.inc.glsl"
#include "surface/hologram_adverts.inc.glsl"

const int FACE = 0, FISH = 1, WARNING = 2, BOTTLE = 3, DANCER = 4, TIMETABLE = 5, COLUMNS = 6;

float inside(vec2 uv) { // a layer ends where the board's light does
    vec2 rim = min(uv, 1.0 - uv);
    return smoothstep(0.0, 0.02, min(rim.x, rim.y));
}

void main() {
    if (v_position.z < u_clip_z) discard;
    float aspect = float(v_what.w) / 16.0;
    float power = u_power[v_what.y];
    float own = hash_f(vec2(v_what.y, v_what.z));
    vec2 uv = v_uv;
    // Rows tear sideways in bursts, more of them the less power there is.
    float row = floor(uv.y * 46.0);
    float burst = (1.0 - u_calm) * step(0.86 - 0.5 * clamp(0.8 - power, 0.0, 1.0), hash_f(vec2(floor(u_time * 6.0), 11.0 + own * 64.0)));
    float torn = burst * step(0.6, hash_f(vec2(row, floor(u_time * 5.0))));
    uv.x += torn * (hash_f(vec2(row, floor(u_time * 14.0))) - 0.5) * 0.22;
    uv.y = fract(uv.y + burst * 0.04 * step(0.8, hash_f(vec2(floor(u_time * 9.0), 2.0))));

    // Parallax: how far the ray slides over the board while it goes as deep as the board is high. What the water mirrors is seen from
    // below it.
    vec3 eye = u_eye;
    if (u_clip_z > -1e5) eye.z = 2.0 * u_water - eye.z;
    vec3 ray = normalize(v_position - eye), n = normalize(v_normal);
    float into = -dot(ray, n);
    if (into < 0.0) { // who stands behind it sees it turned towards him
        n = -n;
        into = -into;
        uv.x = 1.0 - uv.x;
    }
    vec3 across = normalize(vec3(-n.y, n.x, 0.0));
    vec2 slide = vec2(dot(ray, across) / aspect, ray.z) / max(into, 0.2);
    vec2 deep = uv + slide * 0.13, deeper = uv + slide * 0.27;
    vec2 before = uv - slide * 0.1;
    vec2 to_p = vec2(aspect, 1.0) / max(aspect, 0.75);
    vec2 p = (uv - 0.5) * to_p, p1 = (deep - 0.5) * to_p, p2 = (deeper - 0.5) * to_p, p0 = (before - 0.5) * to_p;

    int content = v_what.z;
    float image = 0.0, solid = 0.0;
    if (content == FACE) {
        image = face(p);
        solid = smoothstep(0.02, 0.2, image);
        image += 0.22 * columns(p2, 0.085, 3.0) * inside(deeper) * (1.0 - solid);
    } else if (content == FISH) {
        float near = fish(p), far = fish(vec2(-p2.x, p2.y) * 1.7 + vec2(0.0, 0.11));
        float weed = smoothstep(0.02, 0.0, abs(p1.x + 0.03 * sin(p1.y * 9.0 + u_time * 0.6) - (floor(p1.x * 5.0) + 0.5) / 5.0)) * smoothstep(0.1, -0.5, p1.y);
        float light = smoothstep(0.6, 0.9, texture(u_noise, p2 * 0.35 + u_time * vec2(0.008, 0.012)).a);
        solid = clamp(near, 0.0, 1.0);
        image = near + (1.0 - 0.7 * solid) * (0.35 * far * inside(deeper) + 0.22 * weed * inside(deep) + 0.12 * light);
        image += 0.5 * smoothstep(0.012, 0.006, length(fract(p0 * 5.0 + vec2(0.0, -u_time * 0.25)) - 0.5)) * step(0.72, hash_f(floor(p0 * 5.0 + vec2(0.0, -u_time * 0.25))));
    } else if (content == WARNING) {
        image = warning(p) + 0.3 * warning(p1) * inside(deep);
        solid = clamp(image, 0.0, 1.0) * 0.5;
    } else if (content == BOTTLE) {
        image = bottle(p);
        solid = clamp(image * 2.0, 0.0, 1.0);
        float rays = texture(u_noise, vec2(atan(p2.y + 0.1, p2.x) * 0.9, u_time * 0.02)).r;
        image += (1.0 - 0.8 * solid) * (0.28 * smoothstep(0.5, 0.7, rays) * exp(-2.2 * length(p2)) + 0.35 * columns(p1, 0.1, 1.0) * step(0.25, abs(p1.x)) * inside(deep));
        int word = int(own * 15.9);
        vec2 q = vec2((p0.x + 0.42 * to_p.x) / 0.11, (p0.y + 0.3) / (0.11 * word_shape(word)));
        image += 0.9 * word_at(word, q) * inside(before);
    } else if (content == DANCER) {
        vec2 o = vec2(0.0, 0.04);
        float d = dancer(p + o, u_time), d1 = dancer(p1 * 1.06 + o, u_time - 0.22), d2 = dancer(p2 * 1.12 + o, u_time - 0.45);
        float body = smoothstep(0.004, -0.004, d);
        float round_ = smoothstep(0.0, 0.05, -d);
        solid = body;
        image = body * (0.16 + 0.42 * (1.0 - round_) + 0.3 * step(0.5, fract(p.y * 34.0 + 2.0 * round_)) * round_) + 0.95 * exp(-abs(d) * 130.0);
        image += (1.0 - body) * (0.5 * exp(-abs(d1) * 170.0) * inside(deep) + 0.28 * exp(-abs(d2) * 190.0) * inside(deeper));
        float floor_ = smoothstep(0.03, 0.0, abs(length(vec2(p1.x, (p1.y + 0.5) * 3.4)) - 0.3 - 0.03 * sin(u_time * 2.6))) * inside(deep);
        image += 0.4 * floor_ * (1.0 - body);
    } else if (content == TIMETABLE) {
        image = timetable(uv, own);
        solid = 0.35;
        image += 0.25 * timetable(deep, own) * inside(deep) * (1.0 - clamp(image, 0.0, 1.0));
    } else {
        image = columns(p, 0.17, 0.0) * 0.95;
        solid = clamp(image, 0.0, 1.0);
        image += (1.0 - solid) * (0.5 * columns(p1, 0.12, 1.0) * inside(deep) + 0.28 * columns(p2, 0.08, 2.0) * inside(deeper));
        image += 0.5 * columns(p0 + vec2(0.13, 0.0), 0.32, 3.0) * inside(before) * step(0.5, hash_f(vec2(floor((p0.x + 0.13) / 0.32), 41.0)));
    }

    // The light's own frame: corners, and the ticks between them.
    vec2 rim = min(uv, 1.0 - uv) * vec2(aspect, 1.0);
    float edge = min(rim.x, rim.y), far_rim = max(rim.x, rim.y);
    float line = smoothstep(0.010, 0.003, abs(edge - 0.02));
    float frame = line * (far_rim < 0.12 ? 0.9 : 0.12 + 0.25 * step(0.75, fract((uv.x * aspect + uv.y) * 17.0)));
    float footage = 128.0;
    float scan = 0.62 + 0.38 * sin((uv.y * footage + u_time * 2.0) * 6.2832);
    scan = mix(0.66, scan, clamp(1.0 - fwidth(uv.y) * footage * 0.8, 0.0, 1.0));
    float grit = 0.75 + 0.5 * (texture(u_noise, uv * vec2(3.0, 5.0) + u_time * 0.7).b - 0.5);
    float sweep = exp(-abs(fract(uv.y - u_time * 0.13) - 0.5) * 26.0) * 0.6;
    float alive = smoothstep(0.0, 0.03, edge);
    // Starved of power, whole bands of rows go.
    float starved = smoothstep(0.75, 0.3, power);
    alive *= 1.0 - starved * smoothstep(0.35, 0.6, texture(u_noise, vec2(0.5, floor(uv.y * 23.0) / 23.0 * 0.8 + floor(u_time * 3.0) * 0.37 * (1.0 - u_calm))).r + 0.3 * starved);
    float level = ((image + 0.035 + 0.1 * sweep) * scan * grit + frame) * alive;
    vec3 tint = v_tint.rgb * v_tint.rgb;
    // A torn row is drawn in two colours that no longer meet.
    vec3 split = mix(vec3(1.0), vec3(0.55, 1.0, 1.35), torn);
    vec3 color = tint * split * level + vec3(1.0) * pow(max(image, 0.0), 3.0) * 0.16 * scan * alive;
    o_color = vec4(color * (0.35 + 0.65 * power) * v_luminance * GLARE * 0.34, alive * (0.12 + 0.5 * solid) * min(power, 1.0));
}
