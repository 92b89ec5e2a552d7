package org.jaket.statevector.sparse;

import org.jaket.circuit.observable.PauliString;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.execution.trajectory.ElementaryGate;
import org.jaket.execution.trajectory.OutcomeSampler;
import org.jaket.execution.trajectory.PureState;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * The amplitudes that are not zero, in no order: key i is a basis state, qubit k its bit k, and
 * ({@code re[i]}, {@code im[i]}) its amplitude.
 */
final class SparseAmplitudes implements PureState<SparseAmplitudes> {
    /**
     * Amplitudes below 1e-15 are rounding errors of ones that cancelled and are dropped. This is
     * their squared modulus.
     */
    static final double NEGLIGIBLE = 1e-30;

    /** The bytes of one amplitude and its key. */
    static final long BYTES = 24;

    /** What one list of amplitudes may hold: the length of a Java array. */
    private static final long MOST = Integer.MAX_VALUE - 8;

    private final HeapBudget budget;
    private final long limit;
    private final Batch batch;
    long[] keys;
    double[] re;
    double[] im;
    int size;
    private long gates;
    private double dropped;
    private int peak = 1;
    private String peakGate = "the start";
    private @Nullable KeyIndex index;

    /** All qubits in 0. */
    SparseAmplitudes(HeapBudget budget, long limit) {
        this(budget, limit, new Batch(), new long[1], new double[] {1}, new double[1]);
        size = 1;
        budget.take(BYTES);
    }

    private SparseAmplitudes(
            HeapBudget budget, long limit, Batch batch, long[] keys, double[] re, double[] im) {
        this.budget = budget;
        this.limit = Math.min(limit, MOST);
        this.batch = batch;
        this.keys = keys;
        this.re = re;
        this.im = im;
        this.size = keys.length;
    }

    /** The squared moduli of all amplitudes that were dropped so far. */
    double dropped() {
        return dropped;
    }

    /** The largest number of amplitudes so far. */
    int peak() {
        return peak;
    }

    /** The gate that made the largest number of amplitudes. */
    String peakGate() {
        return peakGate;
    }

    // ---- gates ----------------------------------------------------------------------------

    @Override
    public void apply(ElementaryGate gate) {
        gates++;
        index = null;
        if (gate.shape() != ElementaryGate.Shape.BRANCHING) {
            batch.add(gate);
            return;
        }
        long mask = 0;
        long value = 0;
        for (int k = 0; k < gate.controls().length; k++) {
            mask |= 1L << gate.controls()[k];
            value |= (gate.pattern() >> k & 1) << gate.controls()[k];
        }
        transform(gate.targets(), mask, value, gate.matrix(), gate::describe);
        if (size > peak) {
            peak = size;
            peakGate = describe(gate::describe);
        }
    }

    private String describe(java.util.function.Supplier<String> what) {
        return what.get() + ", gate number " + gates + " of the run";
    }

    /** Carries out what waits. */
    void settle() {
        if (!batch.isEmpty()) {
            batch.flush(keys, re, im, size);
            index = null;
        }
    }

    /** A matrix on targets where the bits under the mask have the given value. */
    private void transform(
            int[] targets,
            long mask,
            long value,
            double[] matrix,
            java.util.function.Supplier<String> what) {
        settle();
        index = null;
        long scratch = Blocks.bytes(size, targets.length);
        require(scratch, size, what);
        Blocks blocks = Blocks.of(this, targets, mask, value);
        long after = (long) blocks.count() << targets.length;
        after += size - blocks.members();
        if (after > limit) {
            budget.give(scratch);
            throw tooMany(after, what);
        }
        long bytes = after * BYTES;
        if (!budget.take(bytes)) {
            budget.give(scratch);
            throw tooMany(after, what);
        }
        long held = keys.length * BYTES;
        dropped += blocks.transform(this, matrix, (int) after);
        budget.give(scratch + held);
        trim(after);
    }

    /** Gives room back that the list does not need, when it is most of it. */
    private void trim(long held) {
        if (size < held / 2 && held > 1024) {
            budget.give((held - size) * BYTES);
            keys = Arrays.copyOf(keys, size);
            re = Arrays.copyOf(re, size);
            im = Arrays.copyOf(im, size);
        }
    }

    private void require(long bytes, long amplitudes, java.util.function.Supplier<String> what) {
        if (!budget.take(bytes)) {
            throw tooMany(amplitudes, what);
        }
    }

    private UnsupportedCircuitException tooMany(
            long amplitudes, java.util.function.Supplier<String> what) {
        String reason =
                amplitudes > limit
                        ? "more than the limit of " + limit
                        : "which with its scratch memory is more than what is left of the "
                                + HeapBudget.human(budget.total())
                                + " of the Java heap that states may take";
        return new UnsupportedCircuitException(
                "The state has up to "
                        + amplitudes
                        + " amplitudes ("
                        + HeapBudget.human(amplitudes * BYTES)
                        + ") at "
                        + describe(what)
                        + ", "
                        + reason
                        + ". Maybe use the statevector engine, whose amplitudes take 16 bytes each,"
                        + " or give Java more heap (-Xmx).");
    }

    // ---- measurement ----------------------------------------------------------------------

    @Override
    public double probabilityOfOne(int qubit) {
        settle();
        double zero = 0;
        double one = 0;
        for (int i = 0; i < size; i++) {
            double w = re[i] * re[i] + im[i] * im[i];
            if ((keys[i] >> qubit & 1) != 0) {
                one += w;
            } else {
                zero += w;
            }
        }
        return one / (zero + one);
    }

    @Override
    public OutcomeSampler sampler(int[] qubits) {
        settle();
        return new CumulativeSampler(this, qubits);
    }

    @Override
    public void collapse(int[] qubits, long[] outcome) {
        settle();
        long mask = 0;
        long value = 0;
        for (int j = 0; j < qubits.length; j++) {
            mask |= 1L << qubits[j];
            value |= (outcome[j >> 6] >> j & 1) << qubits[j];
        }
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if ((keys[i] & mask) == value) {
                keys[kept] = keys[i];
                re[kept] = re[i];
                im[kept++] = im[i];
            }
        }
        size = kept;
        normalise();
        trim(keys.length);
    }

    private void normalise() {
        index = null;
        double norm = norm();
        if (!(norm > 0)) {
            throw new IllegalStateException("an outcome of probability zero was asked for");
        }
        double scale = 1 / Math.sqrt(norm);
        for (int i = 0; i < size; i++) {
            re[i] *= scale;
            im[i] *= scale;
        }
    }

    /** The sum of all probabilities: 1 up to rounding. */
    double norm() {
        double norm = 0;
        for (int i = 0; i < size; i++) {
            norm += re[i] * re[i] + im[i] * im[i];
        }
        return norm;
    }

    // ---- channels and observables ---------------------------------------------------------

    @Override
    public double[] density(int[] qubits) {
        settle();
        long scratch = Blocks.bytes(size, qubits.length);
        require(scratch, size, () -> "a channel");
        try {
            return Blocks.of(this, qubits, 0, 0).density(this);
        } finally {
            budget.give(scratch);
        }
    }

    @Override
    public void operate(int[] qubits, double[] matrix) {
        transform(qubits, 0, 0, matrix, () -> "a channel");
        normalise();
    }

    @Override
    public double expectation(PauliString string) {
        settle();
        long x = word(string.xBits());
        long z = word(string.zBits());
        // P = i^(number of Y) X^x Z^z takes |k> to a phase times |k ^ x>.
        int turns = Long.bitCount(x & z) + string.phase() & 3;
        double sum = 0;
        for (int i = 0; i < size; i++) {
            int j = x == 0 ? i : find(keys[i] ^ x);
            if (j < 0) {
                continue;
            }
            double c = re[j] * re[i] + im[j] * im[i];
            double s = re[j] * im[i] - im[j] * re[i];
            double part =
                    switch (turns) {
                        case 0 -> c;
                        case 1 -> -s;
                        case 2 -> -c;
                        default -> s;
                    };
            sum += (Long.bitCount(keys[i] & z) & 1) == 0 ? part : -part;
        }
        return sum;
    }

    private static long word(long[] bits) {
        return bits.length == 0 ? 0 : bits[0];
    }

    /** The place of a basis state in the list, or -1. */
    int find(long key) {
        settle();
        KeyIndex current = index;
        if (current == null) {
            long scratch = KeyIndex.bytes(size);
            require(scratch, size, () -> "an observable or a look-up");
            // It is dropped at the next change, long before it would matter.
            budget.give(scratch);
            current = new KeyIndex(size);
            for (int i = 0; i < size; i++) {
                current.add(keys[i]);
            }
            index = current;
        }
        return current.find(key);
    }

    // ---- memory ---------------------------------------------------------------------------

    @Override
    public @Nullable SparseAmplitudes copy() {
        // Half of the memory is kept for states to grow in.
        if (budget.left() - size * BYTES < budget.total() / 2 || !budget.take(size * BYTES)) {
            return null;
        }
        SparseAmplitudes copy =
                new SparseAmplitudes(
                        budget,
                        limit,
                        batch.copy(),
                        Arrays.copyOf(keys, size),
                        Arrays.copyOf(re, size),
                        Arrays.copyOf(im, size));
        copy.gates = gates;
        copy.dropped = dropped;
        copy.peak = peak;
        copy.peakGate = peakGate;
        return copy;
    }

    @Override
    public void close() {
        budget.give(keys.length * BYTES);
    }
}
