// What boards still sell and announce: a bottle turning, a timetable, columns of words. In: places on the board, u_time, the lettering
// atlas, u_words.  Out: brightness. Cost: one to six reads of the atlas.
uniform sampler2D u_lettering;
uniform vec4 u_words[32]; // places in the atlas (u, v of two corners): sixteen words upright, sixteen level

// The ink of a word at q, 0..1 over its place.
float word_at(int index, vec2 q) {
    if (q.x < 0.0 || q.y < 0.0 || q.x > 1.0 || q.y > 1.0) return 0.0;
    vec4 place = u_words[index];
    vec2 ink = textureLod(u_lettering, mix(place.xy, place.zw, q), 0.7).rg;
    return smoothstep(0.3, 0.7, ink.r) + 0.25 * ink.g * ink.g;
}

float word_shape(int index) { // height over width
    vec4 place = u_words[index];
    return (place.w - place.y) / max(place.z - place.x, 1e-4);
}

// A bottle as a body of rotation: its wires in front and behind, its label wrapped round it.
float bottle(vec2 p) {
    float y = p.y + 0.02;
    float radius = mix(0.16, 0.05, smoothstep(0.1, 0.27, y)) + 0.012 * smoothstep(0.43, 0.44, y) - 0.03 * smoothstep(-0.46, -0.5, y);
    float s = p.x / radius;
    float outline = exp(-square((abs(p.x) - radius) * 150.0)) * step(abs(y), 0.5);
    if (abs(s) > 1.0 || abs(y) > 0.5) return outline * 1.2;
    float facing = sqrt(1.0 - s * s), turn = u_time * 0.5;
    float front = asin(s) + turn, back = 3.1416 - asin(s) + turn;
    float thin = 0.035 / max(facing, 0.15);
    float wires = smoothstep(thin, 0.0, abs(fract(front * 1.9099) - 0.5)) + 0.4 * smoothstep(thin, 0.0, abs(fract(back * 1.9099) - 0.5));
    float hoops = smoothstep(0.05, 0.0, abs(fract(y * 13.0 + 0.1 * facing) - 0.5)) + 0.4 * smoothstep(0.05, 0.0, abs(fract(y * 13.0 - 0.1 * facing) - 0.5));
    float gleam = exp(-square((s + 0.5) * 8.0)) * 0.5 + pow(1.0 - facing, 2.0) * 0.6;
    float level = 0.03 + 0.008 * sin(p.x * 30.0 + u_time * 1.3);
    float drink = step(y, level) * (0.16 + 0.1 * facing) + smoothstep(0.008, 0.0, abs(y - level)) * 0.7;
    float bubbles = 0.0;
    for (int k = 0; k < 5; k++) {
        float h = hash_f(vec2(k, 77.0));
        vec2 at = vec2((h - 0.5) * 0.22 + 0.01 * sin(u_time * 3.0 + h * 20.0), -0.47 + 0.5 * fract(u_time * (0.08 + 0.06 * h) + h));
        bubbles += smoothstep(0.009, 0.006, length(p - at)) * step(y, level);
    }
    float band = step(-0.33, y) * step(y, -0.07);
    float label = 0.0;
    if (band > 0.0) {
        float u = fract(front / 3.1416); // twice round
        label = 0.2 + 0.3 * facing + 0.95 * facing * word_at(28 + int(mod(floor(front / 3.1416), 4.0)), vec2(u, (y + 0.33) / 0.26));
    }
    return mix(0.32 * (wires + hoops) + gleam + drink + 0.6 * bubbles, gleam * 0.5 + label, band) + outline;
}

// Seven segments in a cell of 1 by 1.7.
float digit(vec2 q, int value) {
    const int LIT[10] = int[](0x77, 0x24, 0x5d, 0x6d, 0x2e, 0x6b, 0x7b, 0x25, 0x7f, 0x6f); // top, upper left and right, middle, lower left and right, bottom
    if (q.x < 0.0 || q.x > 1.0 || q.y < 0.0 || q.y > 1.7) return 0.0;
    int lit = LIT[value];
    float sum = 0.0;
    vec2 m = abs(q - vec2(0.5, 0.85));
    float level = smoothstep(0.34, 0.28, m.x), stem = smoothstep(0.06, 0.1, abs(abs(q.y - 0.85) - 0.37) > 0.3 ? 0.0 : 0.2);
    if ((lit & 1) != 0) sum += level * smoothstep(0.08, 0.04, abs(q.y - 1.55));
    if ((lit & 8) != 0) sum += level * smoothstep(0.08, 0.04, abs(q.y - 0.85));
    if ((lit & 64) != 0) sum += level * smoothstep(0.08, 0.04, abs(q.y - 0.15));
    bool upper = q.y > 0.85;
    if ((lit & (upper ? 2 : 16)) != 0) sum += stem * smoothstep(0.08, 0.04, abs(q.x - 0.14));
    if ((lit & (upper ? 4 : 32)) != 0) sum += stem * smoothstep(0.08, 0.04, abs(q.x - 0.86));
    return min(sum, 1.0);
}

float number(vec2 q, int value) { // two digits
    return q.x < 1.25 ? digit(q, (value / 10) % 10) : digit(q - vec2(1.3, 0.0), value % 10);
}

// Departures: an hour, where to, from which track. Row by row they are struck out, until none is left and the board begins its day again.
float timetable(vec2 uv, float own) {
    const float ROWS = 9.0;
    float row = floor((1.0 - uv.y) * ROWS), y = fract(uv.y * ROWS);
    float cycle = u_time / 46.0 + own, day = floor(cycle), hour = fract(cycle) * 46.0;
    if (row < 1.0) { // the head: a bar, and a word for what this was
        float bar = step(0.12, y) * step(y, 0.9) * 0.4;
        return bar + word_at(16 + int(own * 15.9), vec2((uv.x - 0.06) * 2.2, (y - 0.1) / 0.8)) * 0.9;
    }
    float fails = 3.0 + 42.0 * hash_f(vec2(row, day + 7.0));
    float gone = smoothstep(fails, fails + 0.3, hour);
    float struggle = hour > fails - 2.5 && hour < fails ? 0.35 + 0.65 * hash_f(vec2(row, floor(u_time * mix(9.0, 1.2, u_calm)))) : 1.0;
    int minutes = int(19.0 * 60.0 + row * 11.0 + floor(7.0 * hash_f(vec2(row, day))));
    vec2 q = vec2(uv.x * 30.0, (y - 0.18) * 2.8);
    float sum = number(q - vec2(1.4, 0.0), minutes / 60) + number(q - vec2(5.0, 0.0), minutes % 60);
    sum += step(abs(q.x - 4.4), 0.14) * (step(abs(q.y - 0.5), 0.14) + step(abs(q.y - 1.2), 0.14));
    int word = 16 + int(hash_f(vec2(row, day + 31.0)) * 15.9);
    float wide = min(0.42, 0.085 / word_shape(word) * 1.5);
    float name = word_at(word, vec2((uv.x - 0.34) / wide, y));
    float track = digit(q - vec2(26.5, 0.0), 1 + int(8.0 * hash_f(vec2(row, 3.0))));
    float rule = smoothstep(0.04, 0.0, abs(y - 0.03)) * 0.3;
    float struck = step(abs(y - 0.5), 0.05) * step(0.03, uv.x) * step(uv.x, 0.97) * step(0.4, fract(uv.x * 24.0));
    return rule + mix((sum + name + track) * struggle, 0.07 * (sum + name) + 0.5 * struck, gone);
}

// Words that rise in columns, one after another, each column at its own pace; `layer` shifts which.
float columns(vec2 p, float width, float layer) {
    float column = floor(p.x / width);
    float h = hash_f(vec2(column, layer * 17.0 + 5.0));
    float y = p.y / width + u_time * (0.35 + 0.5 * h) + 40.0 * h;
    const float PITCH = 6.4; // of a word, in widths
    float turn = floor(y / PITCH);
    int word = int(hash_f(vec2(turn, column + layer * 31.0)) * 15.9);
    float shape = word_shape(word);
    vec2 q = vec2(fract(p.x / width), mod(y, PITCH) / min(shape, PITCH - 0.4));
    float pale = hash_f(vec2(turn * 3.0, column + 9.0));
    return word_at(word, q) * (0.25 + 0.75 * pale * pale) * step(h, 0.8);
}
