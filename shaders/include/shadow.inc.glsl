// Shadows of the few strongest lights: what the light field, two metres to a voxel, knows no shape of. In: the light field's E(n), a
// surface.  Out: E(n) less what those lights would give and do not. It is taken off by the field's own formula (a light is a field that
// comes from one side), so no more is lost than was there. Cost: near a light, four texel fetches. SHADOWS: how many lights; unrolled as
// lamps are.
uniform sampler2D u_shadows; // depth from each light, two by two
uniform mat4 u_shadow_from[4];  // scene -> the light's clip space
uniform vec4 u_shadow_at[4];    // xyz: where the light is, w: its size² (m²)
uniform vec4 u_shadow_way[4];   // xyz: where it shines to, w: the share it sheds at a right angle
uniform vec4 u_shadow_light[4]; // rgb: candela now, w: 1 / reach² (1/m²)
uniform float u_shadow_strength[4];
const float LEFT = 0.14; // of the field's light, that comes back from walls

// How much of a light arrives (0 .. 1): bilinear between four comparisons.
float arrives(vec2 uv, float depth) {
    vec2 t = uv * vec2(textureSize(u_shadows, 0)) - 0.5;
    ivec2 low = ivec2(floor(t));
    vec2 f = t - floor(t);
    vec4 d = vec4(texelFetch(u_shadows, low, 0).r, texelFetch(u_shadows, low + ivec2(1, 0), 0).r,
                  texelFetch(u_shadows, low + ivec2(0, 1), 0).r, texelFetch(u_shadows, low + ivec2(1, 1), 0).r);
    vec4 lit = step(depth, d);
    return mix(mix(lit.x, lit.y, f.x), mix(lit.z, lit.w, f.x), f.y);
}

vec3 shadowed(vec3 e, vec3 p, vec3 n) {
    vec3 lost = vec3(0.0);
    for (int k = 0; k < SHADOWS; k++) {
        vec3 d = u_shadow_at[k].xyz - p;
        float gap = dot(d, d);
        float window = 1.0 - gap * u_shadow_light[k].w;
        vec3 l = d * inversesqrt(gap);
        float q = 0.5 + 0.5 * dot(n, l);
        float aside = u_shadow_way[k].w;
        float shape = aside + (1.0 - aside) * -dot(u_shadow_way[k].xyz, l);
        vec4 c = u_shadow_from[k] * vec4(p + n * 0.05 + l * 0.12, 1.0);
        vec3 at = c.xyz / max(c.w, 0.1);
        float edge = max(abs(at.x), abs(at.y));
        if (window > 0.0 && q >= 0.25 && shape > 0.0 && c.w > 0.1 && edge < 0.99) {
            vec2 uv = (at.xy * 0.5 + 0.5 + vec2(k & 1, k >> 1)) * 0.5;
            float gone = (1.0 - arrives(uv, at.z * 0.5 + 0.5)) * u_shadow_strength[k] * (1.0 - smoothstep(0.8, 0.99, edge));
            lost += u_shadow_light[k].rgb * (gone * min(shape, 1.0) * window * window * q * q * q / (gap + u_shadow_at[k].w));
        }
    }
    return max(e - lost, e * LEFT);
}
