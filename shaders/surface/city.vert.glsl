#version 330
// The city's vertices. In: world.mesh.surface.VERTEX.  Out: position relative to the floating origin, and the attributes unpacked.
// Space: chunk -> origin-relative world -> clip.
uniform mat4 p3d_ModelViewProjectionMatrix;
uniform mat4 p3d_ModelMatrix;
uniform float u_water;
uniform vec3 u_eye;
uniform float u_pixel_angle; // of one pixel (radians)
in vec4 p3d_Vertex;
invariant gl_Position;
in vec4 packed_normal;
in vec4 tint;
in vec2 p3d_MultiTexCoord0;
in vec4 extra;
out vec3 v_position;
out vec3 v_normal;
out vec4 v_tint;
out vec2 v_uv;
flat out ivec4 v_what; // finish, flicker group, variant, pane or spare
flat out float v_luminance; // cd/m²
const int TUBE = 11;
#ifdef USE_BODY
#include "include/body.inc.glsl"
out vec3 v_rest;       // where the point is when the body is at rest (m): dirt and scratches hang on that
out vec3 v_glow;       // what the body's own eye throws on it (lux)
flat out vec3 v_eye;   // where that is
const int LAMP = 12;
#endif
const float TUBE_RADIUS = 0.013; // m

void main() {
    vec4 vertex = p3d_Vertex;
#ifdef USE_GROUND
    vertex.z = max(vertex.z, u_water); // where water stands the ground's mesh is its surface
#endif
    v_luminance = extra.y * 4.0;
#if !defined(USE_GROUND) && !defined(USE_MASONRY) && !defined(USE_SHEET) && !defined(USE_PANES) && !defined(USE_PLAIN) // tubes are elsewhere
    if (int(packed_normal.w + 0.5) == TUBE && int(extra.w + 0.5) == 1) {
        // A tube is drawn no thinner than a pixel, and paler for it, so that from afar it neither breaks into dots nor crawls.
        float radius = 0.45 * u_pixel_angle * length((p3d_ModelMatrix * vertex).xyz - u_eye);
        vertex.xyz += (packed_normal.xyz / 127.5 - 1.0) * max(radius - TUBE_RADIUS, 0.0);
        v_luminance *= min(TUBE_RADIUS / radius, 1.0);
    }
#endif
    vec3 normal = packed_normal.xyz / 127.5 - 1.0;
#ifdef USE_BODY
    int part = int(extra.z + 0.5), role = int(extra.x + 0.5);
    v_rest = vertex.xyz;
    vertex.xyz = placed(part, vertex.xyz);
    normal = turned(part, normal);
    if (role > 0) {
        // A lamp keeps a size that can be seen; what is drawn larger than it is, is hardly paler: it dazzles.
        float pixel = u_pixel_angle * length((p3d_ModelMatrix * vertex).xyz - u_eye);
        float grown = max(LEAST_PX * pixel - 0.008, 0.0);
        vertex.xyz += normal * grown;
        v_luminance *= inversesqrt(1.0 + grown / 0.03);
    }
    vec4 eye = body_eye();
    v_eye = (p3d_ModelMatrix * vec4(eye.xyz, 1.0)).xyz;
    vec3 to_lamp = eye.xyz - vertex.xyz;
    float gap = dot(to_lamp, to_lamp);
    v_glow = lamp_colour(1) * (eye.w * max(0.2 + 0.8 * dot(normal, to_lamp * inversesqrt(gap + 1e-4)), 0.0) / (gap + 0.03));
#endif
    gl_Position = p3d_ModelViewProjectionMatrix * vertex;
#ifdef USE_BODY
    v_position = (p3d_ModelMatrix * vertex).xyz;
    v_normal = mat3(p3d_ModelMatrix) * normal;
#else
    v_position = vertex.xyz + p3d_ModelMatrix[3].xyz; // chunks are moved, never turned
    v_normal = normal;
#endif
    v_tint = tint / 255.0;
    v_uv = p3d_MultiTexCoord0;
    v_what = ivec4(packed_normal.w + 0.5, extra.x + 0.5, extra.z + 0.5, extra.w + 0.5);
#ifdef USE_GROUND
    v_what = ivec4(extra + 0.5);
#endif
#ifdef USE_BODY
    if (role > 0) v_tint.rgb = lamp_colour(role);
    v_what.y = 0; // its lamps have a power of their own
    v_what.z = int(255.0 * body_traits().x);
#endif
}
