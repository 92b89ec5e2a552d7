package org.jaket.stabilizer.diagram;

import java.util.List;

/** Web pages around pictures; everything they need is inside them. */
final class Pages {
    private static final String HEAD =
            """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>%s</title>
            <style>
            body { margin: 0; font-family: monospace; background: #f4f5f9; color: #1c1c28; }
            header { padding: 8px 16px; background: #ffffff; border-bottom: 1px solid #c4c7d2; }
            svg { max-width: 100%%; max-height: 92vh; display: block; margin: 12px auto; }
            canvas { width: 100vw; height: 100vh; display: block; }
            </style></head><body>
            """;

    private Pages() {}

    /** A page with one picture. */
    static String picture(String svg) {
        return HEAD.formatted("Circuit") + svg + "\n</body></html>";
    }

    /** A page that steps through pictures, with a slider and the arrow keys. */
    static String steps(List<String> pictures, long first) {
        var page = new StringBuilder(HEAD.formatted("Circuit, tick by tick"));
        page.append(
                        "<header>tick <output id=\"t\"></output> <input id=\"s\" type=\"range\" min=\"0\" max=\"")
                .append(pictures.size() - 1)
                .append("\" value=\"0\" style=\"width:60%\"> (arrow keys step)</header>\n");
        for (String picture : pictures) {
            page.append("<div class=\"p\" hidden>").append(picture).append("</div>\n");
        }
        page.append(
                """
                <script>
                const p = document.querySelectorAll('.p'), s = document.getElementById('s');
                function show() {
                  p.forEach((d, k) => d.hidden = k != s.value);
                  document.getElementById('t').value = FIRST + Number(s.value);
                }
                s.addEventListener('input', show);
                document.addEventListener('keydown', e => {
                  const step = e.key == 'ArrowRight' ? 1 : e.key == 'ArrowLeft' ? -1 : 0;
                  if (step && e.target != s) { s.value = Number(s.value) + step; show(); }
                });
                show();
                </script></body></html>"""
                        .replace("FIRST", Long.toString(first)));
        return page.toString();
    }

    /** A page that shows a scene: drag to turn, wheel to come nearer, shift and drag to move. */
    static String scene(String gltf) {
        return HEAD.formatted("Circuit in space")
                + "<canvas></canvas><script>const G = "
                + gltf.replace("</", "<\\/")
                + ";\n"
                + VIEWER
                + "</script></body></html>";
    }

    private static final String VIEWER =
            """
            const bytes = Uint8Array.from(atob(G.buffers[0].uri.split(',')[1]), c => c.charCodeAt(0));
            const read = k => {
              const a = G.accessors[k], v = G.bufferViews[a.bufferView];
              return new Float32Array(bytes.buffer, v.byteOffset, a.count * 3);
            };
            const solid = [], wire = [], low = [1e9, 1e9, 1e9], high = [-1e9, -1e9, -1e9];
            for (const n of G.nodes) {
              const t = n.translation || [0, 0, 0], s = (n.scale || [1])[0], m = G.meshes[n.mesh].primitives[0];
              const p = read(m.attributes.POSITION), q = m.mode == 4 ? read(m.attributes.NORMAL) : null;
              const c = G.materials[m.material].pbrMetallicRoughness.baseColorFactor.slice(0, 3).map(x => x ** (1 / 2.2));
              for (let k = 0; k < p.length; k += 3) {
                const at = [0, 1, 2].map(j => p[k + j] * s + t[j]);
                at.forEach((x, j) => { low[j] = Math.min(low[j], x); high[j] = Math.max(high[j], x); });
                (q ? solid : wire).push(...at, ...(q ? [q[k], q[k + 1], q[k + 2]] : [0, 0, 0]), ...c);
              }
            }
            const canvas = document.querySelector('canvas'), gl = canvas.getContext('webgl');
            const shader = (type, text) => { const s = gl.createShader(type); gl.shaderSource(s, text); gl.compileShader(s); return s; };
            const program = gl.createProgram();
            gl.attachShader(program, shader(gl.VERTEX_SHADER, `attribute vec3 p, n, c; uniform vec3 o; uniform vec2 a, e; uniform float d;
              varying vec3 v; vec3 turn(vec3 x) { x = vec3(x.x * cos(a.x) + x.z * sin(a.x), x.y, x.z * cos(a.x) - x.x * sin(a.x));
              return vec3(x.x, x.y * cos(a.y) - x.z * sin(a.y), x.z * cos(a.y) + x.y * sin(a.y)); }
              void main() { vec3 x = turn(p - o); float w = d - x.z; gl_Position = vec4(x.xy * 2. * e, w * .99 - .1, w);
              v = c * (dot(n, n) < .5 ? 1. : .65 + .35 * turn(n).z); }`));
            gl.attachShader(program, shader(gl.FRAGMENT_SHADER, 'precision mediump float; varying vec3 v; void main() { gl_FragColor = vec4(v, 1.); }'));
            gl.linkProgram(program); gl.useProgram(program); gl.enable(gl.DEPTH_TEST); gl.clearColor(1, 1, 1, 1);
            const part = list => { const b = gl.createBuffer(); gl.bindBuffer(gl.ARRAY_BUFFER, b);
              gl.bufferData(gl.ARRAY_BUFFER, new Float32Array(list), gl.STATIC_DRAW); return [b, list.length / 9]; };
            const parts = [[part(solid), gl.TRIANGLES], [part(wire), gl.LINES]], u = n => gl.getUniformLocation(program, n);
            let a = [0.6, 0.4], o = low.map((x, j) => (x + high[j]) / 2), d = 1.3 * Math.max(3, Math.hypot(...high.map((x, j) => x - low[j])));
            function draw() {
              canvas.width = innerWidth; canvas.height = innerHeight; gl.viewport(0, 0, canvas.width, canvas.height);
              gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
              gl.uniform3fv(u('o'), o); gl.uniform2fv(u('a'), a); gl.uniform1f(u('d'), d); gl.uniform2f(u('e'), Math.min(1, innerHeight / innerWidth), Math.min(1, innerWidth / innerHeight));
              for (const [[b, count], mode] of parts) {
                gl.bindBuffer(gl.ARRAY_BUFFER, b);
                ['p', 'n', 'c'].forEach((name, k) => { const l = gl.getAttribLocation(program, name);
                  gl.enableVertexAttribArray(l); gl.vertexAttribPointer(l, 3, gl.FLOAT, false, 36, 12 * k); });
                gl.drawArrays(mode, 0, count);
              }
            }
            addEventListener('resize', draw);
            canvas.onpointermove = e => { if (!e.buttons) return;
              if (e.shiftKey) { o[0] -= e.movementX * d / 900; o[1] += e.movementY * d / 900; }
              else { a[0] += e.movementX / 200; a[1] += e.movementY / 200; } draw(); };
            canvas.onwheel = e => { e.preventDefault(); d *= Math.exp(e.deltaY / 800); draw(); };
            draw();
            """;
}
