// Neon: bare tubes, and words bent from them or lit from behind. In: the lettering atlas, the gas's colour (linear), u_power.
// Out: light as a share of the sign's luminance, or a Skin. Cost: one read of the pattern texture and one of the atlas a word, none a tube.
// Space: the atlas, in ems. Source: what is seen of real signs: an arc too bright for colour, glass that is all colour, black electrodes.
const float TUBE_WIDE = 0.026;                                      // m
const float ATLAS_PX = 2048.0, EM_PX = 62.0, OUTLINE_PX = 16.0;     // as world/mesh/lettering.py

// A tube's light across it (x: 0 in its middle, 1 at its rim): the arc is a thread, nearly white because it is too bright for any colour;
// the glass round it is the gas's own. In: the gas, how far from its dark electrodes (m), how much of a pixel the tube fills.
vec3 tube_light(vec3 gas, float x, float to_end, float filled) {
    float thread = exp(-5.0 * x * x);
    vec3 near = gas * (0.3 + 0.45 * (1.0 - x * x)) + mix(gas, vec3(1.0), 0.62) * (1.1 * thread);
    vec3 far = gas * 0.6 + mix(gas, vec3(1.0), 0.62) * 0.62; // its mean
    vec3 light = mix(far, near, smoothstep(1.0, 3.0, filled));
    float spent = smoothstep(0.015, 0.07, to_end);
    return mix(light * vec3(0.16, 0.06, 0.03), light, spent); // the ends are black with spatter, and glow dull
}

// What one character's glass does: dead, starved, or well. Cut by a bent grid over the letters, hashed by the sign's own number.
// `to_end` is how far the cut is, in ems.
float stretch_of(vec2 em, int seed, out float to_end) {
    vec2 g = vec2(em.x + 0.45 * em.y, em.y - 0.3 * em.x) * 1.9 + 0.28 * sin(em.yx * vec2(2.3, 1.9) + float(seed));
    vec2 edge = min(fract(g), 1.0 - fract(g));
    to_end = min(edge.x, edge.y) / 1.9;
    return hash_f(floor(g) + vec2(float(seed) * 7.0, 311.0));
}

// A word in neon, one sign in three each: a face of glass that glows from behind; a tube bent along its outline; a dim face with a tube
// round it. Where all is dark: letters of dead glass on a painted board.
Skin neon_word(vec3 gas, vec3 n, vec2 uv, float seed_light, float power, int seed, float open) {
    vec3 ink = texture(u_lettering, uv, -0.9).rgb;
    vec2 em = uv * (ATLAS_PX / EM_PX);
    vec2 wide = fwidth(uv) * ATLAS_PX;
    float texels = max(wide.x, wide.y); // of a pixel
    float fine = 1.0 - smoothstep(1.2, 2.6, texels);
    float within = (ink.b - 0.5) * 2.0 * OUTLINE_PX; // atlas pixels inside the outline
    float core = smoothstep(0.35, 0.65, ink.r);
    int style = seed % 3;
    float x = abs(within - 1.6) / 1.5;
    float to_end = 1.0;
    float draw = style == 0 ? 1.0 : stretch_of(em, seed, to_end);
    float spent = style == 0 ? 1.0 : mix(0.85, smoothstep(0.012, 0.06, to_end), fine);
    float alive = step(0.085, draw) * spent;
    if (draw > 0.9 && style > 0) power *= power * power; // a weak stretch goes first; its glow goes with the sign's
    // The board: sheet steel painted in a shop's colours once.
    vec3 paint = seed % 5 == 0 ? vec3(0.2, 0.19, 0.17) : seed % 5 == 1 ? vec3(0.09, 0.012, 0.012) : seed % 5 == 2 ? vec3(0.012, 0.02, 0.05)
        : seed % 5 == 3 ? vec3(0.012, 0.035, 0.026) : vec3(0.025);
    float wear = texture(u_noise, em * vec2(0.31, 0.045) + 0.13 * float(seed)).r;
    vec3 board = paint * (0.45 + 0.9 * wear) * (1.0 - 0.5 * smoothstep(0.5, 0.62, wear));
    float glass = style == 0 ? core : max(core * 0.35, fine * smoothstep(1.25, 0.75, x));
    vec3 letter = seed % 5 == 0 ? vec3(0.03) : vec3(0.17, 0.18, 0.18) * (0.7 + 0.5 * wear);
    Skin skin = Skin(mix(board, letter, glass), n, mix(0.6, 0.85, glass), 0.05, open, vec3(0.0));
    if (seed_light <= 0.0) return skin;
    float lit = seed_light * GLARE * power;
    float halo = exp(-max(-within, 0.0) * 0.33);
    vec3 hot = mix(gas, vec3(1.0), 0.62);
    vec3 face, line;
    if (style == 0) {
        face = gas * core * (0.42 + 0.14 * smoothstep(1.0, 5.0, within)) + hot * core * 0.16 * smoothstep(1.5, 6.0, within);
        skin.emitted = lit * (face + gas * (0.16 * halo * (1.0 - core) + 0.012));
    } else {
        float tube = exp(-1.1 * x * x), glow = exp(-0.55 * max(x - 0.6, 0.0));
        vec3 sharp = gas * (0.2 * glow * (0.3 + 0.7 * alive)) + (gas * 0.55 * tube + hot * 1.3 * exp(-5.0 * x * x)) * alive;
        face = gas * core * (style == 2 ? 0.14 : 0.0);
        // From afar the outline fills its letter.
        vec3 blurred = (gas * 0.34 + hot * 0.27) * core * 0.9 + gas * 0.16 * halo * (1.0 - core);
        skin.emitted = lit * (mix(blurred, sharp, fine) + face + gas * 0.004);
    }
    return skin;
}
