// A body of rigid parts: where a vertex is now, what its lamp burns in. In: u_body (world/stage/bodies.py writes it for every body).
// Space: the body's frame. Cost: three to six uniform rows a vertex.
const int PARTS = 16, ROLES = 6;
uniform vec4 u_body[56]; // 3 rows of a matrix a part; a colour (linear · strength) a role; eye (xyz, candela); own share, wet (-1: as the weather has it), rim, 0
const float LEAST_PX = 0.55; // half of what a lamp is drawn as, however far it is

vec3 placed(int part, vec3 p) {
    vec4 h = vec4(p, 1.0);
    return vec3(dot(u_body[3 * part], h), dot(u_body[3 * part + 1], h), dot(u_body[3 * part + 2], h));
}

vec3 turned(int part, vec3 v) {
    return vec3(dot(u_body[3 * part].xyz, v), dot(u_body[3 * part + 1].xyz, v), dot(u_body[3 * part + 2].xyz, v));
}

vec3 lamp_colour(int role) {
    return u_body[3 * PARTS + role].rgb;
}

vec4 body_eye() {
    return u_body[3 * PARTS + ROLES];
}

vec4 body_traits() {
    return u_body[3 * PARTS + ROLES + 1];
}
