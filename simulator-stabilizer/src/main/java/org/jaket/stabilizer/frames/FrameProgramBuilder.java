package org.jaket.stabilizer.frames;

import org.jaket.stabilizer.frames.FrameProgram.Op;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Assembles a {@link FrameProgram}.
 *
 * <p>Keeps track of which row holds the X part and the Z part of each qubit, so that exchanges of
 * rows (a Hadamard, a swap) cost nothing when the program runs. At the end of a loop the rows are
 * brought back to where the loop found them.
 */
final class FrameProgramBuilder {
    /** The most instructions' words a program may have. */
    static final int MAX_CODE = 1 << 29;

    private static final int NONE = -1;

    private int[] code = new int[1024];
    private int size;
    private int open = NONE;
    private final List<Channel> channels = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    private final LinkedHashMap<Integer, Integer> sweeps = new LinkedHashMap<>();
    private final int qubits;
    private final boolean wantDetectors;
    private int[] rowOf;
    private final ArrayDeque<Loop> loops = new ArrayDeque<>();
    private long measurements;
    private long detectors;
    private int observables;
    private int lookback;
    private int depth;
    private double work;

    /** The leak row of each qubit that may leak, -1 for the others. */
    private final int[] leakRowOf;

    private final int leakRows;

    private record Loop(long count, int[] rowOf, long measurements, long detectors, double work) {}

    /**
     * Starts a program.
     *
     * @param qubits number of qubits, all starting in the zero state
     * @param leaking those that may leak at some time
     * @param wantDetectors whether detectors and observables are compiled, or left out
     */
    FrameProgramBuilder(int qubits, BitSet leaking, boolean wantDetectors) {
        this.qubits = qubits;
        this.wantDetectors = wantDetectors;
        this.rowOf = new int[Math.multiplyExact(2, qubits)];
        Arrays.setAll(rowOf, i -> i);
        this.leakRowOf = new int[qubits];
        Arrays.fill(leakRowOf, NONE);
        int row = 2 * qubits;
        for (int q = leaking.nextSetBit(0); q >= 0; q = leaking.nextSetBit(q + 1)) {
            leakRowOf[q] = row++;
        }
        this.leakRows = row - 2 * qubits;
    }

    private int x(int qubit) {
        return rowOf[2 * qubit];
    }

    private int z(int qubit) {
        return rowOf[2 * qubit + 1];
    }

    private void emit(int word) {
        if (size == code.length) {
            if (size >= MAX_CODE) {
                throw new IllegalArgumentException(
                        "The circuit compiles to more than %d words. Maybe fold repeated parts into REPEAT blocks?"
                                .formatted(MAX_CODE));
            }
            code = Arrays.copyOf(code, 2 * size);
        }
        code[size++] = word;
        work++;
    }

    private void begin(int op) {
        open = NONE;
        emit(op);
    }

    /** Continues an instruction of this kind or begins one; its count is the word after the op. */
    private void openCounted(int op) {
        if (open == NONE || code[open] != op) {
            open = size;
            emit(op);
            emit(0);
        }
    }

    private void emitCounted(int word) {
        emit(word);
        code[open + 1]++;
    }

    private void add(int target, int source) {
        openCounted(Op.ADD);
        emitCounted(target);
        emitCounted(source);
    }

    /** Applies a one-qubit Clifford: low nibble pairs of a {@link RowPlan} map on (x, z). */
    void linear1(RowPlan plan, int qubit) {
        int[] rows = {x(qubit), z(qubit)};
        for (int i = 0; i < plan.additions().length; i += 2) {
            add(rows[plan.additions()[i]], rows[plan.additions()[i + 1]]);
        }
        rowOf[2 * qubit] = rows[plan.place()[0]];
        rowOf[2 * qubit + 1] = rows[plan.place()[1]];
    }

    /** Applies a two-qubit Clifford on (x of a, z of a, x of b, z of b). */
    void linear2(RowPlan plan, int a, int b) {
        int[] rows = {x(a), z(a), x(b), z(b)};
        for (int i = 0; i < plan.additions().length; i += 2) {
            add(rows[plan.additions()[i]], rows[plan.additions()[i + 1]]);
        }
        rowOf[2 * a] = rows[plan.place()[0]];
        rowOf[2 * a + 1] = rows[plan.place()[1]];
        rowOf[2 * b] = rows[plan.place()[2]];
        rowOf[2 * b + 1] = rows[plan.place()[3]];
        scramble(a, b);
    }

    /** Draws the frames of all these qubits anew in the shots in which one of them is leaked. */
    private void scramble(int... group) {
        int[] leaks = leakRows(group);
        if (leaks.length == 0) {
            return;
        }
        begin(Op.SCRAMBLE);
        emit(leaks.length);
        emit(2 * group.length);
        for (int row : leaks) {
            emit(row);
        }
        for (int q : group) {
            emit(x(q));
            emit(z(q));
        }
    }

    private int[] leakRows(int... group) {
        return leakRows == 0
                ? new int[0]
                : Arrays.stream(group).map(q -> leakRowOf[q]).filter(r -> r != NONE).toArray();
    }

    private void scrambleEach(int... group) {
        for (int q : group) {
            scramble(q);
        }
    }

    /** Qubits that were reset are not leaked. */
    private void restore(int[] targets) {
        int[] leaks = leakRows(targets);
        if (leaks.length > 0) {
            begin(Op.CLEAR);
            emit(leaks.length);
            for (int row : leaks) {
                emit(row);
            }
        }
    }

    /** Makes qubits leak, with a record each if wanted. */
    void leak(double p, boolean heralded, int[] targets) {
        int index = channel(Channel.event(p), targets.length);
        begin(Op.LEAK);
        emit(index);
        emit(heralded ? 1 : 0);
        emit(targets.length);
        for (int q : targets) {
            emit(leakRowOf[q]);
            emit(x(q));
            emit(z(q));
        }
        measured(heralded ? targets.length : 0);
    }

    /** Brings leaked qubits back. */
    void seep(double p, int[] targets) {
        int[] leaks = leakRows(targets);
        int index = channel(Channel.event(p), leaks.length);
        begin(Op.SEEP);
        emit(index);
        emit(leaks.length);
        for (int row : leaks) {
            emit(row);
        }
    }

    /** Records who is leaked. */
    void measureAbsence(double flip, int[] targets) {
        int channel = recordNoise(flip, targets.length);
        begin(Op.RECORD);
        emit(channel);
        emit(targets.length);
        for (int q : targets) {
            emit(leakRowOf[q]);
        }
        measured(targets.length);
    }

    /** The basis of a measurement or reset. */
    enum Basis {
        X,
        Y,
        Z
    }

    /** Resets qubits. */
    void reset(Basis basis, int[] targets) {
        if (basis == Basis.Y && hasRepeats(targets)) {
            for (int q : targets) {
                reset(basis, new int[] {q});
            }
            return;
        }
        begin(Op.RESET);
        emit(targets.length);
        for (int q : targets) {
            emit(basis == Basis.X ? z(q) : x(q));
            emit(basis == Basis.X ? x(q) : z(q));
        }
        if (basis == Basis.Y) {
            for (int q : targets) {
                add(x(q), z(q));
            }
        }
        restore(targets);
    }

    /** Measures qubits, with a probability of recording the wrong result. */
    void measure(Basis basis, boolean reset, double flip, int[] targets) {
        if (hasRepeats(targets)) {
            // Each of equal targets sees what the one before left.
            for (int q : targets) {
                measure(basis, reset, flip, new int[] {q});
            }
            return;
        }
        if (basis == Basis.Y) {
            for (int q : targets) {
                add(x(q), z(q));
            }
        }
        int channel = recordNoise(flip, targets.length);
        begin(Op.MEASURE);
        emit(channel);
        emit(reset ? 1 : 0);
        emit(targets.length);
        for (int q : targets) {
            emit(basis == Basis.X ? z(q) : x(q));
            emit(basis == Basis.X ? x(q) : z(q));
        }
        measured(targets.length);
        if (basis == Basis.Y) {
            for (int q : targets) {
                add(x(q), z(q));
            }
        }
        if (reset) {
            restore(targets);
        } else {
            scrambleEach(targets);
        }
    }

    private static boolean hasRepeats(int[] targets) {
        int[] sorted = targets.clone();
        Arrays.sort(sorted);
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                return true;
            }
        }
        return false;
    }

    /**
     * Measures a Pauli product.
     *
     * @param xs qubits with an X or Y in it
     * @param zs qubits with a Z or Y in it
     */
    void measureProduct(double flip, int[] xs, int[] zs) {
        int channel = recordNoise(flip, 1);
        begin(Op.MEASURE_PRODUCT);
        emit(channel);
        emitProduct(xs, zs);
        measured(1);
        scrambleEach(union(xs, zs));
    }

    private static int[] union(int[] xs, int[] zs) {
        return IntStream.concat(Arrays.stream(xs), Arrays.stream(zs)).distinct().toArray();
    }

    /** Rotates by a quarter turn about a Pauli product. */
    void rotateProduct(int[] xs, int[] zs) {
        begin(Op.ROTATE_PRODUCT);
        emitProduct(xs, zs);
        scramble(union(xs, zs));
    }

    private void emitProduct(int[] xs, int[] zs) {
        emit(xs.length + zs.length);
        emit(xs.length + zs.length);
        // A frame anticommutes with the product by its Z part where the product has X.
        for (int q : xs) {
            emit(z(q));
        }
        for (int q : zs) {
            emit(x(q));
        }
        for (int q : xs) {
            emit(x(q));
        }
        for (int q : zs) {
            emit(z(q));
        }
    }

    /** Records constants. */
    void pad(double flip, int count) {
        int channel = recordNoise(flip, count);
        begin(Op.PAD);
        emit(channel);
        emit(count);
        measured(count);
    }

    private int recordNoise(double flip, int count) {
        return flip > 0 ? channel(Channel.flip(flip, Channel.Kind.FLIP), count) : NONE;
    }

    private void measured(int count) {
        measurements = Math.addExact(measurements, count);
    }

    /** Adds a detector of the parity of earlier records. */
    void detector(int[] lookbacks) {
        if (!wantDetectors) {
            return;
        }
        openCounted(Op.DETECTORS);
        emitCounted(lookbacks.length);
        for (int back : lookbacks) {
            emitCounted(checked(back));
        }
        detectors = Math.addExact(detectors, 1);
    }

    /** Adds records, and Pauli terms, to an observable. */
    void observable(int index, int[] lookbacks, int[] xs, int[] zs) {
        if (!wantDetectors) {
            return;
        }
        begin(Op.OBSERVABLE);
        emit(index);
        emit(lookbacks.length);
        emit(xs.length + zs.length);
        for (int back : lookbacks) {
            emit(checked(back));
        }
        for (int q : xs) {
            emit(z(q));
        }
        for (int q : zs) {
            emit(x(q));
        }
        observables = Math.max(observables, index + 1);
    }

    private int checked(int back) {
        if (back <= 0 || back > measurements) {
            throw new IllegalArgumentException(
                    "rec[-%d] refers to a measurement before the first one; there are %d so far."
                            .formatted(back, measurements));
        }
        lookback = Math.max(lookback, back);
        return back;
    }

    /** Applies a Pauli to a qubit in the shots whose record is flipped. */
    void feedback(int back, int qubit, boolean hasX, boolean hasZ) {
        openCounted(Op.FEEDBACK);
        if (hasX) {
            emit(checked(back));
            emit(x(qubit));
            code[open + 1]++;
        }
        if (hasZ) {
            emit(checked(back));
            emit(z(qubit));
            code[open + 1]++;
        }
    }

    /** Applies a Pauli to a qubit in the shots whose sweep bit is one. */
    void sweep(int bit, int qubit, boolean hasX, boolean hasZ) {
        int row = sweeps.computeIfAbsent(bit, b -> sweeps.size());
        openCounted(Op.SWEEP);
        if (hasX) {
            emit(row);
            emit(x(qubit));
            code[open + 1]++;
        }
        if (hasZ) {
            emit(row);
            emit(z(qubit));
            code[open + 1]++;
        }
    }

    private int channel(Channel channel, int count) {
        channels.add(channel);
        places.add(count);
        return channels.size() - 1;
    }

    /** X errors ({@code hasX}), Z errors ({@code hasZ}) or Y errors (both). */
    void flip(double p, boolean hasX, boolean hasZ, int[] targets) {
        if (p == 0 || targets.length == 0) {
            return;
        }
        Channel.Kind kind = hasX && hasZ ? Channel.Kind.FLIP_BOTH : Channel.Kind.FLIP;
        beginNoise(Channel.flip(p, kind), targets.length);
        for (int q : targets) {
            if (hasX) {
                emit(x(q));
            }
            if (hasZ) {
                emit(z(q));
            }
        }
    }

    private void beginNoise(Channel channel, int count) {
        int index = channel(channel, count);
        begin(Op.NOISE);
        emit(index);
        emit(count);
    }

    /** Any channel on single qubits. */
    void noise1(Channel channel, int[] targets) {
        if (targets.length == 0) {
            return;
        }
        beginNoise(channel, targets.length);
        for (int q : targets) {
            emit(x(q));
            emit(z(q));
        }
    }

    /** Any channel on pairs of qubits. */
    void noise2(Channel channel, int[] targets) {
        if (targets.length == 0) {
            return;
        }
        beginNoise(channel, targets.length / 2);
        for (int q : targets) {
            emit(x(q));
            emit(z(q));
        }
    }

    /** A heralded channel: one record per qubit. */
    void herald(Channel channel, int[] targets) {
        int index = channel(channel, targets.length);
        begin(Op.HERALD);
        emit(index);
        emit(targets.length);
        for (int q : targets) {
            emit(x(q));
            emit(z(q));
        }
        measured(targets.length);
    }

    /** A correlated error that starts a chain or continues one. */
    void correlated(boolean starts, double p, int[] xs, int[] zs) {
        int index = channel(Channel.event(p), 1);
        begin(Op.CORRELATED);
        emit(starts ? 1 : 0);
        emit(index);
        emit(xs.length + zs.length);
        for (int q : xs) {
            emit(x(q));
        }
        for (int q : zs) {
            emit(z(q));
        }
    }

    /** Begins a loop of at least one repetition. */
    void beginLoop(long count) {
        begin(Op.LOOP);
        emit((int) (count >>> 32));
        emit((int) count);
        loops.push(new Loop(count, rowOf.clone(), measurements, detectors, work));
        depth = Math.max(depth, loops.size());
    }

    /** Ends the innermost loop. */
    void endLoop() {
        Loop loop = loops.pop();
        restoreRows(loop.rowOf());
        begin(Op.END);
        measurements = repeated(loop.measurements(), measurements, loop.count());
        detectors = repeated(loop.detectors(), detectors, loop.count());
        work = loop.work() + (work - loop.work()) * loop.count();
    }

    private static long repeated(long before, long after, long count) {
        try {
            return Math.addExact(before, Math.multiplyExact(after - before, count));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "The circuit has more than 2^63 measurements or detectors.", e);
        }
    }

    /** Exchanges rows until every part is where {@code wanted} says. */
    private void restoreRows(int[] wanted) {
        int[] partAt = new int[rowOf.length];
        for (int part = 0; part < rowOf.length; part++) {
            partAt[rowOf[part]] = part;
        }
        for (int part = 0; part < rowOf.length; part++) {
            int here = rowOf[part];
            int there = wanted[part];
            if (here != there) {
                openCounted(Op.SWAP);
                emitCounted(here);
                emitCounted(there);
                int other = partAt[there];
                rowOf[part] = there;
                rowOf[other] = here;
                partAt[there] = part;
                partAt[here] = other;
            }
        }
    }

    FrameProgram build() {
        begin(Op.HALT);
        int[] counts = places.stream().mapToInt(Integer::intValue).toArray();
        return new FrameProgram(
                Arrays.copyOf(code, size),
                channels.toArray(Channel[]::new),
                counts,
                sweeps.keySet().stream().mapToInt(Integer::intValue).toArray(),
                qubits,
                leakRows,
                measurements,
                detectors,
                observables,
                lookback,
                depth,
                work);
    }
}
