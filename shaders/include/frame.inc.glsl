// The frame: what every pass knows of the eye and the hour. Positions are metres relative to a floating origin that lies on a
// multiple of 256 m, so that patterns and textures of that period need no other coordinate. Z is up.
uniform vec3 u_eye;
uniform float u_time;      // s
uniform float u_water;     // m, the one water level
uniform float u_wetness;   // 0 .. 1
uniform float u_rain;      // 0 .. 1 of a downpour
uniform vec2 u_wind;       // m/s
uniform float u_fog;       // 1/m, extinction at the street
uniform float u_sky_lux;
const vec3 SKY_TINT = vec3(0.75, 0.95, 1.2); // of the light of an overcast night
uniform float u_calm;      // 1: nothing may flash
uniform float u_power[64]; // of each flicker group
const float GLARE = 0.0115; // drawn luminance of a source / its photometric luminance: the eye's and the lens's compression
