#version 330
// Falling drops as thin upright quads, closed-form in time: a box of rain rides with the eye, its pattern fixed to the world.
// In: p3d_Vertex.xyz a hashed place in [0, 1)³, p3d_MultiTexCoord0 the corner (x ±1, y 0..1).  Out: colour by the light where the drop is.
#include "include/frame.inc.glsl"
#include "include/light.inc.glsl"
uniform mat4 p3d_ModelViewProjectionMatrix;
uniform sampler2D u_relief;
uniform float u_pixel_angle; // of one pixel (radians)
in vec4 p3d_Vertex;
in vec2 p3d_MultiTexCoord0;
out vec3 v_light;
out vec2 v_corner;
const vec3 BOX = vec3(26.0, 26.0, 13.0);

void main() {
    float speed = 7.5 + 2.0 * fract(p3d_Vertex.x * 91.0);
    vec3 fall = vec3(u_wind * 0.55, -speed);
    vec3 place = p3d_Vertex.xyz * BOX + fall * u_time;
    vec3 low = u_eye - BOX * vec3(0.5, 0.5, 0.36);
    place = low + mod(place - low, BOX);
    vec3 along = normalize(fall);
    vec3 to_eye = u_eye - place;
    float distance_ = length(to_eye);
    vec3 side = normalize(cross(along, to_eye / distance_));
    // A streak is a millimetre wide; drawn no thinner than a pixel and paler for it, it neither crawls nor breaks into dots.
    float width = max(0.0011, 0.8 * u_pixel_angle * distance_);
    float share = 0.0011 / width;
    vec3 p = place + side * p3d_MultiTexCoord0.x * width - along * p3d_MultiTexCoord0.y * (0.16 + 0.028 * speed);
    vec2 ground = textureLod(u_relief, (place.xy / 0.25 + 0.5) / 1024.0, 0.0).rg;
    float seen = step(ground.r, place.z) * (1.0 - step(place.z, ground.g) * step(ground.g, 5000.0));
    seen *= step(p3d_Vertex.w, u_rain) * smoothstep(0.5, 1.6, distance_) * (1.0 - smoothstep(9.0, 13.0, distance_));
    v_light = open_light(place) * (seen * (0.07 + 0.6 * share));
    v_corner = p3d_MultiTexCoord0;
    gl_Position = seen > 0.0 ? p3d_ModelViewProjectionMatrix * vec4(p, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
}
