package org.jaket.annealing.file;

import org.jaket.annealing.BinaryQuadraticModel;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes {@link ModelFormat#DIMOD_BQM}, version 2.0, with doubles and 32 bit integers. */
final class DimodBinaryWriter {
    /** Headers and labels are padded to a multiple of it. */
    private static final int ALIGNMENT = 64;

    private final OutputStream out;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);

    private DimodBinaryWriter(OutputStream out) {
        this.out = out;
    }

    static void write(BinaryQuadraticModel model, OutputStream out) throws IOException {
        // Labels first: if they cannot be written, nothing is.
        String labels = model.variables().isRange() ? "" : Json.labels(model.variables());
        String header =
                """
                {"dtype": "float64", "itype": "int32", "ntype": "int32", "shape": [%d, %d], \
                "type": "BinaryQuadraticModel", "variables": %s, "vartype": "%s"}
                """
                        .formatted(
                                model.size(),
                                model.interactions(),
                                !labels.isEmpty(),
                                model.vartype());
        DimodBinaryWriter writer = new DimodBinaryWriter(out);
        out.write(DimodBinary.MAGIC);
        out.write(new byte[] {2, 0});
        writer.padded(header, DimodBinary.MAGIC.length + 2 + 4);
        writer.numbers(model);
        if (!labels.isEmpty()) {
            out.write("VARS".getBytes(StandardCharsets.US_ASCII));
            writer.padded(labels, 4 + 4);
        }
    }

    /** A length and a text, filled up with blanks. */
    private void padded(String text, int before) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        int blanks = Math.floorMod(-(before + bytes.length), ALIGNMENT);
        buffer.putInt(bytes.length + blanks);
        flush();
        out.write(bytes);
        out.write(" ".repeat(blanks).getBytes(StandardCharsets.US_ASCII));
    }

    private void numbers(BinaryQuadraticModel model) throws IOException {
        room(Double.BYTES).putDouble(model.offset());
        int start = 0;
        for (int i = 0; i < model.size(); i++) {
            room(Integer.BYTES + Double.BYTES).putInt(start).putDouble(model.linear(i));
            start += model.degree(i);
        }
        for (int i = 0; i < model.size(); i++) {
            for (int k = 0; k < model.degree(i); k++) {
                room(Integer.BYTES + Double.BYTES)
                        .putInt(model.neighbour(i, k))
                        .putDouble(model.weight(i, k));
            }
        }
        flush();
    }

    private ByteBuffer room(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    private void flush() throws IOException {
        out.write(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
