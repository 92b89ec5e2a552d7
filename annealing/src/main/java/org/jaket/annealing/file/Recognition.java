package org.jaket.annealing.file;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Tells the format of a file by how it begins. */
final class Recognition {
    /** So much of a file may be comments before its first line. */
    private static final int WINDOW = 1 << 16;

    /** What other tools write, and what may be done with it. */
    private record Stranger(String magic, String advice) {
        boolean begins(byte[] head) {
            return Recognition.begins(head, magic.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private static final Stranger[] STRANGERS = {
        new Stranger(
                "DIMODCQM",
                "a constrained quadratic model of dimod, not a binary quadratic model; ConstrainedFile reads it"),
        new Stranger(
                "DIMODQM",
                "a quadratic model of dimod, not a binary quadratic model; ConstrainedFile reads it"),
        new Stranger(
                "DIMODDQM",
                "a discrete quadratic model of dimod, not a binary quadratic model; ConstrainedFile reads it"),
        new Stranger("\u001f\u008b", "compressed by gzip; decompress it first"),
        new Stranger("BZh", "compressed by bzip2; decompress it first"),
        new Stranger("PK", "a ZIP archive; unpack it first"),
    };

    /** How HDF5 begins, of which only QUBin is known here. */
    private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F'};

    private Recognition() {}

    private static boolean begins(byte[] head, byte[] magic) {
        return head.length >= magic.length
                && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
    }

    /**
     * The format of a stream, which stands at its beginning afterwards; {@link ModelFormat#MAX_CUT}
     * stands for all formats that begin with two counts.
     *
     * @param in supports marks
     */
    static ModelFormat format(String source, InputStream in) throws IOException {
        in.mark(WINDOW + 1);
        byte[] head = in.readNBytes(WINDOW);
        in.reset();
        for (Stranger stranger : STRANGERS) {
            if (stranger.begins(head)) {
                throw ModelFileException.of(source, "this is " + stranger.advice);
            }
        }
        if (begins(head, BqmReader.MAGIC)) {
            return ModelFormat.DIMOD_BQM;
        } else if (begins(head, HDF5)) {
            return ModelFormat.QUBIN;
        }
        String text = new String(head, StandardCharsets.ISO_8859_1);
        int comments = 0;
        int number = 0;
        for (String line : text.split("\n")) {
            number++;
            String row = line.strip();
            if (row.startsWith("#")) {
                comments++;
            } else if (!row.isEmpty()) {
                ModelFormat format = row(row);
                if (format == null) {
                    throw ModelFileException.at(source, number, 1, unknown(row));
                }
                return format;
            }
        }
        if (comments > 0) {
            return ModelFormat.COO;
        }
        throw ModelFileException.of(source, "the file is empty");
    }

    /**
     * The format of a stream, which stands at its beginning afterwards, if it is one of constrained
     * models; else null.
     *
     * @param in supports marks
     */
    static @Nullable ConstrainedFormat constrained(InputStream in) throws IOException {
        in.mark(WINDOW + 1);
        byte[] head = in.readNBytes(WINDOW);
        in.reset();
        if (begins(head, CqmReader.MAGIC)) {
            return ConstrainedFormat.DIMOD_CQM;
        } else if (begins(head, DqmFile.MAGIC)) {
            return ConstrainedFormat.DIMOD_DQM;
        } else if (begins(head, DimodFunction.QUADRATIC_MODEL)) {
            return ConstrainedFormat.DIMOD_QM;
        }
        // Only LP files have comments with \ and begin with a word that is a heading.
        String text = new String(head, StandardCharsets.ISO_8859_1).stripLeading();
        return text.startsWith("\\") || LpSection.startsText(text) ? ConstrainedFormat.LP : null;
    }

    private static @Nullable ModelFormat row(String row) {
        String[] words = row.split("\\s+", 5);
        if (row.startsWith("{")) {
            return ModelFormat.BQPJSON;
        } else if (words[0].equals("c") || words[0].equals("p") && row.matches("p\\s+qubo\\b.*")) {
            return ModelFormat.QBSOLV;
        } else if (words[0].matches("[-+]?\\d+")) {
            return words.length == 2 ? ModelFormat.MAX_CUT : ModelFormat.COO;
        }
        return null;
    }

    private static String unknown(String row) {
        String advice =
                row.startsWith("p ")
                        ? "a graph or formula of DIMACS is read by its problem, as MaximumIndependentSet or Satisfiability"
                        : row.startsWith("%") || row.startsWith("set ") || row.startsWith("var ")
                                ? "MiniZinc can be written only"
                                : row.startsWith("\\") || LpSection.startsText(row)
                                        ? "an LP file is a constrained model, which ConstrainedFile reads"
                                        : "no format of models begins like this; ModelFormat lists those that there are";
        return "\"%s\": %s".formatted(ModelFileException.shown(row), advice);
    }
}
