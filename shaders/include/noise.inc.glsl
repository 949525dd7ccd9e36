// Patterns from one tiling texture (made at start by world/stage/textures.py): r soft clouds, g cracks, b grain, a ridges.
// And an integer hash for what must not repeat. Source: PCG output mix (Jarzynski and Olano, JCGT 2020).
uniform sampler2D u_noise;

float square(float x) { // pow() of what is negative is no number
    return x * x;
}

uint hash_u(uvec2 v) {
    uint h = v.x * 747796405u + v.y * 2891336453u + 277803737u;
    h = ((h >> ((h >> 28u) + 4u)) ^ h) * 277803737u;
    return (h >> 22u) ^ h;
}

float hash_f(vec2 cell) {
    return float(hash_u(uvec2(ivec2(floor(cell)) + 32768)) & 0xffffffu) / 16777216.0;
}

// Interleaved gradient noise (Jimenez, SIGGRAPH 2014): an even dither without a texture.
float dither(vec2 pixel) {
    return fract(52.9829189 * fract(dot(pixel, vec2(0.06711056, 0.00583715))));
}
