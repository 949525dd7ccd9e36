// From the depth buffer back to the scene. In: v_uv and the eye's frame.
#include "include/share.inc.glsl"
uniform sampler2D u_depth;
uniform vec4 u_lens; // near, far, tan(half width), tan(half height)
uniform vec3 u_right, u_forward, u_up;

const float HELD = 0.02; // the nearest part of the range belongs to the hands (world/stage/hands.py)

float depth_along(float d) { // distance along the forward axis (m)
    if (d < HELD) d /= HELD;
    return u_lens.x * u_lens.y / (u_lens.y - d * (u_lens.y - u_lens.x));
}

float depth_at(vec2 uv) { // as the card has it: 1 is the sky
    return texture(u_depth, in_scene(u_depth, uv)).r;
}

vec3 ray_at(vec2 uv) { // its forward part is 1
    vec2 s = uv * 2.0 - 1.0;
    return u_forward + u_right * (s.x * u_lens.z) + u_up * (s.y * u_lens.w);
}
