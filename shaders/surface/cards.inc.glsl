// What a wet or polished surface mirrors of the signs round it: a ray against a few rectangles of light. In: u_cards, the lettering atlas.
// Out: luminance (cd/m², drawn). Space: relative to the floating origin. Cost: some 30 operations a card, and one read of the atlas for the
// word of the one that shows most. Source: coverage of a rectangle by a lobe that widens along the ray, Epic's Samaritan demonstration
// (2011); a card's light is stopped by walls as far as the light field knows.
uniform vec4 u_cards[32]; // world/stage/cards.py: middle and half width; along and half height; colour and two faces; its word

float covered(float x, float half_, float s) { // of a lobe of width s about x, the part within ±half_
    return smoothstep(-1.0, 1.0, (half_ - x) / s) + smoothstep(-1.0, 1.0, (half_ + x) / s) - 1.0;
}

// p: a point, r: the mirrored ray, alpha: roughness squared, lux: what falls on the surface there; `asks` false costs next to nothing.
vec3 signs_mirrored(vec3 p, vec3 r, float alpha, float lux, bool asks) {
    vec3 sum = vec3(0.0), best = vec3(0.0), place = vec3(0.0); // of the card that shows most: its light; where in the atlas, how blurred
    float most = 0.0;
    for (int k = 0; k < 8; k++) {
        vec4 middle = u_cards[4 * k];
        if (!asks || middle.w <= 0.0) break; // the strongest come first
        vec4 along = u_cards[4 * k + 1], colour = u_cards[4 * k + 2];
        vec3 n = vec3(along.y, -along.x, 0.0), to = middle.xyz - p;
        float facing = dot(r, n), off = dot(to, n);
        float t = off / (abs(facing) < 1e-3 ? 1e-3 : facing);
        vec3 at = r * t - to;
        float s = 0.03 + 1.8 * alpha * max(t, 0.0), across = dot(at.xy, along.xy);
        float share = covered(across, middle.w, s) * covered(at.z, along.w, s);
        share *= step(0.0, t) * max(step(facing, 0.0), colour.w); // one with one face is seen from before it alone
        // Where the sign's own light would be brighter than all the light there is, something stands between.
        float gap2 = dot(to, to);
        float due = 0.1 * middle.w * along.w * dot(colour.rgb, LUMA) * abs(off) * inversesqrt(gap2 + 0.01) / (gap2 + 1.0);
        vec3 light = colour.rgb * (share * smoothstep(0.12, 0.5, lux / max(due, 1e-4)));
        sum += light;
        float weight = dot(light, LUMA);
        vec4 word = u_cards[4 * k + 3];
        if (weight > most && word.z > 0.0) {
            most = weight;
            best = light;
            vec2 q = vec2(facing > 0.0 ? -across : across, at.z) / vec2(middle.w, along.w) * 0.5 + 0.5;
            place = vec3(mix(word.xy, word.zw, clamp(q, 0.0, 1.0)), log2(max((word.w - word.y) * 1024.0 * s / along.w, 1.0)));
        }
    }
    vec2 ink = textureLod(u_lettering, place.xy, place.z).rg;
    return (0.3 * sum + best * (0.5 * ink.r + 0.12 * ink.g - 0.25)) * GLARE;
}
