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

// A woman's face in half-tones: ellipses for brow, lids, nose and lips, turned slowly.
float face(vec2 p) {
    p.x += 0.05 * sin(u_time * 0.31);
    float head = smoothstep(0.5, 0.36, length(p * vec2(1.25, 0.92)));
    float hair = smoothstep(0.02, 0.2, p.y - 0.12 + 0.35 * p.x * p.x) * head;
    vec2 e = vec2(abs(p.x + 0.03 * sin(u_time * 0.31)) - 0.16, p.y - 0.03);
    float blink = step(0.04, fract(u_time * 0.17));
    float lids = smoothstep(0.02, 0.0, abs(length(e * vec2(0.9, 2.6 - blink)) - 0.085));
    float iris = smoothstep(0.03, 0.02, length(e)) * blink;
    float brow = smoothstep(0.022, 0.0, abs(e.y - 0.11 + 0.8 * e.x * e.x)) * step(abs(e.x), 0.1);
    float nose = smoothstep(0.012, 0.0, abs(p.x - 0.025 - 0.03 * p.y)) * step(-0.16, p.y) * step(p.y, 0.02);
    float lips = smoothstep(0.03, 0.0, abs(p.y + 0.25 + 0.12 * p.x * p.x)) * step(abs(p.x), 0.12);
    float shade = head * (0.3 + 0.25 * smoothstep(-0.4, 0.3, p.x));
    return shade * (1.0 - 0.75 * hair) + 0.9 * (lids + iris + 0.6 * brow) * head + 0.45 * nose + 0.8 * lips;
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
    float burst = step(0.86, hash_f(vec2(floor(u_time * 6.0), 11.0)));
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
    vec3 color = tint * level + vec3(1.0) * pow(image, 3.0) * 0.12 * scan * alive;
    o_color = vec4(color * (0.35 + 0.65 * power) * v_luminance * GLARE * 0.34, 0.0);
}
