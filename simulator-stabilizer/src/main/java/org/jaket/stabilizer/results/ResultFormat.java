package org.jaket.stabilizer.results;

/**
 * The formats in which shots are written, byte for byte those of Stim.
 *
 * <table>
 * <caption>Formats</caption>
 * <tr><th>name</th><th>one shot is</th></tr>
 * <tr><td>01</td><td>a line of characters 0 and 1</td></tr>
 * <tr><td>b8</td><td>bytes, eight bits each, first bit least significant, zero padded</td></tr>
 * <tr><td>r8</td><td>a byte per run of zeros before a one; 255 is 255 zeros and no one; a one is
 * imagined after the last bit</td></tr>
 * <tr><td>ptb64</td><td>64 shots at a time: for each bit eight bytes holding that bit of the 64
 * shots, first shot least significant</td></tr>
 * <tr><td>hits</td><td>a line of the comma-separated indices of the ones</td></tr>
 * <tr><td>dets</td><td>a line {@code shot M1 D4 L0}: the ones by kind and index</td></tr>
 * </table>
 */
public enum ResultFormat {
    /** Characters 0 and 1, a line a shot. */
    ZERO_ONE("01"),
    /** Packed bytes. */
    B8("b8"),
    /** Run lengths. */
    R8("r8"),
    /** Packed and transposed in groups of 64 shots. */
    PTB64("ptb64"),
    /** Indices of ones, a line a shot. */
    HITS("hits"),
    /** Indices of ones with their kind, a line a shot. */
    DETS("dets");

    private final String text;

    ResultFormat(String text) {
        this.text = text;
    }

    /** Returns the name used on the command line, such as {@code "b8"}. */
    public String text() {
        return text;
    }

    /**
     * Returns the format of a name.
     *
     * @throws IllegalArgumentException if there is none, naming those that exist
     */
    public static ResultFormat of(String text) {
        for (ResultFormat format : values()) {
            if (format.text.equals(text)) {
                return format;
            }
        }
        throw new IllegalArgumentException(
                "Unknown result format '%s'. The formats are 01, b8, r8, ptb64, hits and dets."
                        .formatted(text));
    }
}
