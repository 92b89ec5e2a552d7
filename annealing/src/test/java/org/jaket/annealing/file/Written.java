package org.jaket.annealing.file;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Constrained models written, and read again. */
final class Written {
    private Written() {}

    static byte[] bytes(ConstrainedDocument document) throws IOException {
        var out = new ByteArrayOutputStream();
        ConstrainedFile.write(document, out);
        return out.toByteArray();
    }

    /** What is read, without saying the format, from what was written. */
    static ConstrainedDocument again(ConstrainedDocument document) throws IOException {
        return read(bytes(document));
    }

    static ConstrainedDocument read(byte[] bytes) throws IOException {
        return ConstrainedFile.read(new ByteArrayInputStream(bytes), "f");
    }

    static ConstrainedDocument read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
