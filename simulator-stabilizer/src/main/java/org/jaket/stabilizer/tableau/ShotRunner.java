package org.jaket.stabilizer.tableau;

import org.jaket.circuit.CircuitException;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.expression.ClassicalMemory;
import org.jaket.circuit.expression.Expression;
import org.jaket.execution.Progress;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.random.BitSource;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;

/**
 * Runs one noisy shot of a lowered circuit on a stabilizer state, classical steps and qubits that
 * leave included.
 *
 * <p>Not safe for use by several threads.
 */
public final class ShotRunner {
    /** The most turns that one while loop may take: an endless loop ends in a clear error. */
    static final long MAX_WHILE_TURNS = 100_000_000;

    /** For runs whose losses are all drawn on the way. */
    private static final long NO_PLAN = -1;

    private final PartialState state;
    private final ClassicalMemory memory;
    private final BitSource random;
    private final Progress progress;
    private BooleanSupplier coin;
    private final long firstLoss;
    private long losses;
    private IntPredicate sweeps = bit -> false;
    private boolean chainHit;
    private long bitsLeft;
    private int bitCount;
    private int turns;

    /**
     * Creates a runner.
     *
     * @param state changed by each step
     * @param memory takes results and bits
     * @param random decides errors and results that are not determined
     * @param progress asked now and then whether to stop
     */
    public ShotRunner(
            StabilizerState state, ClassicalMemory memory, BitSource random, Progress progress) {
        this(state, memory, random, progress, NO_PLAN);
    }

    /**
     * Creates a runner whose first loss of a qubit is known.
     *
     * @param firstLoss how many of the circuit's chances to lose a qubit pass before one is taken
     */
    public ShotRunner(
            StabilizerState state,
            ClassicalMemory memory,
            BitSource random,
            Progress progress,
            long firstLoss) {
        this.state = new PartialState(state);
        this.firstLoss = firstLoss;
        this.memory = memory;
        this.random = random;
        this.progress = progress;
        this.coin = this::nextBit;
    }

    /** Forgets random bits that were drawn ahead, for when the source is restarted. */
    public void restart() {
        bitCount = 0;
    }

    /** Says which sweep bits are one; none are unless this is called. */
    public void sweeps(IntPredicate areOne) {
        sweeps = areOne;
    }

    /** Says what results are that are not determined; they are random unless this is called. */
    void undetermined(BooleanSupplier outcomes) {
        coin = outcomes;
    }

    /** Says whether an error of a chain of correlated ones that goes on has happened. */
    public void continueChain(boolean hasHappened) {
        chainHit = hasHappened;
    }

    private boolean nextBit() {
        if (bitCount == 0) {
            bitsLeft = random.next();
            bitCount = 64;
        }
        boolean bit = (bitsLeft & 1) != 0;
        bitsLeft >>>= 1;
        bitCount--;
        return bit;
    }

    private boolean happens(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    /** Runs steps. */
    public void run(List<Step> steps) {
        for (Step step : steps) {
            switch (step) {
                case Step.Unitary u -> state.apply(u, coin);
                case Step.Rotate r -> state.rotate(r, coin);
                case Step.Feedback f -> feedback(f);
                case Step.SweepPauli s -> {
                    if (sweeps.test(s.bit())) {
                        state.applyPauli(s.qubit(), s.pauli());
                    }
                }
                case Step.Reset r -> state.reset(r.basis(), r.qubits(), coin);
                case Step.Measure m -> measure(m);
                case Step.MeasureProduct m -> {
                    boolean result = state.measure(m.product(), coin) ^ happens(m.flip());
                    record(result, m.bit());
                }
                case Step.MeasureAbsence m -> {
                    for (int k = 0; k < m.qubits().length; k++) {
                        boolean result = state.isAbsent(m.qubits()[k]) ^ m.inverted()[k];
                        record(result ^ happens(m.flip()), bit(m.bits(), k));
                    }
                }
                case Step.Pad p -> {
                    for (int k = 0; k < p.values().length; k++) {
                        record(p.values()[k] ^ happens(p.flip()), bit(p.bits(), k));
                    }
                }
                case Step.PauliNoise n -> noise(n);
                case Step.Correlated c -> correlated(c);
                case Step.Detector d -> {}
                case Step.Observable o -> {}
                case Step.Loop l -> {
                    for (long k = 0; k < l.count(); k++) {
                        checkCancelled();
                        run(l.body());
                    }
                }
                case Step.Branch b -> run(b.condition().isTrue(memory) ? b.then() : b.otherwise());
                case Step.WhileLoop w -> whileLoop(w.condition(), w.body());
                case Step.Assign a -> a.assignment().execute(memory);
            }
        }
    }

    private void checkCancelled() {
        if ((++turns & 63) == 0) {
            progress.checkCancelled();
        }
    }

    private void whileLoop(Expression condition, List<Step> body) {
        long count = 0;
        while (condition.isTrue(memory)) {
            if (++count > MAX_WHILE_TURNS) {
                throw new CircuitException(
                        "while (%s) has not ended after %d turns."
                                .formatted(condition, MAX_WHILE_TURNS));
            }
            checkCancelled();
            run(body);
        }
    }

    private void feedback(Step.Feedback f) {
        if (memory.lookback(f.lookback())) {
            state.applyPauli(f.qubit(), f.pauli());
        }
    }

    private void measure(Step.Measure m) {
        boolean[] results = new boolean[m.qubits().length];
        state.measure(m.basis(), m.resets(), m.qubits(), coin, results);
        for (int k = 0; k < results.length; k++) {
            record(results[k] ^ m.inverted()[k] ^ happens(m.flip()), bit(m.bits(), k));
        }
    }

    private static int bit(int[] bits, int k) {
        return bits.length == 0 ? -1 : bits[k];
    }

    private void record(boolean result, int bit) {
        memory.record(result);
        if (bit >= 0) {
            memory.set(bit, result);
        }
    }

    private void correlated(Step.Correlated c) {
        if (c.starts()) {
            chainHit = false;
        }
        if (!chainHit && happens(c.probability())) {
            chainHit = true;
            for (int q : c.product().xs()) {
                state.applyPauli(q, true, false);
            }
            for (int q : c.product().zs()) {
                state.applyPauli(q, false, true);
            }
        }
    }

    private void noise(Step.PauliNoise n) {
        int[] targets = n.targets();
        double p = n.arguments()[0];
        for (int k = 0; k < targets.length; k += n.noise().qubits()) {
            int q = targets[k];
            switch (n.noise()) {
                case X_ERROR -> pauliIf(happens(p), q, Pauli.X);
                case Y_ERROR -> pauliIf(happens(p), q, Pauli.Y);
                case Z_ERROR -> pauliIf(happens(p), q, Pauli.Z);
                case DEPOLARIZE1 -> {
                    if (happens(p)) {
                        state.applyPauli(q, PAULIS[1 + random.nextBelow(3)]);
                    }
                }
                case DEPOLARIZE2 -> {
                    if (happens(p)) {
                        pair(q, targets[k + 1], 1 + random.nextBelow(15));
                    }
                }
                case PAULI_CHANNEL_1 -> {
                    int choice = choose(n.arguments());
                    if (choice >= 0) {
                        state.applyPauli(q, PAULIS[choice + 1]);
                    }
                }
                case PAULI_CHANNEL_2 -> {
                    int choice = choose(n.arguments());
                    if (choice >= 0) {
                        pair(q, targets[k + 1], choice + 1);
                    }
                }
                case HERALDED_ERASE -> {
                    boolean herald = happens(p);
                    if (herald) {
                        state.applyPauli(q, PAULIS[random.nextBelow(4)]);
                    }
                    record(herald, -1);
                }
                case HERALDED_PAULI_CHANNEL_1 -> {
                    int choice = choose(n.arguments());
                    if (choice > 0) {
                        state.applyPauli(q, PAULIS[choice]);
                    }
                    record(choice >= 0, -1);
                }
                case LEAKAGE_ERROR, HERALDED_LEAKAGE_ERROR -> {
                    boolean leaks = happens(p) && state.leak(q);
                    if (n.noise().isHeralded()) {
                        record(leaks, -1);
                    }
                }
                case SEEPAGE_ERROR -> {
                    if (happens(p)) {
                        state.seep(q, coin);
                    }
                }
                case LOSS_ERROR, HERALDED_LOSS_ERROR -> {
                    boolean loses = isLost(p) && state.lose(q);
                    if (n.noise().isHeralded()) {
                        record(loses, -1);
                    }
                }
                case CORRELATED_ERROR, ELSE_CORRELATED_ERROR, I_ERROR, II_ERROR ->
                        throw new AssertionError(n);
            }
        }
    }

    private boolean isLost(double p) {
        long chance = losses++;
        return chance == firstLoss || chance > firstLoss && happens(p);
    }

    private static final Pauli[] PAULIS = {Pauli.I, Pauli.X, Pauli.Y, Pauli.Z};

    private void pauliIf(boolean condition, int qubit, Pauli pauli) {
        if (condition) {
            state.applyPauli(qubit, pauli);
        }
    }

    /** Applies Pauli pair number 0 to 15 in the order II, IX, IY, IZ, XI, ... */
    private void pair(int a, int b, int number) {
        state.applyPauli(a, PAULIS[number >> 2]);
        state.applyPauli(b, PAULIS[number & 3]);
    }

    /** Draws the index of one of disjoint events, or -1 for none. */
    private int choose(double[] probabilities) {
        double u = random.nextDouble();
        for (int k = 0; k < probabilities.length; k++) {
            u -= probabilities[k];
            if (u < 0) {
                return k;
            }
        }
        return -1;
    }
}
