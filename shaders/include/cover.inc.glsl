// What keeps the rain off, and the sky's light: a roof or a deck half a pace in front of a surface. One formula with
// world/light/field.py. In: the relief texture, g: the underside (m) of what covers the ground. Cost: one read.
uniform sampler2D u_relief; // r: height of the ground (m), g: what covers it (m); period 256 m

// 1 under cover, 0 under the sky (and where the texture does not reach).
float roofed(vec3 p, vec3 n) {
    ivec2 at = ivec2(floor(p.xy + n.xy * 0.7)) * 4 + 2; // cover goes by metres, the relief by quarters
    float cover = texelFetch(u_relief, at & 1023, 0).g;
    vec2 away = abs(p.xy - u_eye.xy);
    return step(p.z + 0.3, cover) * step(cover, 5000.0) * (1.0 - smoothstep(96.0, 110.0, max(away.x, away.y)));
}
