package org.jaket.stabilizer.diagram;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Boxes and lines in space, written as glTF 2.0 in one JSON text. Every box is a node with a name,
 * and boxes of one colour share a mesh.
 */
final class Scene {
    /** The most boxes and lines. */
    static final int MAX_ITEMS = 1 << 20;

    /** The corners of a face, seen from outside, in the order in which a face is drawn. */
    private static final int[] CORNERS = {0, 1, 2, 0, 2, 3};

    private record Box(String color, double x, double y, double z, double size, String name) {}

    private final List<Box> boxes = new ArrayList<>();
    private final Map<String, List<double[]>> lines = new LinkedHashMap<>();
    private int items;

    void box(String color, double x, double y, double z, double size, String name) {
        count();
        boxes.add(new Box(color, x, y, z, size, name));
    }

    void line(String color, double x1, double y1, double z1, double x2, double y2, double z2) {
        count();
        lines.computeIfAbsent(color, c -> new ArrayList<>())
                .add(new double[] {x1, y1, z1, x2, y2, z2});
    }

    private void count() {
        if (++items > MAX_ITEMS) {
            throw new IllegalArgumentException(
                    "The scene would have more than %d boxes and lines.".formatted(MAX_ITEMS));
        }
    }

    /** The scene as glTF. */
    String gltf() {
        var views = new ArrayList<String>();
        var accessors = new ArrayList<String>();
        var materials = new ArrayList<String>();
        var meshes = new ArrayList<String>();
        var nodes = new ArrayList<String>();
        var data = new ArrayList<float[]>();
        int at = 0;
        float[] cube = cube(false);
        float[] normals = cube(true);
        for (float[] part : List.of(cube, normals)) {
            at = accessor(part, at, views, accessors);
            data.add(part);
        }
        Map<String, Integer> meshOf = new LinkedHashMap<>();
        for (Box box : boxes) {
            Integer mesh = meshOf.get(box.color);
            if (mesh == null) {
                mesh = meshes.size();
                meshOf.put(box.color, mesh);
                meshes.add(
                        "{\"primitives\":[{\"attributes\":{\"POSITION\":0,\"NORMAL\":1},\"material\":%d,\"mode\":4}]}"
                                .formatted(materials.size()));
                materials.add(material(box.color));
            }
            nodes.add(
                    "{\"mesh\":%d,\"translation\":[%s,%s,%s],\"scale\":[%s,%s,%s],\"name\":%s}"
                            .formatted(
                                    mesh,
                                    number(box.x),
                                    number(box.y),
                                    number(box.z),
                                    number(box.size),
                                    number(box.size),
                                    number(box.size),
                                    quoted(box.name)));
        }
        for (Map.Entry<String, List<double[]>> entry : lines.entrySet()) {
            float[] part = new float[6 * entry.getValue().size()];
            for (int k = 0; k < part.length; k++) {
                part[k] = (float) entry.getValue().get(k / 6)[k % 6];
            }
            int accessor = accessors.size();
            at = accessor(part, at, views, accessors);
            data.add(part);
            nodes.add("{\"mesh\":%d,\"name\":\"lines\"}".formatted(meshes.size()));
            meshes.add(
                    "{\"primitives\":[{\"attributes\":{\"POSITION\":%d},\"material\":%d,\"mode\":1}]}"
                            .formatted(accessor, materials.size()));
            materials.add(material(entry.getKey()));
        }
        var all = new StringBuilder();
        for (int k = 0; k < nodes.size(); k++) {
            all.append(k == 0 ? "" : ",").append(k);
        }
        return """
                {"asset":{"version":"2.0","generator":"jaket"},"scene":0,
                "scenes":[{"nodes":[%s]}],
                "nodes":[%s],
                "meshes":[%s],
                "materials":[%s],
                "accessors":[%s],
                "bufferViews":[%s],
                "buffers":[{"byteLength":%d,"uri":"data:application/octet-stream;base64,%s"}]}"""
                .formatted(
                        all,
                        String.join(",\n", nodes),
                        String.join(",\n", meshes),
                        String.join(",\n", materials),
                        String.join(",\n", accessors),
                        String.join(",\n", views),
                        at,
                        base64(data, at));
    }

    private static int accessor(float[] part, int at, List<String> views, List<String> accessors) {
        var low = new StringBuilder();
        var high = new StringBuilder();
        for (int axis = 0; axis < 3; axis++) {
            float min = Float.POSITIVE_INFINITY;
            float max = Float.NEGATIVE_INFINITY;
            for (int k = axis; k < part.length; k += 3) {
                min = Math.min(min, part[k]);
                max = Math.max(max, part[k]);
            }
            low.append(axis == 0 ? "" : ",").append(min);
            high.append(axis == 0 ? "" : ",").append(max);
        }
        accessors.add(
                "{\"bufferView\":%d,\"componentType\":5126,\"count\":%d,\"type\":\"VEC3\",\"min\":[%s],\"max\":[%s]}"
                        .formatted(views.size(), part.length / 3, low, high));
        views.add(
                "{\"buffer\":0,\"byteOffset\":%d,\"byteLength\":%d,\"target\":34962}"
                        .formatted(at, 4 * part.length));
        return at + 4 * part.length;
    }

    private static String base64(List<float[]> data, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        data.forEach(
                part -> {
                    for (float value : part) {
                        bytes.putFloat(value);
                    }
                });
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /** The corners, or normals, of two triangles for each face of a cube around the origin. */
    private static float[] cube(boolean normals) {
        float[] values = new float[6 * 6 * 3];
        int at = 0;
        for (int axis = 0; axis < 3; axis++) {
            for (int sign = -1; sign <= 1; sign += 2) {
                for (int corner : CORNERS) {
                    // Seen from outside the corners go round against the clock.
                    float u = corner == 1 || corner == 2 ? 0.5f : -0.5f;
                    float v = corner >= 2 ? 0.5f : -0.5f;
                    float[] place = new float[3];
                    place[axis] = normals ? sign : sign * 0.5f;
                    if (!normals) {
                        place[(axis + 1) % 3] = sign * u;
                        place[(axis + 2) % 3] = v;
                    }
                    for (float value : place) {
                        values[at++] = value;
                    }
                }
            }
        }
        return values;
    }

    private static String material(String color) {
        int rgb = Integer.parseInt(color, 1, 7, 16);
        var factors = new StringBuilder();
        for (int shift = 16; shift >= 0; shift -= 8) {
            // glTF wants linear light.
            factors.append(number(Math.pow((rgb >> shift & 0xFF) / 255.0, 2.2))).append(',');
        }
        return "{\"pbrMetallicRoughness\":{\"baseColorFactor\":[%s1],\"metallicFactor\":0.1,\"roughnessFactor\":0.7}}"
                .formatted(factors);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
