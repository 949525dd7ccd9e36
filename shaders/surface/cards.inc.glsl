// What a wet or polished surface mirrors of the signs round it: a ray against a few rectangles of light. In: u_cards, the lettering atlas.
// Out: luminance (cd/m², drawn). Space: relative to the floating origin. Cost: some 25 operations a card, one read of the atlas for each
// that is hit. Source: coverage of a rectangle by a lobe that widens along the ray, Epic's Samaritan demonstration (2011); a card's light
// is stopped by walls as far as the light field knows.
uniform vec4 u_cards[32]; // world/stage/cards.py: middle and half width; along and half height; colour and two faces; its word

float covered(float x, float half_, float s) { // of a lobe of width s about x, the part within ±half_
    return smoothstep(-1.0, 1.0, (half_ - x) / s) + smoothstep(-1.0, 1.0, (half_ + x) / s) - 1.0;
}

// p: a point, r: the mirrored ray, alpha: roughness squared, lux: what falls on the surface there; `asks` false costs next to nothing.
vec3 signs_mirrored(vec3 p, vec3 r, float alpha, float lux, bool asks) {
    vec3 sum = vec3(0.0);
    for (int k = 0; k < 8; k++) {
        vec4 middle = u_cards[4 * k];
        if (!asks || middle.w <= 0.0) break; // the strongest come first
        vec4 along = u_cards[4 * k + 1], colour = u_cards[4 * k + 2];
        vec3 n = vec3(along.y, -along.x, 0.0), to = middle.xyz - p;
        float facing = dot(r, n);
        float t = dot(to, n) / (abs(facing) < 1e-3 ? 1e-3 : facing);
        if (t <= 0.0 || (facing > 0.0 && colour.w < 0.5)) continue;
        vec3 at = r * t - to;
        float s = 0.03 + 1.8 * alpha * t, across = dot(at.xy, along.xy);
        float share = covered(across, middle.w, s) * covered(at.z, along.w, s);
        if (share < 0.004) continue;
        vec4 word = u_cards[4 * k + 3];
        float burns = 0.3;
        if (word.z > 0.0) {
            vec2 q = vec2(facing > 0.0 ? -across : across, at.z) / vec2(middle.w, along.w) * 0.5 + 0.5;
            float texels = (word.w - word.y) * 2048.0;
            vec2 ink = textureLod(u_lettering, mix(word.xy, word.zw, clamp(q, 0.0, 1.0)), log2(max(texels * s / (2.0 * along.w), 1.0))).rg;
            burns = 0.05 + 0.5 * ink.r + 0.12 * ink.g;
        }
        // Where the sign's own light would be brighter than all the light there is, something stands between.
        float gap2 = dot(to, to);
        float due = 0.1 * middle.w * along.w * dot(colour.rgb, LUMA) / (gap2 + 1.0) * abs(dot(to, n)) * inversesqrt(gap2 + 0.01);
        float open = smoothstep(0.12, 0.5, lux / max(due, 1e-4));
        sum += colour.rgb * (share * burns * open);
    }
    return sum * GLARE;
}
