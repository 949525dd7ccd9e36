// Edges smoothed along themselves. In: the picture in tones, luma in alpha.  Out: the same, smooth. Cost: nine reads, five where nothing
// needs smoothing. Source: the idea of FXAA (Lottes, NVIDIA 2009): the gradient of luma at the four corners says how an edge runs; it is
// averaged along that, unless the average strays out of what stands around.
uniform sampler2D u_tones;
uniform vec2 u_texel;
const float LEAST = 0.03, SHARE = 0.1; // contrast that counts as an edge: absolute, and of the brightest
const float REACH = 2.5;               // texels: further, and what is small loses the middles of its sides

vec4 smoothed(vec2 uv, out float around) { // around: the luma of what stands about
    vec4 here = texture(u_tones, uv);
    float nw = texture(u_tones, uv + vec2(-0.75, 0.75) * u_texel).a, ne = texture(u_tones, uv + vec2(0.75, 0.75) * u_texel).a;
    float sw = texture(u_tones, uv + vec2(-0.75, -0.75) * u_texel).a, se = texture(u_tones, uv + vec2(0.75, -0.75) * u_texel).a;
    around = 0.25 * (nw + ne + sw + se);
    float low = min(here.a, min(min(nw, ne), min(sw, se))), high = max(here.a, max(max(nw, ne), max(sw, se)));
    if (high - low < max(LEAST, SHARE * high)) return here;
    vec2 along = vec2(sw + se - nw - ne, nw + sw - ne - se);
    float flat_ = max((nw + ne + sw + se) * 0.03, 0.008);
    along = clamp(along / (min(abs(along.x), abs(along.y)) + flat_), -REACH, REACH) * u_texel;
    vec4 inner = 0.5 * (texture(u_tones, uv - along / 6.0) + texture(u_tones, uv + along / 6.0));
    vec4 outer = 0.5 * inner + 0.25 * (texture(u_tones, uv - along * 0.5) + texture(u_tones, uv + along * 0.5));
    return outer.a < low || outer.a > high ? inner : outer;
}
