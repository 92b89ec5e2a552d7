package org.jaket.cli;

import org.jspecify.annotations.Nullable;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Where results go: a file, or standard output past System.out's locks and character encoding. */
final class Streams {
    private static @Nullable OutputStream standardOutput;

    private Streams() {}

    /** The named file, or standard output when there is no name; the caller closes it. */
    static OutputStream output(@Nullable String name) throws IOException {
        if (name != null) {
            return new FileOutputStream(name);
        }
        OutputStream replaced = standardOutput;
        OutputStream out = replaced == null ? new FileOutputStream(FileDescriptor.out) : replaced;
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                out.write(bytes, from, count);
            }

            @Override
            public void close() throws IOException {
                // Standard output stays open.
                out.flush();
            }
        };
    }

    /** The named file, or standard input when there is no name. */
    static InputStream input(@Nullable String name) throws IOException {
        return name == null ? System.in : new FileInputStream(name);
    }

    /** Sends standard output elsewhere, for tests that run the command in their own JVM. */
    static void replaceStandardOutput(@Nullable OutputStream out) {
        standardOutput = out;
    }
}
