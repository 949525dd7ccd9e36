// The night above: near black, low cloud stained by the city's fires far off, lightning behind it. In: a unit direction.  Out: luminance (cd/m²).
uniform vec4 u_lightning; // xy: unit direction, z: lux on open ground
uniform vec3 u_fire; // xy: unit direction of the burning quarter, z: its strength
const float NIGHT_LUX = 0.06; // what the colours below stand for; a paler sky adds to them

// Luminance (cd/m²) of an even sky that gives what `u_sky_lux` has over the night's.
vec3 daylight() {
    return max(u_sky_lux - u_lightning.z - NIGHT_LUX, 0.0) / 3.14159 * SKY_TINT;
}

vec3 sky(vec3 d) {
    float up = clamp(d.z, 0.0, 1.0);
    vec3 base = mix(vec3(0.0034, 0.0043, 0.0052), vec3(0.0010, 0.0013, 0.0019), sqrt(up));
    vec2 drift = u_wind * 0.0006 * u_time;
    vec2 plane = d.xy / max(d.z, 0.06) * 0.018 + drift;
    float cloud = textureLod(u_noise, plane, 1.0).r * 0.65 + textureLod(u_noise, plane * 2.7, 1.0).r * 0.35;
    float facing = max(dot(normalize(d.xy + 1e-5), u_fire.xy), 0.0);
    float glow = pow(facing, 7.0) * exp(-up * 7.0) * u_fire.z;
    float flicker = 0.9 + 0.1 * sin(u_time * 1.3) * sin(u_time * 0.71);
    // What is left of a city's own light, low over the roofs, against which they stand.
    base += vec3(0.011, 0.0125, 0.0135) * exp(-up * 6.5) * (0.35 + cloud);
    base += daylight() * (0.75 + 0.25 * up);
    // Lightning: the cloud before it, brightest low and towards it.
    float behind = max(0.5 + 0.5 * dot(normalize(d.xy + 1e-5), u_lightning.xy), 0.0);
    base += u_lightning.z * vec3(0.62, 0.74, 1.0) * (0.02 + 0.24 * pow(behind, 6.0) * exp(-up * 1.6)) * (0.35 + 1.3 * cloud * cloud);
    return (base + vec3(0.5, 0.17, 0.045) * 0.16 * glow * flicker * (0.5 + cloud)) * (0.55 + 0.9 * cloud);
}
