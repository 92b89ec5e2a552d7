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
 * <p>Each step of a circuit becomes words of {@link ProgramCode} that name {@link FrameRows}. At
 * the end of a loop the rows are brought back to where the loop found them.
 */
final class FrameProgramBuilder {
    private static final int NONE = -1;

    private final ProgramCode code = new ProgramCode();
    private final FrameRows rows;
    private final List<Channel> channels = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    private final LinkedHashMap<Integer, Integer> sweeps = new LinkedHashMap<>();
    private final int qubits;
    private final boolean wantDetectors;
    private final ArrayDeque<Loop> loops = new ArrayDeque<>();
    private long measurements;
    private long detectors;
    private int observables;
    private int lookback;
    private int depth;

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
        this.rows = new FrameRows(qubits, leaking);
    }

    private int x(int qubit) {
        return rows.x(qubit);
    }

    private int z(int qubit) {
        return rows.z(qubit);
    }

    private void add(int target, int source) {
        code.openCounted(Op.ADD);
        code.emitCounted(target);
        code.emitCounted(source);
    }

    /** Applies a one-qubit Clifford on (x, z). */
    void linear1(RowPlan plan, int qubit) {
        linear(plan, new int[] {x(qubit), z(qubit)}, qubit);
    }

    /** Applies a two-qubit Clifford on (x of a, z of a, x of b, z of b). */
    void linear2(RowPlan plan, int a, int b) {
        linear(plan, new int[] {x(a), z(a), x(b), z(b)}, a, b);
        scramble(a, b);
    }

    private void linear(RowPlan plan, int[] parts, int... group) {
        for (int i = 0; i < plan.additions().length; i += 2) {
            add(parts[plan.additions()[i]], parts[plan.additions()[i + 1]]);
        }
        rows.place(parts, plan.place(), group);
    }

    /** Draws the frames of all these qubits anew in the shots in which one of them is leaked. */
    private void scramble(int... group) {
        int[] leaks = rows.leaks(group);
        if (leaks.length == 0) {
            return;
        }
        code.begin(Op.SCRAMBLE);
        code.emit(leaks.length);
        code.emit(2 * group.length);
        for (int row : leaks) {
            code.emit(row);
        }
        for (int q : group) {
            code.emit(x(q));
            code.emit(z(q));
        }
    }

    private void scrambleEach(int... group) {
        for (int q : group) {
            scramble(q);
        }
    }

    /** Qubits that were reset are not leaked. */
    private void restore(int[] targets) {
        int[] leaks = rows.leaks(targets);
        if (leaks.length > 0) {
            code.begin(Op.CLEAR);
            code.emit(leaks.length);
            for (int row : leaks) {
                code.emit(row);
            }
        }
    }

    /** Makes qubits leak, with a record each if wanted. */
    void leak(double p, boolean heralded, int[] targets) {
        int index = channel(Channel.event(p), targets.length);
        code.begin(Op.LEAK);
        code.emit(index);
        code.emit(heralded ? 1 : 0);
        code.emit(targets.length);
        for (int q : targets) {
            code.emit(rows.leak(q));
            code.emit(x(q));
            code.emit(z(q));
        }
        measured(heralded ? targets.length : 0);
    }

    /** Brings leaked qubits back. */
    void seep(double p, int[] targets) {
        int[] leaks = rows.leaks(targets);
        int index = channel(Channel.event(p), leaks.length);
        code.begin(Op.SEEP);
        code.emit(index);
        code.emit(leaks.length);
        for (int row : leaks) {
            code.emit(row);
        }
    }

    /** Records who is leaked. */
    void measureAbsence(double flip, int[] targets) {
        int channel = recordNoise(flip, targets.length);
        code.begin(Op.RECORD);
        code.emit(channel);
        code.emit(targets.length);
        for (int q : targets) {
            code.emit(rows.leak(q));
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
        code.begin(Op.RESET);
        code.emit(targets.length);
        for (int q : targets) {
            code.emit(basis == Basis.X ? z(q) : x(q));
            code.emit(basis == Basis.X ? x(q) : z(q));
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
        code.begin(Op.MEASURE);
        code.emit(channel);
        code.emit(reset ? 1 : 0);
        code.emit(targets.length);
        for (int q : targets) {
            code.emit(basis == Basis.X ? z(q) : x(q));
            code.emit(basis == Basis.X ? x(q) : z(q));
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
        code.begin(Op.MEASURE_PRODUCT);
        code.emit(channel);
        emitProduct(xs, zs);
        measured(1);
        scrambleEach(union(xs, zs));
    }

    private static int[] union(int[] xs, int[] zs) {
        return IntStream.concat(Arrays.stream(xs), Arrays.stream(zs)).distinct().toArray();
    }

    /** Rotates by a quarter turn about a Pauli product. */
    void rotateProduct(int[] xs, int[] zs) {
        code.begin(Op.ROTATE_PRODUCT);
        emitProduct(xs, zs);
        scramble(union(xs, zs));
    }

    private void emitProduct(int[] xs, int[] zs) {
        code.emit(xs.length + zs.length);
        code.emit(xs.length + zs.length);
        // A frame anticommutes with the product by its Z part where the product has X.
        for (int q : xs) {
            code.emit(z(q));
        }
        for (int q : zs) {
            code.emit(x(q));
        }
        for (int q : xs) {
            code.emit(x(q));
        }
        for (int q : zs) {
            code.emit(z(q));
        }
    }

    /** Records constants. */
    void pad(double flip, int count) {
        int channel = recordNoise(flip, count);
        code.begin(Op.PAD);
        code.emit(channel);
        code.emit(count);
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
        code.openCounted(Op.DETECTORS);
        code.emitCounted(lookbacks.length);
        for (int back : lookbacks) {
            code.emitCounted(checked(back));
        }
        detectors = Math.addExact(detectors, 1);
    }

    /** Adds records, and Pauli terms, to an observable. */
    void observable(int index, int[] lookbacks, int[] xs, int[] zs) {
        if (!wantDetectors) {
            return;
        }
        code.begin(Op.OBSERVABLE);
        code.emit(index);
        code.emit(lookbacks.length);
        code.emit(xs.length + zs.length);
        for (int back : lookbacks) {
            code.emit(checked(back));
        }
        for (int q : xs) {
            code.emit(z(q));
        }
        for (int q : zs) {
            code.emit(x(q));
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
        code.openCounted(Op.FEEDBACK);
        if (hasX) {
            code.emit(checked(back));
            code.emit(x(qubit));
            code.count();
        }
        if (hasZ) {
            code.emit(checked(back));
            code.emit(z(qubit));
            code.count();
        }
    }

    /** Applies a Pauli to a qubit in the shots whose sweep bit is one. */
    void sweep(int bit, int qubit, boolean hasX, boolean hasZ) {
        int row = sweeps.computeIfAbsent(bit, b -> sweeps.size());
        code.openCounted(Op.SWEEP);
        if (hasX) {
            code.emit(row);
            code.emit(x(qubit));
            code.count();
        }
        if (hasZ) {
            code.emit(row);
            code.emit(z(qubit));
            code.count();
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
                code.emit(x(q));
            }
            if (hasZ) {
                code.emit(z(q));
            }
        }
    }

    private void beginNoise(Channel channel, int count) {
        int index = channel(channel, count);
        code.begin(Op.NOISE);
        code.emit(index);
        code.emit(count);
    }

    /** Any channel on single qubits. */
    void noise1(Channel channel, int[] targets) {
        if (targets.length == 0) {
            return;
        }
        beginNoise(channel, targets.length);
        for (int q : targets) {
            code.emit(x(q));
            code.emit(z(q));
        }
    }

    /** Any channel on pairs of qubits. */
    void noise2(Channel channel, int[] targets) {
        if (targets.length == 0) {
            return;
        }
        beginNoise(channel, targets.length / 2);
        for (int q : targets) {
            code.emit(x(q));
            code.emit(z(q));
        }
    }

    /** A heralded channel: one record per qubit. */
    void herald(Channel channel, int[] targets) {
        int index = channel(channel, targets.length);
        code.begin(Op.HERALD);
        code.emit(index);
        code.emit(targets.length);
        for (int q : targets) {
            code.emit(x(q));
            code.emit(z(q));
        }
        measured(targets.length);
    }

    /** A correlated error that starts a chain or continues one. */
    void correlated(boolean starts, double p, int[] xs, int[] zs) {
        int index = channel(Channel.event(p), 1);
        code.begin(Op.CORRELATED);
        code.emit(starts ? 1 : 0);
        code.emit(index);
        code.emit(xs.length + zs.length);
        for (int q : xs) {
            code.emit(x(q));
        }
        for (int q : zs) {
            code.emit(z(q));
        }
    }

    /** Begins a loop of at least one repetition. */
    void beginLoop(long count) {
        code.begin(Op.LOOP);
        code.emit((int) (count >>> 32));
        code.emit((int) count);
        loops.push(new Loop(count, rows.places(), measurements, detectors, code.work()));
        depth = Math.max(depth, loops.size());
    }

    /** Ends the innermost loop. */
    void endLoop() {
        Loop loop = loops.pop();
        rows.restore(loop.rowOf(), code);
        code.begin(Op.END);
        measurements = repeated(loop.measurements(), measurements, loop.count());
        detectors = repeated(loop.detectors(), detectors, loop.count());
        code.repeat(loop.work(), loop.count());
    }

    private static long repeated(long before, long after, long count) {
        try {
            return Math.addExact(before, Math.multiplyExact(after - before, count));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "The circuit has more than 2^63 measurements or detectors.", e);
        }
    }

    FrameProgram build() {
        code.begin(Op.HALT);
        int[] counts = places.stream().mapToInt(Integer::intValue).toArray();
        return new FrameProgram(
                code.words(),
                channels.toArray(Channel[]::new),
                counts,
                sweeps.keySet().stream().mapToInt(Integer::intValue).toArray(),
                qubits,
                rows.leakRows(),
                measurements,
                detectors,
                observables,
                lookback,
                depth,
                code.work());
    }
}
