package org.jaket.statevector;

/** The floating-point format of amplitudes. */
public enum Precision {
    /** 32-bit: 8 bytes per amplitude, about 7 digits. Norm drifts by about 1e-7 per gate. */
    SINGLE(Float.BYTES),
    /** 64-bit: 16 bytes per amplitude, about 16 digits. */
    DOUBLE(Double.BYTES);

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one real number. */
    int bytes() {
        return bytes;
    }

    /** Bytes of one amplitude. */
    public int bytesPerAmplitude() {
        return 2 * bytes;
    }
}
