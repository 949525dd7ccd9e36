#version 330
// Sparks of broken signs: thrown when the arc strikes, they fall, bounce once, slide and go out. Closed-form in time.
// In: world.mesh.sparks' vertices.  Out: a streak along its way that faces the eye. Cost: one read of the relief a vertex.
// When they are thrown: world/conditions/sparks.py. USE_WRECK: those of a broken machine, all round and up, with the flare that they come
// from, which no distance swallows; world/mesh/bodies/wreck_sparks.py, when: world/posture/twitch.py.
#include "include/frame.inc.glsl"
#include "include/noise.inc.glsl"
uniform sampler2D u_relief;
uniform mat4 p3d_ModelViewProjectionMatrix;
uniform mat4 p3d_ModelMatrix;
uniform float u_pixel_angle; // of one pixel (radians)
in vec4 p3d_Vertex;
in vec4 tint;
in vec2 p3d_MultiTexCoord0;
in vec4 extra;
out vec2 v_corner;
flat out vec3 v_glow; // cd/m², drawn
flat out float v_round;
const float G = 9.81;   // m/s²
const float THIN = 0.005; // m, half

#ifdef USE_WRECK
uniform vec4 u_wreck[1]; // own share, seconds into the burst, its number, 1 if it strikes
#endif

void main() {
    float strike = extra.x < 0.5 ? 0.0 : extra.x < 1.5 ? 0.19 : 0.34;
#ifdef USE_WRECK
    float own = u_wreck[0].x, beat = u_wreck[0].z, strikes = u_wreck[0].w;
    float t = u_wreck[0].y - strike;
#else
    float own = extra.z / 255.0, period = 5.0 + 8.0 * own;
    float turn = u_time / period + 37.0 * own, beat = floor(turn);
    float strikes = step(fract(own * 29.7 + beat * 0.618034), 0.5);
    float t = (turn - beat) * period - strike;
#endif
    vec2 cell = vec2(extra.y + 64.0 * floor(own * 255.0), mod(beat, 512.0));
    vec4 h = vec4(hash_f(cell), hash_f(cell + 1024.0), hash_f(cell + 2048.0), hash_f(cell + 4096.0));
    float life = 0.45 + 1.1 * h.w * h.w;
#ifdef USE_WRECK
    float around = 6.28318 * h.y;
    vec3 v = vec3(vec2(cos(around), sin(around)) * (0.3 + 1.7 * h.x), 0.4 + 3.0 * h.z * h.z);
#else
    vec2 out_ = tint.xy / 127.0 - 128.0 / 127.0;
    vec3 v = vec3(out_ * (0.4 + 1.9 * h.x) + vec2(out_.y, -out_.x) * (h.y - 0.5) * 3.4, 2.4 * h.z - 0.5);
#endif

    vec3 source = (p3d_ModelMatrix * p3d_Vertex).xyz;
    float street = max(textureLod(u_relief, (source.xy / 0.25 + 0.5) / 1024.0, 0.0).r, u_water) + 0.01;
    float deep = max(source.z - street, 0.05);
    float hit = (v.z + sqrt(v.z * v.z + 2.0 * G * deep)) / G; // when it is down
    float first = min(t, hit), then = max(t - hit, 0.0);
    vec3 bounce = vec3(v.xy * 0.5, 0.3 * (G * hit - v.z));
    float rest = 2.0 * bounce.z / G, second = min(then, rest);
    vec3 p = source + v * first + bounce * second - vec3(0.0, 0.0, 0.5 * G * (first * first + second * second));
    vec3 speed = then > rest ? vec3(0.0) : t > hit ? bounce - vec3(0.0, 0.0, G * second) : v - vec3(0.0, 0.0, G * first);

    float left = clamp(1.0 - t / life, 0.0, 1.0) * strikes * step(0.0, t);
    vec3 to_eye = u_eye - p;
    float distance_ = length(to_eye), fast = length(speed);
    float pixel = u_pixel_angle * distance_;
    vec3 along = fast > 0.1 ? speed / fast : vec3(0.0, 0.0, 1.0);
    vec3 across = cross(along, to_eye / max(distance_, 0.01));
    across /= max(length(across), 0.05);
    float wide = max(THIN, 0.6 * pixel), high = max(wide, 0.018 * fast);
    v_corner = p3d_MultiTexCoord0;
    // White-hot, then yellow, then red; what is drawn wider than it is, is paler.
    v_glow = vec3(1.0, 0.25 + 0.7 * left, 0.05 + 0.75 * left * left * left) * (26.0 * left * (1.0 - 0.6 * u_calm)) * (THIN / wide);
    v_round = 0.0;
#ifdef USE_WRECK
    if (extra.y > 254.5) { // the flare
        v_round = 1.0;
        float arc = strikes * step(0.0, t) * exp(-max(t, 0.0) / 0.06) * (1.0 - u_calm);
        vec3 view = (u_eye - source) / max(length(u_eye - source), 0.01);
        vec3 side = normalize(cross(view, vec3(0.001, 0.0, 1.0)));
        wide = max(0.11, 2.6 * u_pixel_angle * length(u_eye - source));
        v_glow = vec3(0.7, 0.86, 1.0) * (22.0 * arc);
        p = source + view * 0.15;
        across = side;
        along = cross(side, view);
        high = wide;
        left = arc > 0.01 ? 1.0 : 0.0;
    }
#endif
    vec3 aside = across * (v_corner.x * wide) + along * (v_corner.y * high);
    gl_Position = left > 0.0 ? p3d_ModelViewProjectionMatrix * vec4(p3d_Vertex.xyz + (p - source) + aside, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}
