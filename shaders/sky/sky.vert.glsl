#version 330
// The sky behind everything: a triangle strip over the whole view, as far off as depth goes. In: p3d_Vertex.xz −1 .. 1.
// Out: v_ray, the direction that a corner looks in (its forward part is 1).
uniform vec4 u_lens; // near, far, tan(half width), tan(half height)
uniform vec3 u_right, u_forward, u_up;
in vec4 p3d_Vertex;
out vec3 v_ray;

void main() {
    gl_Position = vec4(p3d_Vertex.xz, 1.0, 1.0);
    v_ray = u_forward + u_right * (p3d_Vertex.x * u_lens.z) + u_up * (p3d_Vertex.z * u_lens.w);
}
