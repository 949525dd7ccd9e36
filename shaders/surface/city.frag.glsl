#version 330
// Everything built: walls, panes, signs, cars, machines. In: v_* of city.vert, the light field, the lettering atlas.
// Out: luminance (cd/m², before exposure) of the scene. Cost: two 3D reads, two to six reads of the pattern texture, one of the relief.
// Sources: wet surfaces by Lagarde's series (2b, 3b); interior mapping by van Dongen (2008); see each part.
#if defined(USE_FAR) && !defined(LAMPS)
#define LAMPS 0 // they end before
#elif defined(USE_MIRROR)
#define USE_FAR
#endif
#include "include/frame.inc.glsl"
#include "include/noise.inc.glsl"
#include "include/cover.inc.glsl"
#if !defined(USE_FAR) && !defined(USE_PANES) && !defined(USE_BLAZE) && !defined(USE_GLOW)
#define IN_SHADOW
#endif
#include "include/light.inc.glsl"
uniform sampler2D u_lettering;
uniform float u_clip_z; // the mirror's camera sees nothing below the water
in vec3 v_position;
in vec3 v_normal;
in vec4 v_tint;
in vec2 v_uv;
flat in ivec4 v_what;
flat in float v_luminance;
out vec4 o_color;

const int CONCRETE = 0, TILE = 1, PLASTER = 2, METAL = 3, PAINT = 4, GLASS = 5, WINDOW_LIT = 6, WINDOW_BROKEN = 7, RUBBER = 8,
          RUBBLE = 9, SIGN_PANEL = 10, TUBE = 11, LAMP = 12, SHUTTER = 13, DECK = 14, BARK = 15, FOLIAGE = 16, EMBER = 17, GOODS = 18;

// What a permutation draws (the stage sorts triangles by it): a renderer that runs both sides of every branch, as software does and wide
// groups of pixels do, must not pay for the finishes that are not there.
#if defined(USE_MASONRY)
const int DRAWN = 1 << CONCRETE | 1 << TILE | 1 << PLASTER | 1 << RUBBLE | 1 << DECK;
#elif defined(USE_SHEET)
const int DRAWN = 1 << METAL | 1 << PAINT | 1 << SHUTTER;
#elif defined(USE_PANES)
const int DRAWN = 1 << GLASS | 1 << WINDOW_LIT | 1 << WINDOW_BROKEN;
#elif defined(USE_BLAZE)
const int DRAWN = 1 << WINDOW_LIT;
#elif defined(USE_GLOW)
const int DRAWN = 1 << SIGN_PANEL | 1 << TUBE | 1 << LAMP | 1 << EMBER;
#elif defined(USE_BODY)
const int DRAWN = 1 << METAL | 1 << PAINT | 1 << RUBBER | 1 << BARK | 1 << GLASS | 1 << LAMP;
#elif defined(USE_PLAIN)
const int DRAWN = 1 << RUBBER | 1 << BARK | 1 << FOLIAGE | 1 << GOODS;
#else
const int DRAWN = -1;
#endif
#define DRAWS(f) ((DRAWN & 1 << (f)) != 0)
#define IS(f) (DRAWS(f) && finish == (f))

// How much of a fine pattern is seen at a distance; nothing from afar, and what is multiplied by nothing is not read.
float detail_at(float distance_, float from, float to) {
#ifdef USE_FAR
    return 0.0;
#else
    return 1.0 - smoothstep(from, to, distance_);
#endif
}

// Patterns of the surface. From afar one read stands for all of them, at a scale by finish.
#ifdef USE_FAR
vec4 far_pattern = vec4(0.0);
vec4 pattern(vec2 at) {
    return far_pattern;
}
#else
vec4 pattern(vec2 at) {
    return texture(u_noise, at);
}
#endif
uniform float u_pixel_angle; // of one pixel (radians)

struct Skin {
    vec3 albedo;
    vec3 normal;
    float gloss;  // 0 matt .. 1 mirror
    float f0;
    float open;   // ambient occlusion
    vec3 emitted; // cd/m², drawn
};

vec3 linear(vec3 srgb) {
    return srgb * (srgb * (srgb * 0.305306 + 0.682171) + 0.012523);
}

// Two directions along the surface: `across` is level, `down` falls.
void frame_of(vec3 n, out vec3 across, out vec3 down) {
    across = abs(n.z) > 0.95 ? vec3(1.0, 0.0, 0.0) : normalize(vec3(-n.y, n.x, 0.0));
    down = cross(across, n);
}

#include "surface/neon.inc.glsl"
#ifndef USE_MIRROR
#include "surface/cards.inc.glsl"
#endif

// What the weather did to a wall: leaks run down from above, soot rises, dirt gathers low. Where it is dry, only damp comes through,
// in clouds with a rim.
float stains(vec2 s, float height, float dry, out float streak) {
    float leak = texture(u_noise, vec2(s.x * 0.21, s.y * 0.011)).r;
#ifdef USE_FAR
    float fine = leak;
#else
    float fine = texture(u_noise, vec2(s.x * 0.9 + 0.37, s.y * 0.035)).r;
#endif
    streak = smoothstep(0.5, 0.8, leak * 0.6 + fine * 0.4);
    float low = exp(-max(height, 0.0) * 1.3);
#ifdef USE_FAR
    float damp = 0.0;
#else
    float cloud = texture(u_noise, s * vec2(0.13, 0.1)).r * 0.75 + fine * 0.25;
    float damp = 0.22 * smoothstep(0.5, 0.56, cloud) + 0.14 * smoothstep(0.035, 0.0, abs(cloud - 0.51));
#endif
    return clamp(1.0 - mix(0.62 * streak + 0.35 * low, damp, dry), 0.15, 1.0);
}

Skin masonry(int finish, vec3 tint, vec3 n, vec2 s, float distance_) {
    Skin skin = Skin(tint, n, 0.25, 0.03, 1.0, vec3(0.0));
    vec3 across, down;
    frame_of(n, across, down);
    vec4 broad = pattern(s * 0.083);
    vec4 near = pattern(s * 0.61);
    vec4 web = pattern(s * (IS(RUBBLE) ? 2.3 : IS(PLASTER) ? 0.19 : 0.13)); // g: cracks
    float detail = detail_at(distance_, 9.0, 26.0), close = detail_at(distance_, 2.0, 8.0);
    float shade = 0.72 + 0.5 * (broad.r - 0.5) + 0.28 * (near.b - 0.5) * detail;
    if (IS(TILE)) {
        vec2 size = vec2(0.235, 0.075);
        vec2 g = s / size;
        g.x += 0.5 * mod(floor(g.y), 2.0);
        vec2 f = fract(g);
        vec2 edge = min(f, 1.0 - f) * size;
        float grout = 1.0 - smoothstep(0.003, 0.008, min(edge.x, edge.y));
        float lost = step(0.955 - 0.12 * broad.g, hash_f(floor(g)));
        float own = hash_f(floor(g) + 71.0);
        shade *= mix(1.0, (0.86 + 0.28 * own) * (1.0 - 0.5 * grout) * (1.0 - 0.45 * lost), detail);
        skin.gloss = mix(0.5, mix(0.72, 0.12, max(grout, lost)), detail);
        skin.normal = normalize(n + detail * (across * (own - 0.5) + down * (fract(own * 7.3) - 0.5)) * 0.07 * (1.0 - lost));
        skin.f0 = 0.045;
    } else if (IS(CONCRETE) || IS(DECK)) {
        vec2 board = s / vec2(1.8, 0.9);
        vec2 f = abs(fract(board) - 0.5);
        float joint = smoothstep(0.488, 0.498, max(f.x, f.y));
        vec2 hole = (abs(fract(board * vec2(1.0, 1.0) + 0.25) - 0.5) - vec2(0.0)) * vec2(1.8, 0.9);
        float tie = 1.0 - smoothstep(0.02, 0.03, length(hole));
        shade *= 1.0 - detail * (0.42 * joint + 0.5 * tie);
        float crack = smoothstep(0.86, 0.97, web.g);
        shade *= 1.0 - 0.5 * crack * detail;
        shade += close * (0.34 * (near.a - 0.5) - 0.3 * smoothstep(0.74, 0.84, near.b)); // laitance, pores
        skin.normal = normalize(n + detail * (across * (near.b - 0.5) + down * (near.a - 0.5)) * 0.35);
    } else if (IS(PLASTER)) {
        float crack = smoothstep(0.8, 0.96, web.g);
        float bare = smoothstep(0.66, 0.72, broad.r * 0.7 + near.r * 0.3);
        shade *= (1.0 - 0.55 * crack * detail);
        skin.albedo = mix(skin.albedo, vec3(0.17, 0.155, 0.14), bare * 0.8);
        // The trowel's strokes, and where the paint has come off in flakes: what is under it is pale, the flake's lip throws a shadow.
        float worn = near.a * 0.62 + broad.a * 0.38, flake = smoothstep(0.615, 0.625, worn), lip = smoothstep(0.02, 0.0, abs(worn - 0.61));
        skin.albedo = mix(skin.albedo, skin.albedo * 0.5 + vec3(0.15, 0.143, 0.13), 0.6 * flake * detail);
        shade *= (1.0 - 0.45 * lip * close) * (1.0 + close * (0.5 * (near.a - 0.5) + 0.2 * (near.b - 0.5)));
        skin.normal = normalize(n + (across * (near.b - 0.5) + down * (near.a - 0.5)) * 0.3 * detail);
    } else if (DRAWS(RUBBLE)) {
        // Broken concrete: pale mortar, and the pebbles in it, some grey, some brown, each with a face of its own.
        vec4 grain = web;
        float pebble = smoothstep(0.53, 0.6, grain.r) * detail;
        skin.albedo = mix(skin.albedo, tint * mix(vec3(0.62, 0.66, 0.72), vec3(1.1, 0.9, 0.68), step(0.5, grain.g)), pebble);
        shade *= (0.66 + 0.7 * near.b) * (1.0 - 0.5 * detail * smoothstep(0.47, 0.53, grain.r) * (1.0 - pebble));
        skin.normal = normalize(n + (across * (near.b - 0.5) + down * (near.r - 0.5)) * 1.1 * detail
            + (across * (grain.b - 0.5) + down * (grain.a - 0.5)) * 0.8 * pebble);
        skin.gloss = 0.12;
    }
    skin.albedo *= shade;
    return skin;
}

Skin sheet(int finish, vec3 tint, vec3 n, vec2 s, float distance_) {
    Skin skin = Skin(tint, n, 0.55, 0.06, 1.0, vec3(0.0));
    vec3 across, down;
    frame_of(n, across, down);
    vec4 broad = pattern(s * 0.17);
    float detail = detail_at(distance_, 14.0, 40.0);
    if (IS(SHUTTER)) {
        float wave = s.y / 0.085;
        float slope = sin(wave * 6.2832);
        skin.normal = normalize(n + down * slope * 0.55 * detail);
        skin.albedo *= mix(0.85, 0.8 + 0.25 * cos(wave * 6.2832), detail);
        float paint = pattern(s * 0.055 + 0.31).r;
        skin.albedo = mix(skin.albedo, vec3(0.08, 0.2, 0.22) * (0.5 + paint), smoothstep(0.56, 0.6, paint) * 0.55);
        skin.gloss = 0.42;
    }
    float rust = smoothstep(0.52, 0.72, broad.r * 0.6 + pattern(s * vec2(0.8, 0.09)).r * 0.4);
    skin.albedo = mix(skin.albedo, vec3(0.13, 0.052, 0.022) * (0.6 + broad.b), rust * (IS(PAINT) ? 0.35 : 0.75));
    skin.gloss = mix(IS(PAINT) ? 0.86 : skin.gloss, 0.15, rust);
    skin.f0 = IS(PAINT) ? 0.055 : 0.16;
    if (IS(METAL)) skin.normal = normalize(n + (across * (broad.b - 0.5) + down * (broad.a - 0.5)) * (0.25 + 0.6 * rust) * detail); // dents, flakes
    if (IS(PAINT)) { // a film of rain, and beads where it stands
        float beads = pattern(s * 5.3).b - 0.5;
        float close = u_wetness * detail_at(distance_, 3.0, 14.0) * (1.0 - rust);
        skin.normal = normalize(n + (across * beads + down * (pattern(s * 5.3 + 0.5).a - 0.5)) * 0.09 * close);
        skin.albedo *= 1.25;
    }
    return skin;
}

// Shelves at a shop's back: bottles, tins and packets of all sizes, each with its label, and the gaps that looters left. q: 0 .. 1.
vec3 stock(vec2 q, float v) {
    float row = floor(q.y * 5.0), up = fract(q.y * 5.0);
    if (up < 0.1) return vec3(0.2, 0.15, 0.11);
    float along = q.x * 21.0 + 3.0 * hash_f(vec2(row, v)), own = hash_f(vec2(floor(along), row + v * 13.0));
    float x = abs(fract(along) - 0.5) * 2.0, high = 0.34 + 0.52 * fract(own * 11.0), y = (up - 0.1) / high;
    float neck = own > 0.62 ? smoothstep(0.62, 0.8, y) * 0.55 : 0.0; // a bottle's
    if (own < 0.24 || y > 1.0 || x > 0.88 - neck) return vec3(0.07, 0.06, 0.055) * (0.5 + 0.5 * up);
    vec3 coat = vec3(0.08 + 0.42 * fract(own * 17.0), 0.07 + 0.3 * fract(own * 29.0), 0.06 + 0.28 * fract(own * 41.0));
    float label = step(0.2, y) * step(y, 0.5) * step(0.4, fract(own * 7.0));
    return mix(coat, vec3(0.5, 0.46, 0.38), label) * (1.0 - 0.55 * x * x);
}

// A room behind glass (interior mapping): the ray is carried to the box's walls; furniture is one dark plane half way in.
vec3 room(vec2 uv, vec3 ray, vec3 lamp, int variant, bool shop) {
    float depth = shop ? 0.55 : 0.8;
    vec3 o = vec3(uv * 2.0 - 1.0, -1.0);
    vec3 d = vec3(ray.xy, ray.z / depth * 0.9);
    d = normalize(d + 1e-4);
    vec3 t3 = abs(1.0 / d) - o / d;
    float t = min(min(t3.x, t3.y), t3.z);
    vec3 p = o + t * d;
    float v = float(variant);
    vec3 wall = vec3(0.62, 0.56, 0.5) * (0.6 + 0.4 * fract(v * 0.37));
    vec3 c = wall;
    if (abs(p.z) > 0.98) { // the back: shelves or a picture
        vec2 q = p.xy * 0.5 + 0.5;
        if (shop) {
            c = stock(q, v);
        } else {
            float frame = step(0.18 + 0.3 * fract(v * 0.11), q.x) * step(q.x, 0.6) * step(0.42, q.y) * step(q.y, 0.72);
            c *= 1.0 - 0.6 * frame;
        }
    } else if (p.y > 0.98) {
        float tube = step(abs(p.x), 0.12) * step(abs(p.z), 0.65);
        c = wall * 0.9 + tube * 6.0;
    } else if (p.y < -0.98) {
        c = vec3(0.16, 0.12, 0.09) * (0.7 + 0.5 * mod(floor(p.x * 3.0) + floor(p.z * 3.0), 2.0));
    } else if (shop) { // a dado, and bills stuck on the wall above it
        vec2 bill = vec2(p.z * 3.1, p.y * 1.9 + 0.2), at = fract(bill);
        float own = hash_f(floor(bill) + v * 7.0);
        float stuck = step(0.55, own) * step(0.14, at.x) * step(at.x, 0.8) * step(0.12, at.y) * step(at.y, 0.9) * step(-0.2, p.y);
        wall *= 0.8 + 0.2 * smoothstep(0.0, 0.05, abs(fract(p.z * 2.7) - 0.5)); // sheets of panelling
        c = p.y < -0.35 ? wall * vec3(0.34, 0.3, 0.28) : mix(wall, vec3(0.62, 0.5, 0.36) * (0.4 + 0.9 * fract(own * 9.0)), stuck);
        c *= 1.0 - 0.5 * stuck * step(0.3, fract(at.y * 6.0)) * step(at.x, 0.62) * step(0.24, at.x);
    }
    float tm = (0.1 - o.z) / max(d.z, 1e-3); // a plane half way in: counter, chairs, plants
    if (tm > 0.0 && tm < t) {
        vec2 q = (o + tm * d).xy;
        float cell = q.x * 2.6 + v, own = hash_f(vec2(floor(cell), v)), f = fract(cell) - 0.5;
        float top = -0.66 + own * (shop ? 0.5 : 0.36) - (own > 0.5 ? 1.6 * f * f : 4.0 * max(abs(f) - 0.3, 0.0)); // domed or square
        if (q.y < top) c = vec3(0.05, 0.042, 0.036) * (0.6 + 1.6 * fract(own * 5.0)) * (0.55 + 1.3 * smoothstep(top - 0.12, top, q.y));
    }
    float fall = 1.0 / (0.6 + dot(p - vec3(0.0, 0.9, 0.0), p - vec3(0.0, 0.9, 0.0)));
    // Into the corners less light comes: how far the nearer one is, since of one axis the point is on the wall.
    vec3 off = 1.0 - abs(p);
    float corner = max(min(off.x, off.y), min(max(off.x, off.y), off.z));
    return c * lamp * (fall * (0.45 + 0.55 * smoothstep(0.0, 0.5, corner)));
}

// A room on fire: flames at three depths, pale at the root, under their own smoke; what is left of furniture and frame is black.
vec3 blaze(vec2 uv, vec3 ray, float own) {
    vec3 sum = vec3(0.05, 0.006, 0.0);
    for (int k = 0; k < 3; k++) {
        float depth = 1.1 - 0.45 * float(k);
        vec2 q = uv + ray.xy / max(ray.z, 0.2) * depth * 0.5;
        float swirl = texture(u_noise, vec2(q.x * 0.23 + own * 5.0, q.y * 0.13 - u_time * 0.23)).r - 0.5;
        float lick = texture(u_noise, vec2(q.x * 0.45 + 0.22 * swirl + own * 3.0 + 0.37 * depth, q.y * 0.17 - u_time * (0.5 + 0.1 * depth))).r;
        float heat = clamp(0.95 - 0.9 * q.y - 0.1 * float(k) + 3.4 * (lick - 0.5), 0.0, 1.0);
        heat *= heat;
        vec3 flame = vec3(0.9, 0.1 + 0.36 * heat, 0.004 + 0.16 * heat * heat * heat) * heat;
        sum = mix(sum, flame, smoothstep(0.03, 0.5, heat));
    }
    vec4 ash = texture(u_noise, uv * vec2(0.4, 0.23) + own);
    float debris = 0.04 + 0.4 * ash.r;
    vec2 rim = min(uv, 1.0 - uv);
    float char_ = smoothstep(0.0, 0.05, min(rim.x, rim.y) - 0.1 * max(ash.b - 0.45, 0.0));
    return sum * char_ * (1.0 - 0.985 * smoothstep(debris, debris - 0.05, uv.y));
}

// Light that a mirror-like surface gives back: the light field a few metres along the reflected ray stands for the street.
// Signs are few and bright between dark walls, so what is seen comes in bands by direction.
vec3 street_seen(vec3 p, vec3 r) {
    vec3 near = p + r * 2.5, far = p + r * 8.0;
    near.z = max(near.z, 0.6);
    far.z = max(far.z, 0.6);
    float band = texture(u_noise, vec2(atan(r.y, r.x) * 0.7 + p.x * 0.01, r.z * 0.4 + p.y * 0.01)).r;
    return (mean_light(near) * 0.16 + mean_light(far) * 0.28) * (0.4 + 1.7 * smoothstep(0.5, 0.7, band))
        + vec3(0.0012, 0.0016, 0.002) * max(r.z, 0.0);
}

// How far from the point of impact a pane is gone, in a direction (radians): a star whose long and short points are hashed, so that
// daggers of glass point inward from the frame.
float hole_edge(float angle, float own, out float sector) {
    float count = 10.0 + 2.0 * floor(own * 4.0);
    float turn = fract(angle / 6.28318 + own) * count;
    sector = floor(turn);
    float next = mod(sector + 1.0, count), step_ = 6.28318 / count, t = fract(turn) * step_;
    vec2 long_ = vec2(mod(sector, 2.0), mod(next, 2.0));
    vec2 draw = vec2(hash_f(vec2(sector, own * 91.0)), hash_f(vec2(next, own * 91.0)));
    vec2 reach = mix(0.1 + 0.22 * draw, 0.34 + 0.5 * draw, long_);
    return reach.x * reach.y * sin(step_) / (reach.y * sin(step_ - t) + reach.x * sin(t)); // the chord between two points
}

#ifdef USE_BODY
#include "surface/body.inc.glsl"
#endif

void main() {
#ifdef USE_MIRROR
    if (v_position.z < u_clip_z) discard; // in the main pass this would cost the early depth test
#endif
    vec3 n = normalize(v_normal);
    vec3 to_eye = u_eye - v_position;
    float distance_ = length(to_eye);
    vec3 v = to_eye / distance_;
    int finish = v_what.x;
    vec3 tint = linear(v_tint.rgb);
    float power = u_power[v_what.y];
    vec2 s = v_uv;
#ifdef USE_FAR
    bool is_pane = IS(WINDOW_LIT) || IS(GLASS) || IS(WINDOW_BROKEN), is_sheet = IS(METAL) || IS(PAINT) || IS(SHUTTER);
    far_pattern = texture(u_noise, is_pane ? s * vec2(0.7, 0.16) + hash_f(vec2(v_what.z, v_what.z * 7 + v_what.w)) : s * (is_sheet ? 0.17 : 0.083));
#endif
    Skin skin = Skin(tint, n, 0.3, 0.03, 1.0, vec3(0.0));
#ifdef USE_BODY
    skin = body(finish, tint, n, s, distance_);
#else
    if (IS(SIGN_PANEL) && v_what.w == 1) {
        skin = neon_word(tint, n, v_uv, v_luminance, power, v_what.z, v_tint.a);
    } else if (IS(SIGN_PANEL)) {
        vec2 ink = texture(u_lettering, v_uv, -0.9).rg;
        vec3 gas = tint;
        float lit = v_luminance * GLARE * power;
        float core = smoothstep(0.35, 0.65, ink.r);
        skin = Skin(vec3(0.02) + 0.1 * core * vec3(step(v_luminance, 0.5)), n, 0.6, 0.05, v_tint.a, vec3(0.0));
        // Letters burn with a pale core; the panel glows a little round them.
        skin.emitted = lit * (mix(gas, vec3(1.0), 0.16) * core * 0.62 + gas * (ink.g * ink.g * 0.12 + 0.02));
    } else if (IS(TUBE)) {
        float facing = dot(n, v);
        float across = sqrt(max(1.0 - facing * facing, 0.0)), filled = TUBE_WIDE / max(u_pixel_angle * distance_, 1e-5);
        skin = Skin(vec3(0.05), n, 0.7, 0.05, 1.0, vec3(0.0));
        skin.emitted = v_luminance * GLARE * power * tube_light(tint, across, v_what.w == 1 ? v_uv.y : 1.0, filled);
    } else if (IS(LAMP) && v_what.w == 8) {
        // Paper over hoops, lit from within: brightest before the lamp, darker where one looks through it aslant and at the hoops.
        vec3 across, down;
        frame_of(n, across, down);
        float hoop = fract(v_uv.y * 12.0), detail = detail_at(distance_, 5.0, 14.0);
        float wire = smoothstep(0.2, 0.06, min(hoop, 1.0 - hoop)) * detail;
        float before = exp(-square((v_uv.y - 0.44) * 2.7)), straight = max(dot(n, v), 0.0);
        float band = smoothstep(0.09, 0.07, min(v_uv.y, 1.0 - v_uv.y));
        float candle = 0.94 + 0.06 * sin(u_time * 2.3 + float(v_what.z)) * sin(u_time * 3.7);
        float through = (0.22 + 0.95 * before) * (0.3 + 0.7 * straight) * (1.0 - 0.55 * wire) * (1.0 - 0.85 * band);
        vec3 warm = mix(tint, vec3(1.0, 0.78, 0.5), 0.4 * before * straight * straight);
        skin = Skin(tint * (0.5 - 0.3 * wire) * (1.0 - 0.8 * band), normalize(n + down * (hoop - 0.5) * 0.9 * detail), 0.2, 0.03, 1.0,
            v_luminance * GLARE * power * candle * through * warm);
    } else if (IS(LAMP) && v_what.w == 9) {
        // A screen without a picture (uv in metres): grains of snow, each line pulled aside by its own, and a bar that rolls up.
        float line = floor(s.y / 0.007), beat = floor(u_time * 14.0), fine = detail_at(distance_, 3.0, 9.0);
        float grain = hash_f(vec2(floor((s.x + 0.02 * hash_f(vec2(line, beat))) / 0.009), line + 71.0 * mod(beat, 97.0)));
        float bar = fract(s.y * 1.3 - u_time * 0.17) - 0.5;
        skin = Skin(vec3(0.03), n, 0.8, 0.045, 1.0,
            v_luminance * GLARE * power * tint * (mix(0.75, 0.25 + square(grain), fine) + 0.3 * exp(-60.0 * bar * bar) - 0.1 * abs(bar)));
    } else if (IS(LAMP)) {
        skin = Skin(vec3(0.04), n, 0.5, 0.04, 1.0, v_luminance * GLARE * power * mix(tint, vec3(1.0), 0.25));
    } else if (IS(WINDOW_LIT) || IS(GLASS) || IS(WINDOW_BROKEN)) {
        vec3 across, down;
        frame_of(n, across, down);
        bool pane = !IS(GLASS) || v_what.w == 0 || v_what.w == 7; // a building's: uv 0..1
        float own = hash_f(vec2(v_what.z, v_what.z * 7 + v_what.w));
        vec3 wobble = (pattern(s * 0.35 + own).rgb - 0.5) * 0.03;
        skin = Skin(vec3(0.012), normalize(n + across * wobble.x + down * wobble.y), 0.93, 0.045, v_tint.a, vec3(0.0));
        float dirt = pattern(s * vec2(0.7, 0.16) + own).r;
        if (IS(WINDOW_LIT)) {
            bool shop = v_what.w == 6;
            vec3 ray = vec3(dot(-v, -across), dot(-v, -down), dot(-v, -n));
            ray.x = -ray.x;
#ifdef USE_MIRROR
            // What room() comes to from some way off: dark low down, in a shop goods on shelves.
            float held = shop ? 0.45 + 0.75 * hash_f(floor(vec2(s.x * 7.0, s.y * 5.0)) + own) : 1.0;
            vec3 inside = tint * (held * (0.09 + 0.23 * smoothstep(0.05, 0.8, s.y)));
#else
            vec3 inside = room(s, ray, tint, v_what.z, shop);
#endif
            #if defined(USE_BLAZE)
            const bool burns = true;
#elif defined(USE_PANES)
            const bool burns = false;
#else
            bool burns = v_what.w == 10;
#endif
            float curtain = shop || burns ? 0.0 : step(0.45, own) * smoothstep(0.28 + 0.3 * own, 0.3 + 0.3 * own, abs(s.x - 0.5) * 2.0);
            inside = mix(inside, tint * vec3(0.3, 0.24, 0.2) * (0.75 + 0.25 * sin(s.x * 90.0)), curtain);
#ifndef USE_MIRROR
            if (burns) inside = blaze(s, ray, own) * 0.8;
#endif
            skin.emitted = inside * (burns ? 1.0 : power) * v_luminance * GLARE * (0.55 + 0.45 * dirt) * 0.6; // tubes fail, fires do not
        } else if (IS(WINDOW_BROKEN)) {
            // What is left in the frame, and the dark room behind what is not.
            vec2 q = (s - vec2(0.32 + 0.36 * own, 0.35 + 0.35 * fract(own * 17.0))) * vec2(1.0, 1.25);
            float sector;
            float edge = hole_edge(atan(q.y, q.x), own, sector) - length(q);
            float rim = min(min(s.x, 1.0 - s.x), min(s.y, 1.0 - s.y));
            float fine = detail_at(distance_, 12.0, 40.0);
            if (edge > 0.0 && rim > 0.012) {
                skin.albedo = vec3(0.004);
                skin.gloss = 0.0;
                skin.f0 = 0.0;
                skin.open = 0.3;
#ifndef USE_MIRROR
                vec3 ray = vec3(-dot(-v, -across), dot(-v, -down), dot(-v, -n));
                skin.emitted = room(s, ray, mean_light(v_position + n * 0.8) * 0.022, v_what.z, v_what.w == 6);
#endif
            } else {
                float lip = exp(-max(-edge, 0.0) * 70.0) * fine; // the broken edge catches the light
                float crack = smoothstep(0.03, 0.0, abs(hash_f(vec2(sector, own)) - fract(length(q) * 3.0 + sector * 0.37)) * 0.2) * fine;
                skin.albedo = mix(vec3(0.02), vec3(0.4, 0.52, 0.48), clamp(0.7 * lip + 0.25 * crack, 0.0, 1.0));
                skin.normal = normalize(n + (across * (hash_f(vec2(sector, 3.0)) - 0.5) + down * (hash_f(vec2(sector, 9.0)) - 0.5)) * 0.3);
            }
        } else {
            skin.albedo = mix(skin.albedo, vec3(0.05, 0.048, 0.045), smoothstep(0.4, 0.8, dirt) * 0.7);
            skin.gloss = mix(0.95, 0.55, smoothstep(0.4, 0.8, dirt));
            if (pane && own > 0.55) { // blinds or a curtain, half drawn
                float drawn = step(1.0 - fract(own * 23.0), s.y);
                skin.albedo = mix(skin.albedo, vec3(0.07, 0.066, 0.06) * (0.7 + 0.3 * step(0.5, fract(s.y * 22.0))), drawn);
            }
        }
    } else if (IS(METAL) || IS(PAINT) || IS(SHUTTER)) {
        skin = sheet(finish, tint, n, IS(SHUTTER) ? s * vec2(2.6, 2.2) : s, distance_);
    } else if (IS(FOLIAGE)) {
        float vein = pattern(s * 3.1).b;
        skin = Skin(tint * (0.6 + 0.7 * vein), normalize(n + vec3(0.0, 0.0, 0.3)), 0.62, 0.04, 1.0, vec3(0.0));
        skin.emitted = tint * mean_light(v_position) * 0.07; // what shines through from behind
    } else if (IS(EMBER)) {
        // Coals breathe; flames are pale at the root and dark red at the tip, and lick upward.
        float seed = float(v_what.z) * 0.13;
        float lick = texture(u_noise, vec2(s.x * 0.3 + seed, s.y * 0.22 - u_time * 0.55)).r;
        float breath = texture(u_noise, s * 0.9 + vec2(seed, u_time * 0.05)).b;
        float heat = v_what.w == 1 ? clamp(1.15 - s.y + 0.9 * (lick - 0.5), 0.0, 1.0) : smoothstep(0.42, 0.66, breath) * (0.6 + 0.8 * lick);
        vec3 fire = mix(vec3(0.55, 0.02, 0.0), mix(tint, vec3(1.0, 0.72, 0.3), heat * 0.6), heat);
        skin = Skin(vec3(0.015), n, 0.1, 0.02, 1.0, fire * heat * heat * v_luminance * GLARE * power);
    } else if (IS(RUBBER)) {
        skin = Skin(tint * 0.25, n, 0.3, 0.03, 1.0, vec3(0.0));
    } else if (IS(GOODS)) {
        // Packets of a hand's breadth, each a shade of its kind, a pale label with lines of print on it; dark where two stand together.
        float n_ = floor(s.x / 0.083), f = fract(s.x / 0.083);
        float own = hash_f(vec2(n_, float(v_what.z) + floor(dot(v_tint.rgb, vec3(31.0, 57.0, 91.0)))));
        float detail = detail_at(distance_, 6.0, 16.0);
        vec3 coat = mix(tint, tint.gbr, 0.5 * step(0.6, own)) * (0.7 + 1.1 * fract(own * 13.0));
        vec2 q = vec2(f, s.y / 0.11 - 0.25 - 0.3 * fract(own * 7.0));
        float label = step(0.14, q.x) * step(q.x, 0.86) * step(0.0, q.y) * step(q.y, 0.62);
        float print = step(0.45, fract(q.y * 6.5)) * step(0.24, q.x) * step(q.x, 0.42 + 0.36 * hash_f(vec2(n_, floor(q.y * 6.5))));
        coat = mix(coat, mix(vec3(0.5, 0.48, 0.42), vec3(0.05), 0.75 * print), label * detail * step(0.2, own));
        coat *= 1.0 - 0.7 * detail * smoothstep(0.09, 0.0, min(f, 1.0 - f));
        skin = Skin(coat, n, 0.55, 0.04, 1.0, vec3(0.0));
    } else if (IS(BARK)) {
        bool boards = v_what.w == 3; // over a window (world.plan.facade.Pane.BOARDED): uv 0..1
        vec4 wood = pattern(boards ? s * vec2(0.23, 2.1) : s * vec2(0.15, 1.7));
        skin = Skin(tint * (0.55 + 0.6 * wood.b), n, 0.15, 0.03, 1.0, vec3(0.0));
        if (v_what.w == 2) { // laid side by side (world.mesh.interior_skin.BOARDS): uv in metres
            float own = hash_f(vec2(floor(s.x / 0.11), 3.0)), f = fract(s.x / 0.11), fine = detail_at(distance_, 7.0, 22.0);
            skin.albedo *= (0.7 + 0.55 * own) * mix(1.0, 0.25, fine * smoothstep(0.05, 0.02, min(f, 1.0 - f)));
            skin.gloss = 0.35;
        }
        if (v_what.w == 4) { // mats of straw (MATS), each across its neighbour, with a hem of dark cloth along its long sides
            vec2 tile = floor(s / 1.8), at = s - 1.8 * tile;
            at = mod(tile.x + tile.y, 2.0) < 0.5 ? at : at.yx;
            float f = fract(at.x / 0.9), own = hash_f(tile * 2.0 + floor(at.x / 0.9)), fine = detail_at(distance_, 5.0, 18.0);
            float hem = smoothstep(0.042, 0.034, min(f, 1.0 - f)), gap = smoothstep(0.006, 0.002, min(at.y, 1.8 - at.y));
            float weave = 0.9 + 0.2 * step(0.5, fract(at.y / 0.016)) * detail_at(distance_, 2.0, 6.0);
            skin.albedo = mix(skin.albedo * (0.8 + 0.35 * own) * weave, vec3(0.012, 0.02, 0.018), max(hem, gap * fine));
        }
        if (v_what.w == 5) { // a carpet (CARPET) with rings, zigzags and flecks scattered over it, worn in the gangways
            vec2 cell = floor(s / 0.55), at = s / 0.55 - cell - 0.5;
            float own = hash_f(cell), turn = own * 6.2832, r = length(at);
            at = mat2(cos(turn), sin(turn), -sin(turn), cos(turn)) * at;
            float zigzag = max(abs(at.y - 0.12 * abs(fract(at.x * 5.0) - 0.5)) - 0.03, abs(at.x) - 0.34);
            float shape = own < 0.35 ? abs(r - 0.24) - 0.035 : own < 0.7 ? zigzag : max(abs(at.x) + abs(at.y) - 0.16, -0.5);
            vec3 dye = fract(own * 7.0) < 0.4 ? vec3(0.05, 0.3, 0.3) : fract(own * 7.0) < 0.75 ? vec3(0.36, 0.05, 0.2) : vec3(0.4, 0.26, 0.04);
            float soft = 0.004 + 0.004 * distance_;
            skin.albedo = mix(skin.albedo * (0.7 + 0.5 * wood.r), dye * (0.45 + 0.7 * wood.b), 0.8 * smoothstep(soft, -soft, shape));
        }
        if (boards) { // nailed across it one over the other, none quite level
            float at = s.y * 8.0 + 0.35 * (s.x - 0.5) * (hash_f(vec2(float(v_what.z), 7.0)) - 0.5), own = hash_f(vec2(floor(at), float(v_what.z)));
            float f = fract(at), fine = detail_at(distance_, 10.0, 30.0);
            float nail = smoothstep(0.012, 0.006, length(vec2(min(s.x, 1.0 - s.x) - 0.03, (abs(f - 0.5) - 0.22) * 0.125)));
            skin.albedo *= (0.6 + 0.75 * own) * (0.75 + 0.5 * wood.r) * mix(1.0, 0.12, fine * smoothstep(0.07, 0.03, min(f, 1.0 - f))) * (1.0 - 0.8 * nail * fine);
        }
    } else if (DRAWS(CONCRETE)) {
        skin = masonry(finish, tint, n, s, distance_);
    }
#endif
    bool masonry_ = DRAWS(CONCRETE) && (finish <= PLASTER || IS(RUBBLE) || IS(DECK));
    if (!IS(SIGN_PANEL) && !IS(TUBE)) {
        skin.open *= IS(WINDOW_BROKEN) ? 1.0 : v_tint.a;
    }
    float dry = roofed(v_position, n);
#ifdef USE_BODY
    masonry_ = false;
    wet_body(skin, n, finish, dry, distance_);
    bool weathered = false;
#else
    bool weathered = masonry_ || IS(SHUTTER) || IS(METAL);
#endif
    if (weathered) {
        vec2 way = vec2(dot(v_position.xy, vec2(n.y, -n.x)), v_position.z);
        float streak;
        float stain = stains(way, v_position.z, dry, streak);
        if (abs(n.z) < 0.5) skin.albedo *= stain;
        float wet = u_wetness * (1.0 - 0.85 * dry);
        skin.albedo *= mix(1.0, 0.72, wet * (0.6 + 0.4 * abs(n.z)));
        skin.gloss = mix(skin.gloss, max(skin.gloss, 0.6), wet * 0.6);
#ifndef USE_FAR
        // One read serves both: rivulets on what is upright, pools on what lies level.
        bool level = n.z > 0.7;
        vec4 water = texture(u_noise, level ? v_position.xy * 0.23 : way * vec2(2.3, 0.08) + vec2(0.0, 0.23 * u_time));
        if (abs(n.z) < 0.5) { // they keep to the ways of the stains, and thicken and thin as the water comes down
            float run = wet * smoothstep(0.06, 0.3, streak * smoothstep(0.35, 0.6, water.r)) * (1.0 - smoothstep(9.0, 24.0, distance_));
            skin.gloss = mix(skin.gloss, max(skin.gloss, 0.78), run);
            skin.normal = normalize(mix(skin.normal, n, 0.7 * run));
            skin.albedo *= 1.0 - 0.4 * run;
        }
        // On what lies level the rain stands: a film everywhere, and shallow pools between.
        if (level && !IS(SHUTTER)) {
            float pool = wet * smoothstep(0.45, 0.6, water.r);
            skin.gloss = max(skin.gloss, mix(0.72 * wet, 0.97, pool));
            skin.normal = normalize(mix(skin.normal, n, 0.5 * wet + 0.48 * pool));
            skin.f0 = max(skin.f0, 0.03);
            skin.albedo *= 1.0 - 0.45 * pool;
        }
#endif
    }
    vec3 towards;
    vec3 e = irradiance(v_position + n * LIFT, skin.normal, 1.0 - dry, towards);
    vec3 color = skin.albedo * e * (skin.open * 0.31831);
#ifdef USE_BODY
    color += own_light(skin, n, v, distance_);
#endif
    // The light that arrives from one side also glints: Blinn's lobe about the light field's direction.
    float one_sided = length(towards);
    if (skin.f0 > 0.0 && one_sided > 0.05) {
        vec3 h = normalize(towards / one_sided + v);
        float sharp = exp2(2.0 + 7.0 * skin.gloss);
        float lobe = pow(max(dot(skin.normal, h), 0.0), sharp) * (sharp + 8.0) * 0.04;
        color += e * (lobe * one_sided * skin.open * skin.f0 * 0.31831 * (0.4 + u_wetness));
    }
#ifndef USE_MIRROR
    // Rain lies on everything: seen at a slant its film mirrors what light there is about, most of it where that comes from, so that what
    // is dark has an edge.
    float away = 1.0 - max(dot(skin.normal, v), 0.0), slant = square(away * away);
    vec3 about = e * (0.5 / max(0.5 + 0.5 * dot(towards, skin.normal), 0.12));
    float film = skin.open * u_wetness * (1.0 - 0.8 * dry) * (0.05 + 0.5 * slant) * (0.25 + skin.gloss);
    color += about * (film * (0.5 - 0.5 * dot(towards, v)));
    bool shiny = skin.gloss > 0.5 && !IS(SIGN_PANEL) && !IS(TUBE);
    float fresnel = skin.f0 + (1.0 - skin.f0) * slant * away;
    vec3 r = reflect(-v, skin.normal);
    if (shiny) {
#if defined(USE_FAR) || defined(USE_MASONRY) || defined(USE_PLAIN) || defined(USE_GLOW)
        vec3 street = e * 0.3; // too dull or too far off to show what it mirrors
#else
        vec3 street = street_seen(v_position, r);
#endif
        color += street * (fresnel * skin.open * smoothstep(0.5, 0.95, skin.gloss));
    }
#if !defined(USE_FAR) && !defined(USE_GLOW) // nothing that glows is polished
    float rough = 1.0 - 0.92 * skin.gloss;
    bool shows = shiny && distance_ < 70.0;
#ifdef USE_MASONRY
    shows = shows && (n.z > 0.7 || skin.gloss > 0.62); // tiles, and what lies level; not every rivulet
#endif
    vec3 mirrored = signs_mirrored(v_position, r, rough * rough, dot(e, LUMA), shows);
    color += mirrored * (fresnel * skin.open * smoothstep(0.5, 0.75, skin.gloss));
#endif
#endif
    o_color = vec4(color + skin.emitted, 1.0);
}
