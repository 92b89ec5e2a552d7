package org.jaket.annealing.file;

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * A ZIP archive up to the end of a stream, read entry by entry. It may not hold an entry twice, nor
 * unpack to more than {@link ConstrainedFile#UNPACKED} bytes or {@link ConstrainedFile#RATIO} times
 * what it takes itself, whichever is more.
 */
final class DimodArchive {
    private final String source;
    private final Packed packed;
    private final ZipInputStream zip;
    private final Set<String> names = new HashSet<>();
    private long unpacked;

    DimodArchive(String source, InputStream in) {
        this.source = source;
        this.packed = new Packed(in);
        this.zip = new ZipInputStream(packed);
    }

    /** The name of the next entry, or null after the last one. */
    @Nullable String next() throws IOException {
        ZipEntry entry;
        try {
            entry = zip.getNextEntry();
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw damaged(e);
        }
        if (entry == null) {
            packed.transferTo(OutputStream.nullOutputStream());
            if (!packed.endsArchive()) {
                throw ModelFileException.of(
                        source, "the archive has no end: the file may be cut off");
            }
            return null;
        }
        if (!names.add(entry.getName())) {
            throw ModelFileException.of(
                    source,
                    "the archive has the entry %s twice"
                            .formatted(ModelFileException.shown(entry.getName())));
        }
        return entry.getName();
    }

    /** The contents of the entry, of which nothing is kept. */
    InputStream contents() {
        return new Unpacked();
    }

    /** The contents of a short entry. */
    byte[] bytes(String name, int most) throws IOException {
        byte[] bytes = contents().readNBytes(most + 1);
        if (bytes.length > most) {
            throw ModelFileException.of(
                    source,
                    "the entry %s has more than %d bytes"
                            .formatted(ModelFileException.shown(name), most));
        }
        return bytes;
    }

    private ModelFileException damaged(Exception e) {
        return ModelFileException.of(
                source,
                "the archive is damaged or cut off: "
                        + (e.getMessage() == null
                                ? "it ends too early"
                                : ModelFileException.shown(e.getMessage())));
    }

    /** What the archive unpacks to. */
    private final class Unpacked extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            int read;
            try {
                read = zip.read(bytes, from, count);
            } catch (ZipException | EOFException e) {
                throw damaged(e);
            }
            unpacked += Math.max(0, read);
            if (unpacked > ConstrainedFile.UNPACKED
                    && unpacked / ConstrainedFile.RATIO > packed.count) {
                throw ModelFileException.of(
                        source,
                        "the archive unpacks to more than %d times its size, which no model does"
                                .formatted(ConstrainedFile.RATIO));
            }
            return read;
        }
    }

    /** The archive itself: counts bytes, and remembers the last ones. */
    private static final class Packed extends FilterInputStream {
        /** The end of an archive has 22 bytes and a comment. */
        private final byte[] tail = new byte[256];

        private long count;

        Packed(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            for (int k = Math.max(0, read - tail.length); k < read; k++) {
                tail[(int) ((count + k) % tail.length)] = bytes[from + k];
            }
            count += Math.max(0, read);
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        /** Whether the last bytes are, or have, the end of a central directory. */
        boolean endsArchive() {
            long first = Math.max(0, count - tail.length);
            for (long k = count - 22; k >= first; k--) {
                if (last(k) == 'P' && last(k + 1) == 'K' && last(k + 2) == 5 && last(k + 3) == 6) {
                    return true;
                }
            }
            return false;
        }

        private byte last(long position) {
            return tail[(int) (position % tail.length)];
        }
    }
}
