package org.jaket.stabilizer.nearclifford;

import org.jaket.circuit.Assignment;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.expression.Expression;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.nearclifford.ErrorSitesBuilder.Law;
import org.jaket.stabilizer.nearclifford.ProgramBuilder.Outcome;
import org.jaket.stabilizer.nearclifford.VirtualFrame.Pulled;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Follows the Clifford frames through moves of a near-Clifford circuit and writes what is left to
 * do for each shot.
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
    private final int qubits;
    private final boolean chains;
    private final HeisenbergFrame gates;
    private final VirtualFrame virtual;
    private final ActiveQubits active;
    private final int[] sources;
    private final @Nullable PauliRow[] maskedRows;
    private final int[] rowMasks;
    private final ProgramBuilder out;

    /**
     * Starts at the start of a circuit.
     *
     * @param bits its classical bits
     * @param chains whether correlated errors depend on each other; otherwise each is its own
     * @param maskWords how many words masks may take
     */
    Compiler(int qubits, int bits, boolean chains, int maskWords) {
        this(
                qubits,
                chains,
                new HeisenbergFrame(qubits),
                new VirtualFrame(qubits),
                new ActiveQubits(qubits),
                new int[bits],
                new ProgramBuilder(0, bits, maskWords));
        Arrays.fill(sources, Classical.ZERO);
    }

    private Compiler(
            int qubits,
            boolean chains,
            HeisenbergFrame gates,
            VirtualFrame virtual,
            ActiveQubits active,
            int[] sources,
            ProgramBuilder out) {
        this.qubits = qubits;
        this.chains = chains;
        this.gates = gates;
        this.virtual = virtual;
        this.active = active;
        this.sources = sources;
        this.out = out;
        this.maskedRows = new PauliRow[2 * qubits];
        this.rowMasks = new int[2 * qubits];
    }

    /** Goes on from here with a program of its own; this compiler must not be used again. */
    Compiler next(int maskWords) {
        ProgramBuilder program = new ProgramBuilder(out.results(), sources.length, maskWords);
        return new Compiler(qubits, chains, gates, virtual, active, sources, program);
    }

    /** The same place with frames of its own. */
    Compiler copy() {
        return new Compiler(
                qubits, chains, gates.copy(), virtual.copy(), active.copy(), sources.clone(), out);
    }

    /** Ends the program. */
    Program build() {
        return out.build(qubits, active.most());
    }

    /** For each classical bit the result that it holds, or a constant of {@link Classical}. */
    int[] sources() {
        return sources;
    }

    /** What a condition here reads. */
    Classical condition(Expression condition) {
        Classical found = Classical.of(condition, sources, this::record);
        out.reads(found);
        return found;
    }

    /** Follows a rotation. */
    void rotation(Move.Rotation r) {
        rotation(r.product(), r.angle(), r.cause());
    }

    /** Follows a Pauli gate. */
    void halfTurn(Step.Product product) {
        gates.rotate(product, 2);
    }

    /** Whether a branch leaves the frames as they are, so that it can be {@link #inline}d. */
    boolean isInline(Move.Branch branch) {
        return new Inlining(this::keepsDormant).fits(branch);
    }

    private boolean keepsDormant(Step.Product product) {
        return active.firstDormant(virtual.pull(gates.image(product)).hasX()) < 0;
    }

    /** Follows a branch that leaves the frames as they are. */
    void inline(Move.Branch branch) {
        BitSet assigned = new BitSet();
        collectAssigned(branch.then(), assigned);
        collectAssigned(branch.otherwise(), assigned);
        Classical condition = condition(branch.condition());
        assigned.stream().forEach(this::store);
        branch(branch, condition);
    }

    private void branch(Move.Branch branch, Classical condition) {
        int otherwise = out.unless(condition);
        inlineAll(branch.then());
        if (branch.otherwise().isEmpty()) {
            out.land(otherwise);
            return;
        }
        int end = out.jump();
        out.land(otherwise);
        inlineAll(branch.otherwise());
        out.land(end);
    }

    private void inlineAll(List<Move> body) {
        for (Move move : body) {
            switch (move) {
                case Move.Rotation r -> rotation(r);
                case Move.HalfTurn h -> flip(h.product());
                case Move.Branch b -> branch(b, condition(b.condition()));
                case Move.Loop l -> {
                    for (long k = 0; k < l.count(); k++) {
                        inlineAll(l.body());
                    }
                }
                case Move.Clifford c -> {
                    List<Inlining.Turn> turns = Inlining.turns(c.step());
                    if (turns == null) {
                        step(c.step());
                    } else {
                        turns.forEach(this::turn);
                    }
                }
                case Move.WhileLoop w -> throw new AssertionError(w);
            }
        }
    }

    private void turn(Inlining.Turn turn) {
        if (turn.quarters() == 2) {
            flip(turn.product());
        } else {
            rotation(turn.product(), (turn.quarters() == 1 ? 1 : -1) * Math.PI / 2, "");
        }
    }

    private void flip(Step.Product product) {
        out.flip(out.masks().flipping(gates.image(product)));
    }

    private static void collectAssigned(List<Move> moves, BitSet to) {
        for (Move move : moves) {
            switch (move) {
                case Move.Clifford(Step.Assign(Assignment a)) ->
                        to.or(Classical.bits(a.destination()));
                case Move.Branch b -> {
                    collectAssigned(b.then(), to);
                    collectAssigned(b.otherwise(), to);
                }
                case Move.Loop l -> collectAssigned(l.body(), to);
                default -> {}
            }
        }
    }

    /** Puts what a bit holds into memory, where assignments find it. */
    private void store(int bit) {
        if (sources[bit] != Classical.STORED) {
            out.store(bit, sources[bit]);
            sources[bit] = Classical.STORED;
        }
    }

    private void assign(Assignment assignment) {
        Classical read = condition(assignment.value());
        Classical.bits(assignment.destination()).stream()
                .forEach(bit -> sources[bit] = Classical.STORED);
        out.assign(
                new Classical.Store(
                        read,
                        new Assignment(assignment.destination(), read.value(), assignment.tag())));
    }

    /** Follows a step that is no block. */
    void step(Step step) {
        switch (step) {
            case Step.Unitary u -> gates.apply(u);
            case Step.Rotate r -> gates.rotate(r.product(), r.dagger() ? 3 : 1);
            case Step.Feedback f -> feedback(f);
            case Step.Reset r -> {
                for (int q : r.qubits()) {
                    reset(q, r.basis());
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
                    sources[m.bit()] = result;
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
            case Step.SweepPauli s -> {
                if (s.pauli().hasX()) {
                    out.sweep(s.bit(), xMask(s.qubit()));
                }
                if (s.pauli().hasZ()) {
                    out.sweep(s.bit(), zMask(s.qubit()));
                }
            }
            case Step.PauliNoise n -> {
                noise(n);
            }
            case Step.Correlated c -> correlated(c);
            case Step.Detector d -> {}
            case Step.Observable o -> {}
            case Step.Assign a -> assign(a.assignment());
            case Step.Loop l -> throw new AssertionError(l);
            case Step.Branch b -> throw new AssertionError(b);
            case Step.WhileLoop w -> throw new AssertionError(w);
        }
    }

    private int nextResult(int[] bits, int k) {
        int result = out.nextResult();
        if (bits.length > 0) {
            sources[bits[k]] = result;
        }
        return result;
    }

    private int record(int lookback) {
        return Parities.record(lookback, out.results());
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

    private void correlated(Step.Correlated c) {
        int mask = out.masks().flipping(gates.image(c.product()));
        if (chains) {
            out.correlated(c.starts(), c.probability(), mask);
        } else {
            out.error(Law.single(c.probability()), new int[] {mask, 0, 0, 0}, -1);
        }
    }

    private void rotation(Step.Product product, double angle, String cause) {
        PauliRow row = gates.image(product);
        Pulled pulled = virtual.pull(row);
        int dormant = active.firstDormant(pulled.hasX());
        if (dormant >= 0) {
            virtual.localize(pulled, dormant);
            active.activate(dormant, cause);
            out.activate(out.masks().testing(row), pulled.negative(), angle, active.count());
            return;
        }
        int x = active.mask(pulled.hasX());
        int z = active.mask(pulled.hasZ());
        if ((x | z) != 0) {
            int test = out.masks().testing(row);
            out.rotate(test, pulled.negative(), angle, x, z, active.count());
        }
        // Otherwise the state is an eigenstate, and gets a phase.
    }

    private void reset(int qubit, Pauli basis) {
        PauliRow undo = basis == Pauli.X ? gates.z(qubit) : gates.x(qubit);
        measure(single(qubit, basis, false), -1, false, correction(qubit, basis), undo);
    }

    /** Measures a product whose outcome is asked for. */
    private void measure(Step.Product product, int result, boolean inverted, int correction) {
        measure(product, result, inverted, correction, null);
    }

    /**
     * Whether the product of two strings only gives the state a phase. If these are what the two
     * outcomes of a reset differ by, then nothing is entangled with the qubit, and the outcome need
     * not be drawn: shots have more in common.
     */
    private boolean isPhase(PauliRow left, PauliRow right) {
        PauliRow product = left.copy();
        product.multiply(right);
        Pulled pulled = virtual.pull(product);
        return active.firstDormant(pulled.hasX()) < 0
                && (active.mask(pulled.hasX()) | active.mask(pulled.hasZ())) == 0;
    }

    /**
     * Measures a product.
     *
     * @param result where the outcome goes, or -1
     * @param inverted whether it is recorded the other way round
     * @param correction a mask to apply when the outcome is one, or -1
     * @param undo its string, if the outcome is not asked for
     */
    private void measure(
            Step.Product product,
            int result,
            boolean inverted,
            int correction,
            @Nullable PauliRow undo) {
        PauliRow row = gates.image(product);
        Pulled pulled = virtual.pull(row);
        Outcome outcome =
                new Outcome(
                        out.masks().testing(row), pulled.negative(), result, inverted, correction);
        int dormant = active.firstDormant(pulled.hasX());
        if (dormant >= 0) {
            PauliRow kick = virtual.zOf(dormant);
            virtual.localize(pulled, dormant);
            virtual.hadamard(dormant);
            if (undo != null && isPhase(kick, undo)) {
                out.fixed(outcome);
            } else {
                out.coin(outcome, out.masks().flipping(kick));
            }
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
