#version 330
// The street: asphalt, paving, paint, water. In: v_* of city.vert (USE_GROUND), relief texture, mirror, light field.
// Out: luminance (cd/m²). Cost: two 3D reads, one relief read, two to four pattern reads, one of the mirror or its smear.
// Sources: puddle and damp masks, porosity darkening: Lagarde, wet surfaces 2b and 3b; drop rings: hashed cells, an expanding damped ring.
#include "include/frame.inc.glsl"
#include "include/noise.inc.glsl"
#include "include/cover.inc.glsl"
#define IN_SHADOW
#include "include/light.inc.glsl"
uniform sampler2D u_mirror; // the scene in the water's plane
uniform vec2 u_pixel;       // 1 / size of the target
uniform sampler2D u_smear;  // and as wet stone shows it
in vec3 v_position;
in vec3 v_normal;
in vec4 v_tint;
in vec2 v_uv; // m: roads (right of the centre line, along), pavements (along, from the kerb), land (the block's own)
flat in ivec4 v_what; // roads: half width · 8, length / 2, zone, bits (1 avenue, 2 crossing at the start, 4 at the end)
out vec4 o_color;

const int ROAD = 0, PAVEMENT = 1, LAND = 2, PLAZA = 3, KERB = 4, PARK = 5, CROSSING = 6, BED = 7;

float line_mask(float d, float half_width) {
    float w = fwidth(d);
    return 1.0 - smoothstep(half_width - w, half_width + w, abs(d));
}

// Slope of the water from drop rings: each cell drops once a period, at a hashed spot, and a ring runs out and dies.
vec2 rings(vec2 p, float density) {
    vec2 slope = vec2(0.0);
    for (int layer = 0; layer < 3; layer++) {
        float size = 0.34 + 0.17 * float(layer);
        vec2 g = p / size + float(layer) * 17.3;
        vec2 cell = floor(g);
        float h = hash_f(cell + float(layer) * 101.0);
        if (h > density) continue;
        float period = 0.7 + 0.6 * fract(h * 57.0);
        float t = u_time / period + h * 37.0;
        float beat = floor(t);
        float age = t - beat;
        vec2 spot = vec2(hash_f(cell + beat * 3.0), hash_f(cell + beat * 5.0 + 9.0)) * 0.5 + 0.25;
        vec2 d = (fract(g) - spot) * size;
        float r = length(d);
        float ring = r - age * 0.2;
        float wave = sin(ring * 150.0) * exp(-ring * ring * 2600.0) * (1.0 - age) * (1.0 - age);
        slope += d / max(r, 0.004) * wave;
    }
    return slope;
}

void main() {
    vec3 to_eye = u_eye - v_position;
    float distance_ = length(to_eye);
    vec3 v = to_eye / distance_;
    vec2 p = v_position.xy;
    float near = 1.0 - smoothstep(14.0, 42.0, distance_);
    float fine = 1.0 - smoothstep(4.0, 16.0, distance_);
    int zone = v_what.z;
    float half_width = float(v_what.x) / 8.0;
    vec2 relief = texture(u_relief, (p / 0.25 + 0.5) / 1024.0).rg;
    if (distance_ > 112.0) relief = vec2(v_position.z, 1e4);
    if (zone == KERB) relief.x = v_position.z;
    vec4 broad = texture(u_noise, p * 0.0625);
    vec4 mid = texture(u_noise, p * 0.375);
    vec4 grain = texture(u_noise, p * 2.75);
    float web = texture(u_noise, p * (zone == ROAD || zone == CROSSING ? 0.11 : 0.09)).g; // of cracks

    vec3 albedo = vec3(0.052, 0.053, 0.056);
    float rough = 0.82;
    vec3 n = vec3(0.0, 0.0, 1.0);
    float bump = 0.0;
    if (zone == ROAD || zone == CROSSING) {
        albedo *= 0.72 + 0.5 * (broad.r - 0.3) + 0.45 * (grain.b - 0.5) * fine;
        float patch_ = step(0.82, hash_f(floor(p / vec2(5.3, 3.1)))) * 0.6;
        albedo *= 1.0 - 0.3 * patch_;
        float crack = smoothstep(0.84, 0.95, web) * smoothstep(0.42, 0.6, broad.a + 0.2);
        albedo *= 1.0 - 0.7 * crack * near;
        float across = v_uv.x, along = v_uv.y, run = float(v_what.y) * 2.0;
        float paint = 0.0;
        if (zone == ROAD) {
            float to_start = (v_what.w & 2) != 0 ? along : 1e3, to_end = (v_what.w & 4) != 0 ? run - along : 1e3;
            float to_crossing = min(to_start, to_end);
            bool avenue = (v_what.w & 1) != 0;
            float dash = smoothstep(0.48, 0.5, abs(fract(along / 8.0) - 0.5) * 2.0 - 0.02);
            if (avenue) {
                paint = max(paint, line_mask(abs(across) - 0.11, 0.055));
                paint = max(paint, line_mask(abs(across) - half_width * 0.5, 0.07) * dash);
                paint = max(paint, line_mask(abs(across) - half_width + 0.45, 0.07));
            } else if (half_width > 2.4) {
                paint = max(paint, line_mask(abs(across) - half_width + 0.35, 0.06));
            }
            if (to_crossing < 9.0) paint *= step(4.2, to_crossing);
            if (half_width > 2.4) {
                float zebra = step(0.5, fract(across / 0.9)) * step(1.0, to_crossing) * step(to_crossing, 3.6) * step(abs(across), half_width - 0.5);
                paint = max(paint, zebra);
                float ahead = to_start < to_end ? -across : across; // one stops on the left of one's way
                paint = max(paint, step(abs(to_crossing - 4.6), 0.2) * step(ahead, -0.2) * step(abs(across), half_width - 0.4));
            }
        }
        float worn = smoothstep(0.28, 0.62, mid.r * 0.55 + grain.b * 0.25 + broad.a * 0.35);
        paint *= worn * 0.8 * smoothstep(-0.17, -0.12, relief.x); // none in a crater
        albedo = mix(albedo, vec3(0.33, 0.325, 0.3), paint);
        rough = mix(rough, 0.6, paint);
        bump = 0.55;
        // A manhole now and then, in the wheel's way.
        vec2 cell = floor(p / 23.0);
        vec2 at = (fract(p / 23.0) - 0.25 - 0.5 * vec2(hash_f(cell), hash_f(cell + 5.0))) * 23.0;
        float lid = length(at);
        if (lid < 0.36 && half_width - abs(across) > 0.6) {
            vec2 k = fract(at * 11.0) - 0.5;
            albedo = vec3(0.06, 0.055, 0.05) * (0.7 + 0.6 * step(0.0, k.x * k.y));
            albedo *= 1.0 - 0.75 * smoothstep(0.32, 0.335, lid) * (1.0 - smoothstep(0.35, 0.36, lid));
            rough = 0.45;
        }
        // Drains: iron bars in the gutter.
        float gutter = half_width - abs(across);
        if (zone == ROAD && gutter < 0.42 && gutter > 0.06 && abs(fract(along / 17.0) - 0.5) * 17.0 < 0.36) {
            float bars = step(0.5, fract(along * 16.0));
            albedo = mix(vec3(0.004), vec3(0.07, 0.068, 0.066), bars);
            rough = 0.5;
        }
    } else if (zone == PARK || zone == BED) {
        float moss = smoothstep(0.35, 0.65, mid.r * 0.5 + broad.r * 0.6);
        albedo = mix(vec3(0.05, 0.042, 0.034), vec3(0.03, 0.042, 0.022), moss) * (0.6 + 0.7 * grain.b);
        if (zone == BED) albedo = vec3(0.03, 0.032, 0.028) * (0.6 + 0.6 * mid.r);
        rough = 0.9;
        bump = 1.1;
    } else {
        vec2 size = zone == PLAZA ? vec2(0.9) : zone == LAND ? vec2(2.4) : vec2(0.45, 0.3);
        vec2 q = zone == KERB ? p : v_uv;
        vec2 g = q / size;
        g.x += zone == PAVEMENT ? 0.5 * mod(floor(g.y), 2.0) : 0.0;
        vec2 f = abs(fract(g) - 0.5);
        vec2 edge = (0.5 - f) * size;
        float joint = 1.0 - smoothstep(0.004, 0.011, min(edge.x, edge.y));
        float own = hash_f(floor(g) + (zone == PLAZA ? 40.0 : 0.0));
        albedo = zone == PLAZA ? vec3(0.135, 0.128, 0.12) : zone == LAND ? vec3(0.085, 0.083, 0.08) : vec3(0.12, 0.117, 0.112);
        if (zone == PLAZA && mod(floor(g.x / 4.0) + floor(g.y / 4.0), 2.0) < 0.5) albedo *= 0.72;
        albedo *= (0.75 + 0.5 * (own - 0.5) * near) * (1.0 - 0.6 * joint * fine) * (0.75 + 0.5 * broad.r) * (0.9 + 0.3 * (grain.b - 0.5) * fine);
        rough = zone == PLAZA ? 0.5 : 0.7;
        bump = 0.3;
        n = normalize(vec3((vec2(own, fract(own * 9.0)) - 0.5) * 0.035 * near, 1.0));
        if (zone == PAVEMENT) { // tactile paving: a yellow strip of domes
            if (v_uv.y > 0.9 && v_uv.y < 1.2) {
                vec2 dome = fract(v_uv / 0.06) - 0.5;
                float r = length(dome);
                albedo = vec3(0.24, 0.17, 0.035) * (0.6 + 0.4 * broad.r) * mix(1.0, 0.75 + 0.5 * smoothstep(0.4, 0.2, r), fine);
                n = normalize(vec3(dome * smoothstep(0.42, 0.25, r) * step(0.12, r) * 0.9 * fine, 1.0));
            }
        }
        if (zone == KERB) {
            albedo = vec3(0.16, 0.155, 0.15) * (0.6 + 0.5 * mid.r);
            n = normalize(v_normal);
        }
        albedo *= 1.0 - 0.55 * smoothstep(0.86, 0.95, web) * near;
    }
    // Dirt and oil.
    albedo *= 1.0 - 0.35 * smoothstep(0.55, 0.75, broad.b * 0.5 + mid.r * 0.5);

    float under_roof = roofed(v_position, vec3(0.0, 0.0, 1.0));
    float soaked = u_wetness * (1.0 - 0.75 * under_roof);
    float depth = u_water - relief.x + (mid.r - 0.5) * 0.02;
    float water = smoothstep(0.0, 0.014, depth);
    float damp = max(soaked * (0.62 + 0.38 * smoothstep(0.3, 0.65, broad.r)), smoothstep(-0.05, 0.0, depth));
    float lying = water;
    n = normalize(n + vec3((grain.rb - 0.5) * bump * fine, 0.0) * (1.0 - 0.7 * damp));
    // Wet stone is darker (light is caught in its pores) and smoother.
    albedo *= mix(1.0, 0.62, damp * (zone == KERB ? 0.6 : 1.0));
    rough = mix(rough, 0.3, damp);
    albedo = mix(albedo, albedo * 0.45, lying);

    vec3 towards;
    vec3 e = irradiance(v_position + vec3(0.0, 0.0, LIFT), n, 1.0 - under_roof, towards);
    float open = v_tint.a;
    vec3 color = albedo * e * (0.31831 * open);
    // What is rough has facets that send a light ahead on to the eye: a broad sheen, in grains close by.
    float one_sided = length(towards);
    vec3 facing = normalize(towards + v * max(one_sided, 1e-3));
    float glint = square(square(square(clamp(dot(n.xy + (grain.rb - 0.5) * 0.3 * fine, facing.xy) + n.z * facing.z, 0.0, 1.0))));
    float slant = square(square(1.0 - max(dot(v, facing), 0.0)));
    color += e * (one_sided * open * (1.0 - lying) * damp * glint * (0.1 + 0.45 * slant));

    // Reflection: sharp in water, smeared upright on wet stone.
    vec3 up = vec3(0.0, 0.0, 1.0);
    float grazing = 1.0 - max(dot(v, up), 0.0);
    float fresnel = 0.02 + 0.98 * square(grazing * grazing) * grazing;
    vec2 uv = gl_FragCoord.xy * u_pixel;
    vec3 seen = vec3(0.0);
    if (lying > 0.002) {
        float drops = u_rain * (1.0 - under_roof) * (1.0 - smoothstep(10.0, 26.0, distance_));
        vec2 slope = drops > 0.0 ? rings(p, clamp(0.25 + u_rain * 2.0, 0.0, 1.0)) * 0.5 * min(1.0, drops * 3.0) : vec2(0.0);
        slope += (texture(u_noise, p * 0.11 + u_wind * u_time * 0.02).rb - 0.5) * 0.012 * (0.3 + length(u_wind) * 0.25);
        vec2 bend = slope * vec2(0.11, 0.2) / (0.5 + distance_ * 0.09);
        seen += lying * mix(fresnel, 1.0, 0.09) * 1.25 * texture(u_mirror, uv + bend).rgb;
        color += lying * e * dot(slope, slope) * 0.02;
    }
    if (lying < 0.998 && zone != KERB && damp > 0.02) {
        // What the road itself leans is broad and slight: fine grain would saw the streak's edges.
        vec2 tilt = (vec2(mid.r, broad.r) - 0.5) * vec2(0.005, 0.03) * near;
        float film = damp * (0.35 + 0.65 * damp) * (0.55 + 0.6 * smoothstep(0.35, 0.7, grain.b * 0.4 + mid.r * 0.6));
        seen += (1.0 - lying) * film * mix(fresnel, 0.13, 0.35) * 1.5 * texture(u_smear, uv + tilt).rgb;
    }
    color += seen;
    o_color = vec4(color, 1.0);
}
