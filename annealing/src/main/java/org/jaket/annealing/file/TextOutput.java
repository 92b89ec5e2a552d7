package org.jaket.annealing.file;

import org.jaket.annealing.BinaryQuadraticModel;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Words and numbers on their way to a file. Failures to write are unchecked until the end. */
final class TextOutput {
    private final OutputStream out;
    private final byte[] buffer = new byte[1 << 16];
    private int at;

    TextOutput(OutputStream out) {
        this.out = out;
    }

    TextOutput text(String text) {
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            if (c >= 128) {
                for (byte b : text.substring(k).getBytes(StandardCharsets.UTF_8)) {
                    put(b);
                }
                return this;
            }
            put((byte) c);
        }
        return this;
    }

    TextOutput integer(long value) {
        return text(Long.toString(value));
    }

    /** The shortest decimal that is read as the same double, as 1.0, 0.25 or 1.0E-9. */
    TextOutput number(double value) {
        return text(Double.toString(value));
    }

    /** The same, but integers without a point. */
    TextOutput weight(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? integer((long) value) : number(value);
    }

    /** The same without an exponent, which dimod's reader of coordinates does not know. */
    TextOutput plain(double value) {
        String text = Double.toString(value);
        return text(text.indexOf('E') < 0 ? text : new BigDecimal(text).toPlainString());
    }

    private void put(byte b) {
        if (at == buffer.length) {
            flush();
        }
        buffer[at++] = b;
    }

    void flush() {
        try {
            out.write(buffer, 0, at);
            at = 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands for the variables of a model in formats that know non-negative integers only. */
    static int[] integers(BinaryQuadraticModel model) {
        int[] labels = new int[model.size()];
        boolean labelled = true;
        for (int k = 0; k < labels.length && labelled; k++) {
            labelled = model.variables().get(k) instanceof Integer label && label >= 0;
            labels[k] = labelled ? (Integer) model.variables().get(k) : 0;
        }
        for (int k = 0; k < labels.length && !labelled; k++) {
            labels[k] = k;
        }
        return labels;
    }
}
