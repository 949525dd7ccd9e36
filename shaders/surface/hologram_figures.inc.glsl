// What boards show of living things: a face, fish, somebody who dances; and a warning. In: p, a place on the board (some ±0.6), u_time.
// Out: brightness 0 .. 1.5. Cost: hundreds of operations and no texture.

// A woman's face as a relief: a skull, and what swells and sinks on it (metres of a head half a board wide).
float bump(vec2 p, vec2 at, vec2 size) {
    vec2 d = (p - at) / size;
    return exp(-dot(d, d));
}

float relief(vec2 p) {
    vec2 m = vec2(abs(p.x), p.y);
    float jaw = p.y < -0.06 ? 1.0 - 0.42 * square((-0.06 - p.y) / 0.36) : 1.0; // the oval narrows to the chin
    vec2 skull = vec2(p.x / (0.29 * max(jaw, 0.2)), (p.y - 0.03) / 0.44);
    float h = 0.26 * sqrt(max(1.0 - dot(skull, skull), 0.0));
    h -= 0.055 * bump(m, vec2(0.115, 0.055), vec2(0.075, 0.042)); // sockets
    h += 0.034 * bump(m, vec2(0.115, 0.042), vec2(0.052, 0.026)); // lids over the eyes
    h += 0.02 * bump(m, vec2(0.11, 0.115), vec2(0.1, 0.022));     // brows
    h += 0.03 * bump(m, vec2(0.17, -0.07), vec2(0.075, 0.07));    // cheekbones
    float ridge = clamp((0.07 - p.y) / 0.19, 0.0, 1.0);
    h += (0.02 + 0.055 * ridge) * exp(-square(p.x / (0.022 + 0.02 * ridge))) * smoothstep(-0.145, -0.11, p.y) * smoothstep(0.16, 0.05, p.y);
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
    float lid = 0.026 * blink * (1.0 - square(min(abs(e.x) / 0.058, 1.0)));
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
    float gloss = exp(-square((cap - 0.74 + 0.05 * sin(comb * 23.0)) * 8.0)) * smoothstep(-0.15, 0.2, c.y);
    float neck = step(abs(p.x), 0.1 + 0.3 * square(max(-0.42 - p.y, 0.0) * 2.4)) * step(p.y, -0.3) * (0.12 + 0.2 * smoothstep(0.1, -0.12, p.x));
    return mix(max(skin, h > 0.002 ? 0.0 : neck), 0.015 + (0.035 + 0.3 * gloss) * strand + 0.12 * smoothstep(0.96, 1.0, cap), hair);
}

// A carp with its head towards +x: a spine that waves, a round back under scales, a forked tail, fins that one sees through.
float carp(vec2 q, float phase) {
    float loose = clamp((0.14 - q.x) * 2.2, 0.0, 1.2);
    q.y += 0.035 * loose * sin(q.x * 9.0 - u_time * 2.6 + phase);
    float x = q.x, y = q.y;
    float w = 0.36 * sqrt(max((0.2 - x) * (x + 0.22), 0.0)) * (0.5 + 0.9 * clamp(x + 0.22, 0.0, 0.3)) + 0.012 * step(-0.24, x) * step(x, 0.0);
    float across = clamp(y / max(w, 1e-3), -1.0, 1.0);
    float body = smoothstep(0.005, -0.003, abs(y) - w) * step(-0.24, x) * step(x, 0.2);
    float dome = sqrt(1.0 - across * across);
    vec2 g = vec2(x * 38.0, across * 4.0);
    g.x += 0.5 * mod(floor(g.y), 2.0);
    vec2 f = fract(g) - vec2(0.35, 0.5);
    float scales = smoothstep(0.5, 0.38, abs(length(f) - 0.42) * 3.0) * step(x, 0.09) * dome;
    float patch_ = smoothstep(0.1, 0.5, sin(x * 21.0 + phase * 3.0) + sin(across * 2.3 + phase * 7.0) * 0.8);
    float skin = 0.16 + 0.34 * dome * (0.6 + 0.4 * across) + 0.3 * scales + 0.3 * patch_ * dome;
    float gill = smoothstep(0.012, 0.003, abs(x - 0.1 + 0.5 * y * y * 9.0)) * step(abs(across), 0.8);
    vec2 eye = vec2(x - 0.152, y - 0.014);
    skin = skin * (1.0 - 0.6 * gill) * smoothstep(0.006, 0.009, length(eye)) + 0.8 * smoothstep(0.005, 0.002, abs(length(eye) - 0.011));
    float a = (-0.2 - x) / 0.17; // along the tail
    float fan = step(0.0, a) * step(a, 1.0) * step(abs(y), 0.016 + 0.1 * a * sqrt(max(a, 0.0))) * step(0.14 * (a - 0.5), abs(y));
    float tail = fan * (0.3 + 0.35 * step(0.5, fract(y / (0.05 + 0.16 * max(a, 0.0)) * 3.0))) * (1.1 - 0.7 * a);
    float crest = 0.055 * sqrt(max((0.1 - x) * (x + 0.13), 0.0)) * 8.0;
    float fin = step(w, y) * step(y, w + crest) * (0.25 + 0.3 * step(0.5, fract(x * 42.0 + y * 10.0)));
    vec2 k = vec2(x - 0.06, y + 0.75 * w);
    float below = step(k.x, 0.0) * step(-0.12, k.x) * step(k.y, 0.3 * k.x) * step(1.1 * k.x - 0.01, k.y) * 0.4;
    return max(body * skin, max(tail, max(fin, below * (1.0 - body))));
}

float fish(vec2 p) {
    float sum = 0.0;
    for (int k = 0; k < 6; k++) {
        float h = hash_f(vec2(k, 3.0));
        float row = (float(k) + 0.5) / 6.0 - 0.5;
        vec2 q = p - vec2(fract(h + u_time * (0.03 + 0.03 * h)) * 1.7 - 0.85, row * 1.15 + 0.04 * sin(u_time * 0.7 + h * 9.0));
        float size = 1.0 + 0.9 * fract(h * 31.0);
        if (abs(q.y) * size < 0.2) sum = max(sum, carp(q * size, h * 40.0));
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

float capsule(vec2 p, vec2 a, vec2 b, float from, float to) {
    vec2 along = b - a;
    float h = clamp(dot(p - a, along) / dot(along, along), 0.0, 1.0);
    return length(p - a - along * h) - mix(from, to, h);
}

float blend(float a, float b, float k) { // a smooth union (Quilez, smooth minimum)
    float h = max(k - abs(a - b), 0.0) / k;
    return min(a, b) - h * h * k * 0.25;
}

// Distance to a dancer: joints swing by sines, stand in space, turn about the upright and are seen from the front.
float dancer(vec2 p, float t) {
    float beat = t * 2.6, turn = t * 0.8;
    vec2 x = vec2(cos(turn), sin(turn)); // what lies sideways is seen short when it points at us
    float sway = 0.045 * sin(beat), rise = 0.02 * sin(2.0 * beat);
    vec2 hip = vec2(sway, -0.02 + rise), chest = vec2(-0.6 * sway, 0.2 + rise), neck = chest + vec2(0.2 * sway, 0.075);
    float side = 0.35 + 0.65 * abs(x.x);
    float d = capsule(p, hip, chest, 0.036, 0.044);
    d = blend(d, capsule(p, chest + vec2(-0.066 * side, 0.036), chest + vec2(0.066 * side, 0.036), 0.02, 0.02), 0.03);
    d = blend(d, capsule(p, chest, neck + vec2(0.0, 0.02), 0.018, 0.014), 0.02);
    vec2 head = neck + vec2(0.3 * sway, 0.072);
    d = min(d, length((p - head) * vec2(1.1, 0.94)) - 0.042);
    vec2 tail = head + vec2(-0.12 * x.y - 0.04 * sin(beat - 0.8), -0.12);
    d = min(d, capsule(p, head + vec2(-0.045 * x.y, 0.01), tail, 0.016, 0.005));
    for (int k = 0; k < 2; k++) {
        float way = k == 0 ? 1.0 : -1.0;
        float depth = k == 0 ? x.y : -x.y;
        vec2 shoulder = chest + vec2(way * 0.078 * x.x, 0.04);
        float lift = 0.9 * sin(beat * 0.5 + way * 1.3) + 0.35, bend = 0.9 * sin(beat * 0.5 + way * 0.7 + 0.6);
        vec2 elbow = shoulder + 0.15 * vec2(way * (0.35 + 0.65 * abs(x.x)) * cos(lift), sin(lift) + 0.12 * depth);
        vec2 hand = elbow + 0.15 * vec2(way * (0.3 + 0.7 * abs(x.x)) * cos(lift + bend), sin(lift + bend));
        d = blend(d, capsule(p, shoulder, elbow, 0.018, 0.013), 0.012);
        d = blend(d, capsule(p, elbow, hand, 0.013, 0.007), 0.006);
        vec2 joint = hip + vec2(way * 0.045 * x.x, -0.03);
        float swing = sin(beat + (k == 0 ? 0.0 : 3.1416));
        vec2 knee = joint + vec2(0.1 * swing * x.y + way * 0.05 * x.x, -0.2 + 0.035 * max(swing, 0.0));
        vec2 foot = knee + vec2(-0.09 * max(swing, 0.0) * x.y + way * 0.015, -0.215 + 0.06 * max(swing, 0.0));
        d = blend(d, capsule(p, joint, knee, 0.034, 0.02), 0.012);
        d = blend(d, capsule(p, knee, foot, 0.02, 0.009), 0.006);
        d = min(d, capsule(p, foot, foot + vec2(0.04 * (x.y + 0.4 * way), -0.015), 0.01, 0.006));
    }
    // A skirt that flies with the turn.
    float down = clamp((hip.y + 0.03 - p.y) / 0.2, 0.0, 1.0);
    float hem = 0.05 + (0.1 + 0.025 * sin(beat * 0.5)) * down + 0.012 * down * sin(atan(p.x - hip.x, 0.4) * 22.0 + 5.0 * turn);
    float skirt = max(abs(p.x - hip.x - 0.02 * down * sin(beat + 0.7)) - hem, max(p.y - hip.y - 0.03, hip.y - 0.165 + 0.01 * sin(p.x * 40.0 + 6.0 * turn) - p.y));
    return blend(d, 0.8 * skirt, 0.012);
}
