#version 330
// A projected board: scan lines, torn rows, drifting shapes, drop-outs. In: v_uv 0..1 over the board, v_what (variant = content, aspect).
// Out: luminance to add (cd/m²). Every motion is a function of u_time alone.
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

// A woman's face as a relief: a skull, and what swells and sinks on it (metres of a head half a board wide).
float bump(vec2 p, vec2 at, vec2 size) {
    vec2 d = (p - at) / size;
    return exp(-dot(d, d));
}

float relief(vec2 p) {
    vec2 m = vec2(abs(p.x), p.y);
    float jaw = p.y < -0.06 ? 1.0 - 0.42 * pow((-0.06 - p.y) / 0.36, 2.0) : 1.0; // the oval narrows to the chin
    vec2 skull = vec2(p.x / (0.29 * max(jaw, 0.2)), (p.y - 0.03) / 0.44);
    float h = 0.26 * sqrt(max(1.0 - dot(skull, skull), 0.0));
    h -= 0.055 * bump(m, vec2(0.115, 0.055), vec2(0.075, 0.042)); // sockets
    h += 0.034 * bump(m, vec2(0.115, 0.042), vec2(0.052, 0.026)); // lids over the eyes
    h += 0.02 * bump(m, vec2(0.11, 0.115), vec2(0.1, 0.022));     // brows
    h += 0.03 * bump(m, vec2(0.17, -0.07), vec2(0.075, 0.07));    // cheekbones
    float ridge = clamp((0.07 - p.y) / 0.19, 0.0, 1.0);
    h += (0.02 + 0.055 * ridge) * exp(-pow(p.x / (0.022 + 0.02 * ridge), 2.0)) * smoothstep(-0.145, -0.11, p.y) * smoothstep(0.16, 0.05, p.y);
    h += 0.022 * bump(m, vec2(0.034, -0.118), vec2(0.02, 0.018));  // wings of the nose
    h += 0.03 * bump(p, vec2(0.0, -0.2), vec2(0.075, 0.018)) + 0.034 * bump(p, vec2(0.0, -0.232), vec2(0.06, 0.02)); // lips
    h -= 0.022 * bump(p, vec2(0.0, -0.214), vec2(0.085, 0.006));
    h -= 0.014 * bump(p, vec2(0.0, -0.275), vec2(0.06, 0.018));
    return h + 0.03 * bump(p, vec2(0.0, -0.335), vec2(0.06, 0.045)); // chin
}

// The relief, lit from a side that wanders; her hair; eyes that open and close and follow somebody who is not there.
float face(vec2 p) {
    float turn = 0.22 * sin(u_time * 0.23);
    p = p * 1.02 + vec2(0.0, 0.02);
    vec2 q = p - vec2(turn * (relief(p) - 0.1), 0.0); // what stands out moves more
    const float E = 0.006;
    float h = relief(q);
    vec3 n = normalize(vec3(h - relief(q + vec2(E, 0.0)), h - relief(q + vec2(0.0, E)), 0.75 * E));
    float lamp = 0.9 + 0.6 * sin(u_time * 0.17);
    float lit = max(dot(n, normalize(vec3(-sin(lamp), 0.35, 0.75))), 0.0);
    float rim = pow(max(1.0 - n.z, 0.0), 3.0);
    float skin = h > 0.002 ? 0.05 + 0.72 * lit * lit + 0.35 * rim : 0.0;
    // Eyes: a lens between two lids, a ring of iris, its glint.
    vec2 e = vec2(abs(q.x) - 0.115, q.y - 0.045);
    float blink = smoothstep(0.0, 0.035, abs(fract(u_time * 0.19) - 0.5));
    float lid = 0.026 * blink * (1.0 - pow(min(abs(e.x) / 0.058, 1.0), 2.0));
    float white = smoothstep(0.004, -0.004, abs(e.y + 0.004 * e.x / 0.05) - lid);
    vec2 look = vec2(q.x - sign(q.x) * 0.115 - 0.016 * sin(u_time * 0.41), e.y - 0.004);
    float iris = smoothstep(0.026, 0.022, length(look)), pupil = smoothstep(0.012, 0.009, length(look));
    float eye = 0.62 - 0.42 * iris - 0.2 * pupil + 0.9 * smoothstep(0.007, 0.003, length(look - vec2(-0.008, 0.009)));
    skin = mix(skin, eye, white);
    float lash = smoothstep(0.007, 0.001, abs(e.y - lid - 0.002)) * step(abs(e.x), 0.062);
    float brow = smoothstep(0.013, 0.004, abs(e.y - 0.083 + 1.4 * e.x * e.x)) * smoothstep(0.085, 0.05, abs(e.x));
    float mouth = bump(q, vec2(0.0, -0.214), vec2(0.075, 0.005));
    float lips = smoothstep(1.0, 0.7, length((q - vec2(0.0, -0.216)) / vec2(0.088, 0.034)));
    skin *= (1.0 - 0.8 * lash) * (1.0 - 0.6 * brow) * (1.0 - 0.85 * mouth) * (1.0 - 0.3 * lips);
    // Hair: a bob with a fringe, combed in strands.
    vec2 c = vec2(p.x, p.y - 0.05);
    float cap = length(c / vec2(0.34 - 0.05 * smoothstep(0.0, -0.3, c.y), 0.425));
    float fringe = 0.19 + 0.008 * sin(q.x * 71.0) + 0.006 * sin(q.x * 163.0) - 0.5 * q.x * q.x;
    float sides = smoothstep(0.225, 0.25, abs(q.x) + 0.05 * max(0.1 - q.y, 0.0));
    float hair = step(cap, 1.0) * max(step(fringe, q.y), sides) * step(-0.27 - 0.06 * abs(p.x) - 0.01 * sin(p.x * 140.0), p.y);
    float comb = atan(c.x, 0.62 + c.y);
    float strand = 0.55 + 0.3 * sin(comb * 211.0 + 4.0 * sin(c.y * 7.0)) + 0.15 * sin(comb * 467.0);
    float gloss = exp(-pow((cap - 0.74 + 0.05 * sin(comb * 23.0)) * 8.0, 2.0)) * smoothstep(-0.15, 0.2, c.y);
    float neck = step(abs(p.x), 0.1 + 0.3 * pow(max(-0.42 - p.y, 0.0) * 2.4, 2.0)) * step(p.y, -0.3) * (0.12 + 0.2 * smoothstep(0.1, -0.12, p.x));
    return mix(max(skin, h > 0.002 ? 0.0 : neck), 0.015 + (0.035 + 0.3 * gloss) * strand + 0.12 * smoothstep(0.96, 1.0, cap), hair);
}

float fish(vec2 p) {
    float sum = 0.0;
    for (int k = 0; k < 6; k++) {
        float h = hash_f(vec2(k, 3.0));
        float row = (float(k) + 0.5) / 6.0 - 0.5;
        vec2 q = p - vec2(fract(h + u_time * (0.03 + 0.03 * h)) * 1.5 - 0.75, row * 0.9 + 0.04 * sin(u_time * 0.7 + h * 9.0));
        q *= 1.1 + 0.9 * fract(h * 31.0);
        q.y += 0.03 * sin(q.x * 9.0 - u_time * 3.0);
        float body = smoothstep(0.02, -0.02, length(q * vec2(1.0, 2.6)) - 0.17);
        float tail = step(q.x, -0.13) * step(-0.3, q.x) * step(abs(q.y), -0.13 - q.x + 0.02);
        float scales = 0.55 + 0.45 * sin(q.x * 80.0) * sin(q.y * 110.0);
        sum += max(body * scales, tail * 0.8);
    }
    return sum;
}

float warning(vec2 p) {
    float stripe = step(0.5, fract((p.x + p.y) * 5.0 - u_time * 0.4)) * step(0.4, abs(p.y));
    float tri = max(abs(p.x) * 0.866 + p.y * 0.5, -p.y) - 0.2;
    float edge = smoothstep(0.025, 0.0, abs(tri));
    float bang = step(abs(p.x), 0.022) * step(-0.06, p.y) * step(p.y, 0.13) + step(length(p + vec2(0.0, 0.115)), 0.03);
    return 0.6 * stripe + (edge + bang) * (0.55 + 0.45 * step(0.5, fract(u_time * 0.8)));
}

void main() {
    if (v_position.z < u_clip_z) discard;
    float aspect = float(v_what.w) / 16.0;
    float power = u_power[v_what.y];
    vec2 uv = v_uv;
    // Rows tear sideways in bursts.
    float row = floor(uv.y * 46.0);
    float burst = (1.0 - u_calm) * step(0.86, hash_f(vec2(floor(u_time * 6.0), 11.0)));
    uv.x += burst * (hash_f(vec2(row, floor(u_time * 14.0))) - 0.5) * 0.22 * step(0.6, hash_f(vec2(row, floor(u_time * 5.0))));
    uv.y = fract(uv.y + burst * 0.04 * step(0.8, hash_f(vec2(floor(u_time * 9.0), 2.0))));
    vec2 p = (uv - 0.5) * vec2(aspect, 1.0) / max(aspect, 0.75);
    int content = v_what.z;
    float image = content == 0 ? face(p) : content == 1 ? fish(p) : warning(p);
    vec2 rim = min(uv, 1.0 - uv);
    float edge = min(rim.x * aspect, rim.y);
    float frame = smoothstep(0.012, 0.004, abs(edge - 0.02)) * 0.8;
    float footage = 128.0;
    float scan = 0.62 + 0.38 * sin((uv.y * footage + u_time * 2.0) * 6.2832);
    float fade = clamp(1.0 - fwidth(uv.y) * footage * 0.8, 0.0, 1.0);
    scan = mix(0.66, scan, fade);
    float grit = 0.75 + 0.5 * (texture(u_noise, uv * vec2(3.0, 5.0) + u_time * 0.7).b - 0.5);
    float sweep = exp(-abs(fract(uv.y - u_time * 0.13) - 0.5) * 26.0) * 0.6;
    float alive = smoothstep(0.0, 0.03, edge);
    float level = ((image + 0.06 + 0.12 * sweep) * scan * grit + frame) * alive;
    vec3 tint = v_tint.rgb * v_tint.rgb;
    vec3 color = tint * level + vec3(1.0) * pow(max(image, 0.0), 3.0) * 0.12 * scan * alive;
    o_color = vec4(color * (0.35 + 0.65 * power) * v_luminance * GLARE * 0.34, 0.0);
}
