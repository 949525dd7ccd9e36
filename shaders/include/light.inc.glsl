// The light field: E(n) in lux at a point, as world/light/field.py computes it for the robots' eyes (one formula, two homes, one test).
// Cost: four 3D reads for a surface, two for air; two texel fetches more where something flickers. Sources: see world/light/bake.py and
// partition.py.
uniform sampler3D u_light_level; // rgb: mean irradiance (lux), a: slot 0 (luminance)
uniform sampler3D u_light_flow;  // xyz: its direction of arrival, a: slot 1
// rgb: colour · power of each slot's source, a: where it is (see way_to), by cells of 8 m; rows 0..31 slot 0, 32..63 slot 1
uniform sampler2D u_light_slots;
uniform sampler3D u_light_walls_x, u_light_walls_y; // r: whether a wall parts two neighbouring voxels, g: that times how far along it is
const float LIFT = 0.1; // m: surfaces read the light this far in front of them, as field.py does
const vec3 LUMA = vec3(0.2126, 0.7152, 0.0722);

vec3 light_coordinate(vec3 p) {
    float z = max(p.z - 0.5, 0.0);
    // Layer 0 is what lies under the street; between the floors it gives way to layer 1 at once.
    vec3 below = clamp((p.zzz + vec3(2.6, 0.6, 0.3)) / vec3(2.0, 0.3, 0.8), 0.0, 1.0);
    float layer = dot(below, vec3(0.1, 0.8, 0.1)) + (sqrt(2.56 + 0.44 * z) - 1.6) / 0.22;
    return vec3(p.xy / 256.0, (min(layer, 20.0) + 0.5) / 21.0);
}

// Where a surface reads: beside a wall, its own side of it alone.
vec3 beside_walls(vec3 p) {
    vec3 at = light_coordinate(p);
#ifdef USE_FAR
    return at; // what seeps through a thin wall is not seen from afar
#else
    vec2 g = p.xy * 0.5 - 0.5, low = floor(g), f = g - low, pair = (low + 0.5) / 128.0;
    vec2 wall = texture(u_light_walls_x, vec3(pair.x, at.y, at.z)).rg;
    at.x = (low.x + mix(f.x, clamp((f.x - wall.g / max(wall.r, 1e-4)) * 8.0 + 0.5, 0.0, 1.0), wall.r) + 0.5) / 128.0;
    // Across, what counts is what stands where along x it is read.
    wall = texture(u_light_walls_y, vec3(at.x, pair.y, at.z)).rg;
    at.y = (low.y + mix(f.y, clamp((f.y - wall.g / max(wall.r, 1e-4)) * 8.0 + 0.5, 0.0, 1.0), wall.r) + 0.5) / 128.0;
    return at;
#endif
}

// What moves or strikes (world/stage/lamps.py), the strongest first: xyz place, w candela; rgb colour, w 1 / reach² (1/m²); the cone: the share
// of the light along a unit way l is xyz · l + w, between 0 and 1 (all round: 0, 1). LAMPS: how many at most; loops are unrolled, since a
// uniform at a place known only in the turn costs software as much as the turn, and a branch saves it nothing.
const int MOST_LAMPS = 6;
#ifndef LAMPS
#define LAMPS 6
#endif
uniform vec4 u_lamps[6];
uniform vec4 u_lamp_colours[6];
uniform vec4 u_lamp_ways[6];

uniform sampler2D u_lamp_reach; // by direction (its diamond angle) and lamp: metres to the first wall

// 1 where no wall is between a lamp and what lies `d` from it.
float lamp_clear(vec3 d, int k) {
#ifdef USE_MIRROR
    return 1.0;
#else
    vec2 q = d.xy / max(abs(d.x) + abs(d.y), 1e-4);
    float a = q.y >= 0.0 ? (q.x >= 0.0 ? q.y : 1.0 - q.x) : (q.x < 0.0 ? 2.0 - q.y : 3.0 + q.x);
    float reach = textureLod(u_lamp_reach, vec2(0.25 * a, (float(k) + 0.5) / float(MOST_LAMPS)), 0.0).r;
    return smoothstep(reach + 0.6, reach + 0.25, length(d.xy));
#endif
}

float lamp_window(float gap, int k) {
    return max(1.0 - gap * u_lamp_colours[k].w, 0.0);
}

vec3 lamp_light(vec3 p) { // mean irradiance, for what is thin or far: nothing is in its way
    vec3 sum = vec3(0.0);
    for (int k = 0; k < LAMPS; k++) {
        vec3 d = p - u_lamps[k].xyz;
        float gap = dot(d, d);
        float cone = clamp(dot(u_lamp_ways[k].xyz, d * inversesqrt(gap + 1e-6)) + u_lamp_ways[k].w, 0.0, 1.0);
        sum += u_lamp_colours[k].rgb * (u_lamps[k].w * 0.25 * cone / (gap + 0.2) * lamp_window(gap, k));
    }
    return sum;
}

#ifdef USE_BODY
flat in vec3 v_eye; // where the body that is drawn looks from
#endif

// On a surface; a little comes round from what is lit near by. A lamp overhead is kept off by what keeps the sky off.
vec3 lamp_cast(vec3 p, vec3 n, float open_sky) {
    vec3 sum = vec3(0.0);
    for (int k = 0; k < LAMPS; k++) {
        vec3 d = p - u_lamps[k].xyz;
        float gap = dot(d, d);
        vec3 l = d * inversesqrt(gap + 1e-6);
        float cone = clamp(dot(u_lamp_ways[k].xyz, l) + u_lamp_ways[k].w, 0.0, 1.0);
#ifdef USE_BODY
        if (dot(u_lamps[k].xyz - v_eye, u_lamps[k].xyz - v_eye) < 1.0) continue; // its own: see own_light()
#endif
        float roof = mix(1.0, open_sky, smoothstep(0.6, 0.9, -l.z) * smoothstep(9.0, 36.0, gap));
        float arrives = cone * roof * lamp_window(gap, k);
        if (arrives > 0.0) {
            sum += u_lamp_colours[k].rgb * (u_lamps[k].w * arrives * lamp_clear(d, k) * (0.12 + 0.88 * max(-dot(n, l), 0.0)) / (gap + 0.2));
        }
    }
    return sum;
}

// Beyond 120 m of the eye the texture holds another place's light.
float light_reach(vec3 p) {
    vec2 d = abs(p.xy - u_eye.xy);
    return 1.0 - smoothstep(104.0, 122.0, max(d.x, d.y));
}

// rgb and place of a slot's source.
vec4 slot_source(vec3 p, int slot) {
    return texelFetch(u_light_slots, (ivec2(floor(p.xy / 8.0)) & 31) + ivec2(0, 32 * slot), 0);
}

vec3 first_slot(vec3 p, float amount) {
    return amount > 0.001 ? amount * slot_source(p, 0).rgb : vec3(0.0);
}

// Towards a slot's source: its place from the cell's middle on the street, three bytes of steps of .25 m in one number. Unit but close by.
vec3 way_to(vec3 p, float bytes) {
    vec3 place = floor(mod(bytes / vec3(1.0, 256.0, 65536.0), 256.0)) - 128.0;
    vec3 d = vec3(8.0 * floor(p.xy / 8.0) + 4.0, 0.0) + 0.25 * place - p;
    return d * inversesqrt(dot(d, d) + 0.25);
}

// What flickers: its light, and how it adds to the direction of arrival.
vec3 slot_light(vec3 p, vec2 amount, inout vec3 flow) {
    vec3 sum = vec3(0.0);
    for (int k = 0; k < 2; k++) {
        if (amount[k] > 0.001) {
            vec4 source = slot_source(p, k);
            vec3 light = amount[k] * source.rgb;
            flow += dot(light, LUMA) * way_to(p, source.a);
            sum += light;
        }
    }
    return sum;
}

// Mean irradiance (lux) from all sides, what stands still alone: without the second slot,
vec3 field_light(vec3 p) {
    vec4 level = textureLod(u_light_level, light_coordinate(p), 0.0);
    return (level.rgb + first_slot(p, level.a)) * light_reach(p);
}

// and of that, whose amount lies in the other volume.
vec3 second_light(vec3 p) {
    return slot_source(p, 1).rgb * (textureLod(u_light_flow, light_coordinate(p), 0.0).a * light_reach(p));
}

// And with the moving lamps: for rain, smoke and steam.
vec3 air_light(vec3 p) {
    return field_light(p) + second_light(p) + lamp_light(p);
}

// And under the sky, which lightning lights: for what falls from it.
vec3 open_light(vec3 p) {
    return air_light(p) + 0.5 * u_sky_lux * SKY_TINT;
}

// Without the second slot, one read less: for what glass shows of it.
vec3 mean_light(vec3 p) {
    return field_light(p) + lamp_light(p);
}

#ifdef IN_SHADOW
#ifndef SHADOWS
#define SHADOWS 4
#endif
#include "include/shadow.inc.glsl"
#endif

// E(n) where `open_sky` (0 .. 1) of the sky is seen; `towards` comes back as the unit direction that most of the light arrives from, times how one-sided it is.
vec3 irradiance(vec3 p, vec3 n, float open_sky, out vec3 towards) {
    vec3 at = beside_walls(p);
    vec4 level4 = texture(u_light_level, at);
    vec4 flow4 = texture(u_light_flow, at);
    vec3 flow = flow4.xyz, level = level4.rgb + slot_light(p, vec2(level4.a, flow4.a), flow);
    float mean = dot(level, LUMA);
    float length_ = length(flow);
    float ratio = min(length_, mean) / max(mean, 1e-6);
    vec3 direction = flow / max(length_, 1e-6);
    float q = max(0.5 + 0.5 * dot(direction, n), 0.0);
    float power = 1.0 + 2.0 * ratio;
    float a = (1.0 - ratio) / (1.0 + ratio);
    float lobe = a + (1.0 - a) * (power + 1.0) * pow(q, power);
    towards = direction * ratio;
    vec3 sky = u_sky_lux * open_sky * (0.5 + 0.5 * n.z) * SKY_TINT;
    vec3 field = level * lobe * light_reach(p);
#ifdef IN_SHADOW
    field = shadowed(field, p, n);
#endif
    return field + sky + lamp_cast(p, n, open_sky);
}
