package org.jaket.statevector;

/**
 * A worker's copy of {@code 2^qubits} amplitudes, what every kernel works on: the amplitudes of
 * some qubits, gathered from wherever they lie in the state. Local qubit k is bit k of the offset
 * from {@code first}. Arrays on the heap, because the JIT compiles accesses to them best.
 *
 * <p>Double-precision kernels read and write the {@code Double} arrays, single-precision ones the
 * {@code Float} arrays; the other two are empty.
 *
 * @param first index of the first amplitude in the arrays
 * @param qubits number of local qubits
 */
record Tile(
        double[] reDouble,
        double[] imDouble,
        float[] reFloat,
        float[] imFloat,
        int first,
        int qubits) {

    static Tile allocate(Precision precision, int qubits) {
        int doubles = precision == Precision.DOUBLE ? 1 << qubits : 0;
        int floats = precision == Precision.SINGLE ? 1 << qubits : 0;
        return new Tile(
                new double[doubles],
                new double[doubles],
                new float[floats],
                new float[floats],
                0,
                qubits);
    }

    /** The number of amplitudes. */
    int length() {
        return 1 << qubits;
    }

    /** The real part of an amplitude. */
    double re(int index) {
        return reDouble.length > 0 ? reDouble[first + index] : reFloat[first + index];
    }

    /** The imaginary part of an amplitude. */
    double im(int index) {
        return imDouble.length > 0 ? imDouble[first + index] : imFloat[first + index];
    }

    /** Changes an amplitude. */
    void set(int index, double x, double y) {
        if (reDouble.length > 0) {
            reDouble[first + index] = x;
            imDouble[first + index] = y;
        } else {
            reFloat[first + index] = (float) x;
            imFloat[first + index] = (float) y;
        }
    }

    /** The part of this tile that starts at an offset, a multiple of its own length. */
    Tile part(int offset, int partQubits) {
        return new Tile(reDouble, imDouble, reFloat, imFloat, first + offset, partQubits);
    }
}
