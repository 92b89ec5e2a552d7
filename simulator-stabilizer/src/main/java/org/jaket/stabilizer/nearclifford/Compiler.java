package org.jaket.stabilizer.nearclifford;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Pauli;
import org.jaket.execution.Progress;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.stabilizer.clifford.Features;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.nearclifford.ErrorSitesBuilder.Law;
import org.jaket.stabilizer.nearclifford.ProgramBuilder.Outcome;
import org.jaket.stabilizer.nearclifford.VirtualFrame.Pulled;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/**
 * Compiles a near-Clifford circuit: follows the Clifford frames through it, loops unrolled, and
 * writes what is left to do for each shot.
 *
 * <p>An operator Q on the qubits now is {@code Q' = U^dagger Q U} at the start, the sign of which
 * the Pauli frame decides shot by shot, and {@code W^dagger Q' W} on virtual qubits. Where that has
 * X on a dormant qubit d, it is made X of d: a rotation activates d, a measurement is a fair coin
 * and leaves d dormant in the new basis. Otherwise it acts on active qubits only, which a
 * measurement makes one fewer; or on none, and the result is known.
 *
 * <p>Costs O(n) words a gate for n qubits and O(n^2) words a measurement, reset or rotation.
 */
final class Compiler {
    /** The most elementary steps that a circuit may have when its loops are unrolled. */
    static final long MAX_STEPS = 1 << 24;

    private final int qubits;
    private final Progress progress;
    private final HeisenbergFrame gates;
    private final VirtualFrame virtual;
    private final ActiveQubits active;
    private final ProgramBuilder out = new ProgramBuilder();
    private final @Nullable PauliRow[] maskedRows;
    private final int[] rowMasks;
    private final int[] bitResults;
    private int steps;

    private Compiler(Circuit circuit, Progress progress) {
        this.qubits = circuit.qubits();
        this.progress = progress;
        // Two frames of 2n strings of 2n bits, and copies while they change.
        double bytes = 1.5 * qubits * qubits;
        if (bytes > ActiveQubits.room()) {
            throw new UnsupportedCircuitException(
                    "Clifford frames of %d qubits take %.0f MB, more than the heap has room for. Maybe give it more with -Xmx?"
                            .formatted(qubits, bytes / 1e6));
        }
        this.gates = new HeisenbergFrame(qubits);
        this.virtual = new VirtualFrame(qubits);
        this.active = new ActiveQubits(qubits);
        this.maskedRows = new PauliRow[2 * qubits];
        this.rowMasks = new int[2 * qubits];
        this.bitResults = new int[circuit.bits()];
        Arrays.fill(bitResults, -1);
    }

    /**
     * A program and where the classical bits of its circuit come from.
     *
     * @param bitResults the result that each classical bit holds at the end, or -1
     */
    record Compiled(Program program, int[] bitResults) {}

    /**
     * Compiles a circuit.
     *
     * @param progress asked now and then whether to stop
     * @throws UnsupportedCircuitException if the circuit branches on results, is too long, or needs
     *     too many active qubits
     */
    static Compiled compile(Circuit circuit, Progress progress) {
        List<Move> moves = MoveLowering.of(circuit);
        requireLength(moves);
        Compiler compiler = new Compiler(circuit, progress);
        compiler.run(moves);
        return new Compiled(
                compiler.out.build(compiler.qubits, compiler.active.most()), compiler.bitResults);
    }

    private static void requireLength(List<Move> moves) {
        double all = steps(moves);
        if (all > MAX_STEPS) {
            long longest = 0;
            for (Move move : moves) {
                longest = move instanceof Move.Loop l ? Math.max(longest, l.count()) : longest;
            }
            throw new UnsupportedCircuitException(
                    "The circuit has %.3g steps when its loops are unrolled (the longest at the top turns %d times); the near-Clifford engine follows at most %d. Maybe repeat less often, or without the gates that are not Clifford?"
                            .formatted(all, longest, MAX_STEPS));
        }
    }

    private static double steps(List<Move> moves) {
        double sum = 0;
        for (Move move : moves) {
            sum +=
                    switch (move) {
                        case Move.Loop l -> (double) l.count() * Math.max(1, steps(l.body()));
                        case Move.Rotation r -> 1;
                        case Move.Clifford c ->
                                switch (c.step()) {
                                    case Step.Unitary u -> u.targets().length;
                                    case Step.Measure m -> m.qubits().length;
                                    case Step.Reset r -> r.qubits().length;
                                    case Step.PauliNoise n -> n.targets().length;
                                    case Step.Detector d -> 1 + d.lookbacks().length;
                                    case Step.Observable o -> 1 + o.lookbacks().length;
                                    case Step.Pad p -> p.values().length;
                                    default -> 1;
                                };
                    };
        }
        return sum;
    }

    private void run(List<Move> moves) {
        for (Move move : moves) {
            if ((++steps & 255) == 0) {
                progress.checkCancelled();
            }
            switch (move) {
                case Move.Loop l -> {
                    for (long k = 0; k < l.count(); k++) {
                        run(l.body());
                    }
                }
                case Move.Rotation r -> rotation(r);
                case Move.Clifford c -> step(c.step());
            }
        }
    }

    private void step(Step step) {
        switch (step) {
            case Step.Unitary u -> gates.apply(u);
            case Step.Rotate r -> gates.rotate(r.product(), r.dagger() ? 3 : 1);
            case Step.Feedback f -> feedback(f);
            case Step.Reset r -> {
                for (int q : r.qubits()) {
                    measure(single(q, r.basis(), false), -1, false, correction(q, r.basis()));
                }
            }
            case Step.Measure m -> {
                for (int k = 0; k < m.qubits().length; k++) {
                    int q = m.qubits()[k];
                    int result = nextResult(m.bits(), k);
                    int correction = m.resets() ? correction(q, m.basis()) : -1;
                    measure(single(q, m.basis(), false), result, m.inverted()[k], correction);
                    flipResult(m.flip(), result);
                }
            }
            case Step.MeasureProduct m -> {
                int result = out.nextResult();
                if (m.bit() >= 0) {
                    bitResults[m.bit()] = result;
                }
                measure(m.product(), result, false, -1);
                flipResult(m.flip(), result);
            }
            case Step.Pad p -> {
                for (int k = 0; k < p.values().length; k++) {
                    int result = nextResult(p.bits(), k);
                    out.constant(result, p.values()[k]);
                    flipResult(p.flip(), result);
                }
            }
            case Step.MeasureAbsence m -> {
                // No qubit leaves here, so the noiseless result is that all are there.
                for (int k = 0; k < m.qubits().length; k++) {
                    int result = nextResult(m.bits(), k);
                    out.constant(result, m.inverted()[k]);
                    flipResult(m.flip(), result);
                }
            }
            case Step.SweepPauli s ->
                    throw new UnsupportedCircuitException(
                            "sweep[%d] controls a Pauli, and circuits that are not Clifford are sampled without sweep bits."
                                    .formatted(s.bit()));
            case Step.PauliNoise n -> {
                if (n.noise().movesQubits()) {
                    throw Features.qubitsLeave(n.noise(), "Gates that are not Clifford");
                }
                noise(n);
            }
            case Step.Correlated c ->
                    out.correlated(
                            c.starts(),
                            c.probability(),
                            out.masks().flipping(gates.image(c.product())));
            case Step.Detector d -> out.detector(records(d.lookbacks()));
            case Step.Observable o -> {
                if (o.paulis().xs().length + o.paulis().zs().length > 0) {
                    throw new UnsupportedCircuitException(
                            "OBSERVABLE_INCLUDE(%d) has Pauli targets, which have a meaning in Clifford circuits only. Maybe measure the product with MPP?"
                                    .formatted(o.index()));
                }
                out.observable(o.index(), records(o.lookbacks()));
            }
            case Step.Loop l -> throw new AssertionError(l);
            case Step.Branch b -> throw new AssertionError(b);
            case Step.WhileLoop w -> throw new AssertionError(w);
            case Step.Assign a -> throw new AssertionError(a);
        }
    }

    private int nextResult(int[] bits, int k) {
        int result = out.nextResult();
        if (bits.length > 0) {
            bitResults[bits[k]] = result;
        }
        return result;
    }

    private int[] records(int[] lookbacks) {
        int[] records = new int[lookbacks.length];
        for (int k = 0; k < records.length; k++) {
            records[k] = record(lookbacks[k]);
        }
        return records;
    }

    private int record(int lookback) {
        if (lookback > out.results()) {
            throw new IllegalArgumentException(
                    "rec[-%d] refers to a measurement before the first one; there are %d so far."
                            .formatted(lookback, out.results()));
        }
        return out.results() - lookback;
    }

    private static Step.Product single(int qubit, Pauli pauli, boolean negative) {
        int[] here = {qubit};
        int[] none = {};
        return new Step.Product(pauli.hasX() ? here : none, pauli.hasZ() ? here : none, negative);
    }

    /** The mask of a Pauli that takes the -1 state of the basis to the +1 state. */
    private int correction(int qubit, Pauli basis) {
        return basis == Pauli.X ? zMask(qubit) : xMask(qubit);
    }

    private int xMask(int qubit) {
        return mask(2 * qubit, gates.x(qubit));
    }

    private int zMask(int qubit) {
        return mask(2 * qubit + 1, gates.z(qubit));
    }

    /** The mask of a row, made anew when a gate has replaced the row. */
    private int mask(int index, PauliRow row) {
        if (maskedRows[index] != row) {
            maskedRows[index] = row;
            rowMasks[index] = out.masks().flipping(row);
        }
        return rowMasks[index];
    }

    private void feedback(Step.Feedback f) {
        int result = record(f.lookback());
        if (f.pauli().hasX()) {
            out.feedback(result, xMask(f.qubit()));
        }
        if (f.pauli().hasZ()) {
            out.feedback(result, zMask(f.qubit()));
        }
    }

    private void flipResult(double probability, int result) {
        out.error(Law.flip(probability), new int[4], result);
    }

    private void noise(Step.PauliNoise n) {
        Law law = Law.of(n.noise(), n.arguments());
        int used = law.probability() > 0 ? law.used() : 0;
        int size = n.noise().qubits();
        for (int k = 0; k < n.targets().length; k += size) {
            int[] masks = new int[4];
            for (int m = 0; m < 2 * size; m++) {
                if ((used >>> m & 1) != 0) {
                    int q = n.targets()[k + (m >> 1)];
                    masks[m] = (m & 1) == 0 ? xMask(q) : zMask(q);
                }
            }
            int result = n.noise().isHeralded() ? out.nextResult() : -1;
            out.error(law, masks, result);
        }
    }

    private void rotation(Move.Rotation r) {
        PauliRow row = gates.image(r.product());
        Pulled pulled = virtual.pull(row);
        int dormant = active.firstDormant(pulled.hasX());
        if (dormant >= 0) {
            virtual.localize(pulled, dormant);
            active.activate(dormant, r.cause());
            out.activate(out.masks().testing(row), pulled.negative(), r.angle(), active.count());
            return;
        }
        int x = active.mask(pulled.hasX());
        int z = active.mask(pulled.hasZ());
        if ((x | z) != 0) {
            int test = out.masks().testing(row);
            out.rotate(test, pulled.negative(), r.angle(), x, z, active.count());
        }
        // Otherwise the state is an eigenstate, and gets a phase.
    }

    /**
     * Measures a product.
     *
     * @param result where the outcome goes, or -1
     * @param inverted whether it is recorded the other way round
     * @param correction a mask to apply when the outcome is one, or -1
     */
    private void measure(Step.Product product, int result, boolean inverted, int correction) {
        PauliRow row = gates.image(product);
        Pulled pulled = virtual.pull(row);
        Outcome outcome =
                new Outcome(
                        out.masks().testing(row), pulled.negative(), result, inverted, correction);
        int dormant = active.firstDormant(pulled.hasX());
        if (dormant >= 0) {
            int kick = out.masks().flipping(virtual.zOf(dormant));
            virtual.localize(pulled, dormant);
            virtual.hadamard(dormant);
            out.coin(outcome, kick);
            return;
        }
        int x = active.mask(pulled.hasX());
        int z = active.mask(pulled.hasZ());
        if ((x | z) == 0) {
            out.fixed(outcome);
            return;
        }
        int position = 31 - Integer.numberOfLeadingZeros(x != 0 ? x : z);
        int pivot = active.qubit(position);
        int kick;
        if (x != 0) {
            kick = out.masks().flipping(virtual.zOf(pivot));
            virtual.localize(pulled, pivot);
            virtual.hadamard(pivot);
        } else {
            kick = out.masks().flipping(virtual.xOf(pivot));
            virtual.gather(pulled, pivot);
        }
        out.collapse(outcome, kick, x, z, active.count());
        active.deactivate(position);
    }
}
