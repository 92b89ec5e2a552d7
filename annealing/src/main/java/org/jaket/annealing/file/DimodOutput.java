package org.jaket.annealing.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What dimod's binary files consist of, little endian: a header, and sections of four letters, the
 * length of what follows, and that. Both are filled up with blanks to a multiple of 64. Flushed at
 * the end of each; what is put in between flushes itself when it has to.
 */
final class DimodOutput {
    private static final int ALIGNMENT = 64;

    private final OutputStream out;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 13).order(ByteOrder.LITTLE_ENDIAN);

    /** The blanks at the end of the section. */
    private int blanks;

    DimodOutput(OutputStream out) {
        this.out = out;
    }

    /** Magic, version, and the length of a JSON object and the object. */
    void header(byte[] magic, int major, int minor, String json) throws IOException {
        room(magic.length + 2 + Integer.BYTES).put(magic).put((byte) major).put((byte) minor);
        byte[] text = json.getBytes(StandardCharsets.US_ASCII);
        blanks = Math.floorMod(-(magic.length + 2L + Integer.BYTES + text.length), ALIGNMENT);
        buffer.putInt(text.length + blanks);
        text(text);
    }

    /** A section that is a text. */
    void section(String magic, String contents) throws IOException {
        byte[] text = contents.getBytes(StandardCharsets.US_ASCII);
        begin(magic, Integer.BYTES, text.length);
        text(text);
    }

    private void text(byte[] text) throws IOException {
        flush();
        out.write(text);
        end();
    }

    /**
     * Begins a section.
     *
     * @param lengthBytes how many bytes its length has, 4 or 8
     * @param contents how many bytes follow until its end
     */
    void begin(String magic, int lengthBytes, long contents) throws IOException {
        blanks = Math.floorMod(-(4 + lengthBytes + contents), ALIGNMENT);
        room(4 + Long.BYTES).put(magic.getBytes(StandardCharsets.US_ASCII));
        if (lengthBytes == Long.BYTES) {
            buffer.putLong(contents + blanks);
        } else if (contents + blanks <= 0xffffffffL) {
            buffer.putInt((int) (contents + blanks));
        } else {
            throw new IllegalArgumentException(
                    "a model of so many variables cannot be written in this format");
        }
    }

    /** Ends the section. */
    void end() throws IOException {
        room(blanks).put(" ".repeat(blanks).getBytes(StandardCharsets.US_ASCII));
        flush();
    }

    /** Where the next few bytes are put. */
    ByteBuffer room(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    void flush() throws IOException {
        out.write(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
