package org.jaket.circuit.expression;

/**
 * The type of a classical value: a kind and a width in bits, as in OpenQASM 3.
 *
 * <p>Every value has a raw form of at most 64 bits: 0 or 1 for {@code BOOL}, an unsigned number for
 * {@code BITS}, {@code UINT} and {@code ANGLE} (in units of 2 pi / 2<sup>width</sup>), a
 * sign-extended one for {@code INT}, and the bit pattern of a double for {@code FLOAT}.
 *
 * @param kind what the bits mean
 * @param width 1 to 64 bits; 64 for FLOAT
 */
public record Type(Kind kind, int width) {
    /** The widest value. */
    public static final int MAX_WIDTH = 64;

    /** What the bits of a value mean. */
    public enum Kind {
        /** True or false. */
        BOOL,
        /** A string of bits, read as an unsigned number with bit 0 least significant. */
        BITS,
        /** A two's complement whole number. */
        INT,
        /** An unsigned whole number. */
        UINT,
        /** An unsigned fraction of a full turn. */
        ANGLE,
        /** A double. */
        FLOAT
    }

    /** A truth value. */
    public static final Type BOOL = new Type(Kind.BOOL, 1);

    /** A double. */
    public static final Type FLOAT = new Type(Kind.FLOAT, 64);

    /** Checks the width. */
    public Type {
        if (width < 1 || width > MAX_WIDTH) {
            throw new IllegalArgumentException(
                    "a classical value has 1 to "
                            + MAX_WIDTH
                            + " bits, not "
                            + width
                            + " ("
                            + kind
                            + ")");
        }
        if (kind == Kind.BOOL && width != 1 || kind == Kind.FLOAT && width != 64) {
            throw new IllegalArgumentException(kind + " cannot have width " + width);
        }
    }

    private static final Type INT64 = new Type(Kind.INT, 64);

    /** A signed whole number of the given width. */
    public static Type integer(int width) {
        return width == 64 ? INT64 : new Type(Kind.INT, width);
    }

    /** An unsigned whole number of the given width. */
    public static Type unsigned(int width) {
        return new Type(Kind.UINT, width);
    }

    /** A bit string of the given width. */
    public static Type bits(int width) {
        return new Type(Kind.BITS, width);
    }

    /** A fraction of a full turn in 2<sup>width</sup> steps. */
    public static Type angle(int width) {
        return new Type(Kind.ANGLE, width);
    }

    /** Whether values are doubles. */
    public boolean isFloat() {
        return kind == Kind.FLOAT;
    }

    /** Cuts a raw value to this type's width, sign-extended for INT. */
    public long wrap(long raw) {
        if (width == 64) {
            return raw;
        }
        int shift = 64 - width;
        return kind == Kind.INT ? raw << shift >> shift : raw << shift >>> shift;
    }

    /** A raw value of this type as a number: angles in radians. */
    public double toDouble(long raw) {
        return switch (kind) {
            case FLOAT -> Double.longBitsToDouble(raw);
            case INT -> raw;
            case ANGLE -> unsigned(raw) * (2 * Math.PI / Math.pow(2, width));
            case BOOL, BITS, UINT -> unsigned(raw);
        };
    }

    /**
     * The raw value of this type nearest to a number; whole numbers truncate and wrap, angles round
     * and wrap.
     */
    public long fromDouble(double value) {
        return switch (kind) {
            case FLOAT -> Double.doubleToRawLongBits(value);
            case BOOL -> value != 0 ? 1 : 0;
            case ANGLE -> {
                double turns = value / (2 * Math.PI);
                double fraction = turns - Math.floor(turns);
                double steps = Math.rint(fraction * Math.pow(2, width));
                yield steps >= Math.pow(2, width) ? 0 : wrap(fromUnsigned(steps));
            }
            case BITS, INT, UINT -> wrap(value >= 0x1p63 ? fromUnsigned(value) : (long) value);
        };
    }

    private static double unsigned(long raw) {
        return raw >= 0 ? raw : (raw >>> 1) * 2.0 + (raw & 1);
    }

    private static long fromUnsigned(double value) {
        return value < 0x1p63 ? (long) value : (long) (value - 0x1p63) + Long.MIN_VALUE;
    }

    /** OpenQASM 3 spelling, such as {@code uint[8]}. */
    @Override
    public String toString() {
        return switch (kind) {
            case BOOL -> "bool";
            case BITS -> "bit[" + width + "]";
            case INT -> "int[" + width + "]";
            case UINT -> "uint[" + width + "]";
            case ANGLE -> "angle[" + width + "]";
            case FLOAT -> "float[64]";
        };
    }
}
