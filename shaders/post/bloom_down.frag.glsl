#version 330
// Half size, thirteen taps (Jimenez, "Next generation post processing", SIGGRAPH 2014). In: u_source.  Out: the same, smaller.
// USE_FIRST: the source is the scene under its fog, exposed, with a soft knee; a bright speck is kept from flickering (Karis weights).
// USE_DEVELOPED: scene and fog have met already, and a lens has blurred them.
uniform sampler2D u_source;
uniform vec2 u_texel;
#ifdef USE_FIRST
#include "include/share.inc.glsl"
uniform sampler2D u_fogged;
uniform sampler2D u_developed;
uniform vec2 u_fog_texel;
uniform float u_exposure;
#endif
in vec2 v_uv;
out vec4 o_color;

#ifdef USE_FIRST
vec4 fog = vec4(0.0);
#endif

vec3 tap(vec2 o) {
    vec2 uv = v_uv + o * u_texel;
#ifdef USE_DEVELOPED
    vec3 c = texture(u_developed, uv).rgb * u_exposure;
#elif defined(USE_FIRST)
    vec3 c = (texture(u_source, in_scene(u_source, uv)).rgb * fog.a + fog.rgb) * u_exposure;
#else
    vec3 c = texture(u_source, uv).rgb;
#endif
#ifdef USE_FIRST
    float peak = max(c.r, max(c.g, c.b));
    if (!(peak < 1e4)) c = vec3(peak = 0.0); // one pixel that is no number would blacken the picture
    float knee = clamp((peak - 0.45) / 1.1, 0.0, 1.0);
    c *= knee * knee;
    c = min(c, vec3(24.0));
    c /= 1.0 + 0.04 * peak;
#endif
    return c;
}

void main() {
#if defined(USE_FIRST) && !defined(USE_DEVELOPED)
    fog = texture(u_fogged, v_uv - 0.5 * u_fog_texel); // it is smooth over four pixels
#endif
    vec3 inner = tap(vec2(-1.0)) + tap(vec2(1.0, -1.0)) + tap(vec2(-1.0, 1.0)) + tap(vec2(1.0));
#ifdef USE_FIRST
    o_color = vec4(inner * 0.25, 1.0);
#else
    vec3 centre = tap(vec2(0.0));
    vec3 cross_ = tap(vec2(-2.0, 0.0)) + tap(vec2(2.0, 0.0)) + tap(vec2(0.0, -2.0)) + tap(vec2(0.0, 2.0));
    vec3 corners = tap(vec2(-2.0)) + tap(vec2(2.0, -2.0)) + tap(vec2(-2.0, 2.0)) + tap(vec2(2.0));
    o_color = vec4(inner * 0.125 + centre * 0.125 + cross_ * 0.0625 + corners * 0.03125, 1.0);
#endif
}
