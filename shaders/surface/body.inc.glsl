// The skin of what moves: lacquer worn to metal at its edges, dirt that rose from the street, cloth, skin; the rain on it; and the light
// of its own lamps. In: v_rest, v_glow of city.vert (USE_BODY), the pattern texture.  Out: a Skin. Space: the body at rest, so that no stain
// swims when it moves. Cost: three reads of the pattern texture.
#include "include/body.inc.glsl"
in vec3 v_rest;
in vec3 v_glow;

// A body's surface laid flat, without a seam: stretched only where it lies along one slanting way.
vec2 skewed(vec3 p) {
    return vec2(0.83 * p.x + 1.07 * p.y + 0.21 * p.z, p.z + 0.37 * p.y - 0.29 * p.x);
}

Skin body(int finish, vec3 tint, vec3 n, vec2 s, float distance_) {
    Skin skin = Skin(tint, n, 0.3, 0.03, 1.0, vec3(0.0));
    if (IS(LAMP)) { // v_tint is its colour now, linear; a hot middle
        vec3 light = v_tint.rgb;
        float peak = max(max(light.r, light.g), light.b);
        skin = Skin(vec3(0.03), n, 0.5, 0.04, 1.0, v_luminance * GLARE * mix(light, vec3(peak), 0.07));
        return skin;
    }
    vec3 across, down;
    frame_of(n, across, down);
    float own = body_traits().x;
    vec2 flat_ = skewed(v_rest) + own * 7.0;
    vec4 broad = pattern(flat_ * vec2(0.31, 0.27));
    float detail = detail_at(distance_, 6.0, 22.0);
    float dirt = smoothstep(0.3, 0.95, broad.r * 0.8 + 0.35 * exp(-max(v_rest.z, 0.0) * 1.8));
    if (IS(PAINT)) {
        // Rain has washed dirt down in runs; where it is chipped, primer and steel show.
        float run = pattern(flat_ * vec2(1.7, 0.09)).r;
        vec4 fine = pattern(flat_ * 2.3);
        float chip = smoothstep(0.69, 0.72, fine.r * 0.75 + broad.a * 0.3) * detail;
        skin.albedo = tint * (1.1 - 0.45 * smoothstep(0.45, 0.7, run) * (0.5 + dirt));
        skin.albedo = mix(skin.albedo, vec3(0.03, 0.026, 0.021), 0.55 * dirt);
        skin.albedo = mix(skin.albedo, vec3(0.075, 0.072, 0.07), 0.8 * chip);
        skin.gloss = mix(mix(0.9, 0.5, dirt), 0.45, chip);
        skin.f0 = mix(0.05, 0.2, chip);
        skin.normal = normalize(n + (across * (fine.b - 0.5) + down * (fine.a - 0.5)) * (0.03 + 0.2 * chip) * detail);
    } else if (IS(METAL)) {
        vec4 brushed = pattern(flat_ * vec2(3.1, 0.4));
        float rust = smoothstep(0.55, 0.75, broad.r * 0.6 + brushed.r * 0.4);
        skin.albedo = mix(tint * (0.65 + 0.5 * brushed.b), vec3(0.1, 0.045, 0.02), 0.55 * rust);
        skin.albedo = mix(skin.albedo, vec3(0.04, 0.034, 0.028), 0.4 * dirt);
        skin.gloss = mix(0.68, 0.3, max(rust, dirt));
        skin.f0 = mix(0.22, 0.06, rust);
        skin.normal = normalize(n + across * ((brushed.b - 0.5) * 0.12 * detail));
    } else if (IS(GLASS)) {
        float facing = max(dot(n, normalize(u_eye - v_position)), 0.0);
        skin = Skin(tint * 0.12, n, mix(0.96, 0.7, dirt), 0.05, 1.0, tint * mean_light(v_position) * (0.16 * facing * facing)); // seen through
    } else if (IS(BARK) && v_what.w == 1) { // skin
        skin.albedo = tint * (0.9 + 0.2 * broad.b) * (1.0 - 0.5 * dirt);
        skin.gloss = 0.45;
    } else if (IS(BARK)) { // cloth, fur
        vec4 weave = pattern(flat_ * 4.3);
        skin.albedo = tint * (0.6 + 0.55 * weave.b) * (1.0 - 0.35 * dirt);
        skin.normal = normalize(n + (across * (weave.b - 0.5) + down * (weave.a - 0.5)) * 0.5 * detail);
        skin.gloss = 0.12;
    } else { // rubber
        skin = Skin(tint * 0.25, n, 0.3, 0.03, 1.0, vec3(0.0));
    }
    return skin;
}

// The film that the rain leaves, beads on what is smooth, and water that runs down it; none where a roof keeps it off.
void wet_body(inout Skin skin, vec3 n, int finish, float dry, float distance_) {
    if (IS(LAMP)) return;
    float soaked = body_traits().y;
    float wet = soaked < 0.0 ? u_wetness * (1.0 - 0.85 * dry) : soaked;
    bool cloth = IS(BARK) && v_what.w == 0;
    skin.albedo *= mix(1.0, cloth ? 0.5 : 0.8, wet);
    skin.gloss = mix(skin.gloss, max(skin.gloss, cloth ? 0.34 : 0.8), wet * 0.8);
#ifndef USE_FAR
    float near = cloth ? 0.0 : 1.0 - smoothstep(5.0, 16.0, distance_); // cloth soaks it up
    vec3 across, down;
    frame_of(n, across, down);
    vec2 way = vec2(0.83 * v_rest.x + 1.07 * v_rest.y, v_rest.z);
    vec4 water = texture(u_noise, way * vec2(2.9, 0.16) + vec2(0.0, 0.31 * u_time));
    float run = wet * near * smoothstep(0.55, 0.68, water.r) * step(abs(n.z), 0.8);
    vec4 bead = texture(u_noise, skewed(v_rest) * 4.7);
    float beads = wet * near * smoothstep(0.5, 0.62, bead.b) * (1.0 - run);
    skin.gloss = max(skin.gloss, 0.95 * max(run, beads));
    skin.f0 = max(skin.f0, 0.03);
    skin.normal = normalize(skin.normal + (across * (bead.b - 0.5) + down * (bead.a - 0.5)) * 0.35 * beads
        + across * ((water.b - 0.5) * 0.5 * run));
#endif
}

// What its own eye throws on it, and the bright rim that its lamps draw round it in the mist: that is how one knows it from afar.
vec3 own_light(Skin skin, vec3 n, vec3 v, float distance_) {
    vec3 lit = (skin.albedo + skin.f0) * v_glow * (0.31831 * skin.open);
    float rim = pow(1.0 - clamp(dot(n, v), 0.0, 1.0), 3.0);
    float haze = 1.0 - exp(-distance_ * 0.09);
    vec3 halo = (lamp_colour(1) * 0.5 + lamp_colour(2)) * body_traits().z;
    return lit + halo * (rim * (0.15 + 0.85 * haze) * (0.4 + 0.6 * u_rain) * skin.open);
}
