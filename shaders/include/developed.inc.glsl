// The scene as it meets the lens: contact shade, fog. In: scene, depth, fog (see fog_even.frag), contact shade (half size).
// Out: luminance (cd/m²). Cost: seven reads, two where nothing shades. Needs depth.inc.
uniform sampler2D u_scene;
uniform sampler2D u_fogged;
uniform sampler2D u_contact; // r: how open, g: distance along the view (m)
uniform vec2 u_fog_texel;
uniform float u_contact_share;
uniform float u_exposure;

const vec3 MIST = vec3(0.5, 1.0, 1.0); // how much of each colour mist scatters and veils: red goes through it further

// The four half-size texels round a point, each as far as it is of this surface: no shade spills over an edge.
float openness(vec2 uv, float along) {
    vec2 at = uv * vec2(textureSize(u_contact, 0)) - 0.5;
    ivec2 base = ivec2(floor(at)), last = textureSize(u_contact, 0) - 1;
    vec2 f = fract(at);
    float sum = 0.0, weight = 0.0;
    for (int k = 0; k < 4; k++) {
        ivec2 o = ivec2(k & 1, k >> 1);
        vec2 c = texelFetch(u_contact, clamp(base + o, ivec2(0), last), 0).rg;
        vec2 near = mix(1.0 - f, f, vec2(o));
        float w = near.x * near.y * clamp(1.0 - abs(c.g - along) * 8.0 / along, 0.002, 1.0);
        sum += w * c.r;
        weight += w;
    }
    return sum / max(weight, 1e-5);
}

vec3 scene_at(vec2 uv) {
    vec4 fog = texture(u_fogged, uv - 0.5 * u_fog_texel);
    vec3 c = texture(u_scene, in_scene(u_scene, uv)).rgb;
#ifdef USE_CONTACT
    // It is the light from all round that is kept out of corners. What shines, or mirrors what shines, shines on.
    float peak = max(c.r, max(c.g, c.b)) * u_exposure;
    float held = u_contact_share * (1.0 - smoothstep(0.12, 0.7, peak));
    if (held > 0.0) c *= mix(1.0, openness(uv, depth_along(depth_at(uv))), held);
#endif
    return c * mix(vec3(1.0), vec3(fog.a), MIST) + fog.rgb * MIST;
}
