package org.jaket.automatic;

import org.jaket.circuit.Circuit;
import org.jaket.execution.Progress;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.mps.MpsOptions;
import org.jaket.mps.MpsSimulator;
import org.jaket.stabilizer.CompiledNearClifford;
import org.jaket.stabilizer.NearCliffordSimulator;
import org.jaket.stabilizer.StabilizerSimulator;
import org.jaket.statevector.DensityMatrixSimulator;
import org.jaket.statevector.Precision;
import org.jaket.statevector.StateVectorSimulator;
import org.jaket.statevector.sparse.SparseSimulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The methods for a circuit in the order in which they are tried. Costs are counted in amplitudes
 * that gates touch. Where only a run can show what a method costs (how many amplitudes are not
 * zero, how much qubits are entangled), it is tried with a limit that makes the attempt cheap
 * against the method that comes after it.
 */
final class Candidates {
    /** Work that is done before another method is worth a thought. */
    private static final double LITTLE = 0x1p24;

    /** Work of some seconds: a sparse state is tried before methods that cost more. */
    private static final double MUCH = 0x1p33;

    /** Work of several minutes: a matrix product state is tried before that. */
    private static final double VERY_MUCH = 0x1p38;

    /** Above all that can be estimated: what is left to try. */
    private static final double LAST = 0x1p200;

    /** How much more an amplitude in a table of those that are not zero costs. */
    private static final double SPARSE_COST = 32;

    /** How much more an amplitude costs that plain loops walk over. */
    private static final double NEAR_CLIFFORD_COST = 8;

    /** Attempts with a sparse state end at 2^-8 of all amplitudes, and never above 2^22. */
    private static final int SPARSE_SHARE = 8;

    private static final int MOST_SPARSE = 22;

    /** Bonds up to here are cut within a tenth of a second. */
    private static final int QUICK_BOND = 64;

    /**
     * Circuits that branch on results stay with the state vector up to so many qubits: what they
     * cost in the near-Clifford engine is an estimate there, and a rare history can be refused.
     */
    private static final int SMALL = 20;

    /** The largest density matrix is taken for noise: 4^13 entries. */
    private static final int DENSITY_QUBITS = 13;

    private final Circuit circuit;
    private final Work work;
    private final StateVectorSimulator stateVector;
    private final Precision precision;
    private final List<Priced> list = new ArrayList<>();

    /** A method, why it comes here, and the circuit compiled for it. */
    record Candidate(Method method, String reason, Supplier<Engine> engine) {}

    private record Priced(double cost, Candidate candidate) {}

    private Candidates(Circuit circuit, StateVectorSimulator stateVector, Precision precision) {
        this.circuit = circuit;
        this.work = Work.of(circuit);
        this.stateVector = stateVector;
        this.precision = precision;
    }

    /** For shots. */
    static List<Candidate> forShots(
            Circuit circuit,
            long shots,
            StateVectorSimulator stateVector,
            Precision precision,
            Progress progress) {
        if (new StabilizerSimulator().refusal(circuit) == null) {
            return List.of(
                    new Candidate(
                            Method.STABILIZER,
                            "all gates are Clifford gates.",
                            () -> new Engine.Stabilizer(circuit)));
        }
        var candidates = new Candidates(circuit, stateVector, precision);
        double gates = candidates.work.gates(shots);
        candidates.pureStates(gates);
        candidates.nearClifford(shots, progress);
        return candidates.inOrder();
    }

    /** For distributions and expectation values. */
    static List<Candidate> forExactness(
            Circuit circuit, StateVectorSimulator stateVector, Precision precision) {
        var candidates = new Candidates(circuit, stateVector, precision);
        candidates.densityMatrix();
        candidates.pureStates(candidates.work.gates());
        return candidates.inOrder();
    }

    private List<Candidate> inOrder() {
        return list.stream()
                .sorted(Comparator.comparingDouble(Priced::cost))
                .map(Priced::candidate)
                .toList();
    }

    /** One method that was asked for. */
    static Candidate only(
            Method method,
            Circuit circuit,
            StateVectorSimulator stateVector,
            Precision precision,
            Progress progress) {
        Supplier<Engine> engine =
                switch (method) {
                    case STABILIZER -> () -> new Engine.Stabilizer(circuit);
                    case NEAR_CLIFFORD ->
                            () ->
                                    new Engine.NearClifford(
                                            new NearCliffordSimulator().compile(circuit, progress));
                    case STATE_VECTOR ->
                            () ->
                                    new Engine.StateVector(
                                            stateVector, circuit, stateVector.compile(circuit));
                    case SPARSE -> () -> new Engine.Sparse(SparseSimulator.create(), circuit);
                    case MATRIX_PRODUCT_STATE ->
                            () -> new Engine.Chain(MpsSimulator.create(), circuit);
                    case DENSITY_MATRIX ->
                            () -> new Engine.Density(DensityMatrixSimulator.of(precision), circuit);
                };
        return new Candidate(method, "asked for.", engine);
    }

    private void add(double cost, Method method, String reason, Supplier<Engine> engine) {
        list.add(new Priced(cost, new Candidate(method, reason, engine)));
    }

    private void nearClifford(long shots, Progress progress) {
        boolean solved =
                list.stream().anyMatch(p -> p.cost < LITTLE && p.candidate.method == Method.SPARSE);
        if (solved || circuit.qubits() <= SMALL && work.branching()) {
            return;
        }
        CompiledNearClifford compiled;
        try {
            compiled = new NearCliffordSimulator().compile(circuit, progress);
        } catch (UnsupportedCircuitException e) {
            return;
        }
        var forecast = compiled.forecast();
        add(
                forecast.work(shots) * NEAR_CLIFFORD_COST,
                Method.NEAR_CLIFFORD,
                "the circuit is near-Clifford: 2^%d amplitudes are enough."
                        .formatted(forecast.activeQubits()),
                () -> new Engine.NearClifford(compiled));
    }

    private void densityMatrix() {
        DensityMatrixSimulator simulator = DensityMatrixSimulator.of(precision);
        if (work.noisy()
                && circuit.qubits() <= DENSITY_QUBITS
                && simulator.refusal(circuit) == null) {
            add(
                    0,
                    Method.DENSITY_MATRIX,
                    "noise is followed exactly in 4^%d entries.".formatted(circuit.qubits()),
                    () -> new Engine.Density(simulator, circuit));
        }
    }

    private void pureStates(double gates) {
        int qubits = circuit.qubits();
        boolean fits = stateVector.refusal(circuit) == null;
        double all = fits ? Math.scalb(gates, qubits) : LAST;
        add(
                fits ? all : 3 * LAST,
                Method.STATE_VECTOR,
                "%s gates on 2^%d amplitudes.".formatted(human(gates), qubits),
                () -> new Engine.StateVector(stateVector, circuit, stateVector.compile(circuit)));
        if (all <= LITTLE) {
            return;
        }
        if (SparseSimulator.create().refusal(circuit) == null) {
            sparse(gates, all, fits);
        }
        if (MpsSimulator.create().refusal(circuit) == null) {
            chain(VERY_MUCH, QUICK_BOND);
            if (!fits) {
                chain(2 * LAST, MpsOptions.EXACT_BOND);
            }
        }
    }

    private void sparse(double gates, double all, boolean fits) {
        int qubits = circuit.qubits();
        int bound = SparseSimulator.growthBound(circuit);
        double cost = Math.scalb(gates * SPARSE_COST, bound);
        if (bound < qubits && cost < all) {
            add(
                    cost,
                    Method.SPARSE,
                    "at most 2^%d of 2^%d amplitudes are not zero.".formatted(bound, qubits),
                    () -> new Engine.Sparse(SparseSimulator.create(), circuit));
        }
        if (cost > MUCH && all > MUCH) {
            int limit = Math.clamp(qubits - SPARSE_SHARE, 0, MOST_SPARSE);
            add(
                    MUCH,
                    Method.SPARSE,
                    "less than 2^%d of 2^%d amplitudes are not zero.".formatted(limit, qubits),
                    () -> new Engine.Sparse(SparseSimulator.limitedTo(1L << limit), circuit));
        }
        if (!fits) {
            add(
                    LAST,
                    Method.SPARSE,
                    "2^%d amplitudes do not fit into memory, those that are not zero do."
                            .formatted(qubits),
                    () -> new Engine.Sparse(SparseSimulator.create(), circuit));
        }
    }

    private void chain(double cost, int bond) {
        add(
                cost,
                Method.MATRIX_PRODUCT_STATE,
                "bonds of at most %d hold the state.".formatted(bond),
                () -> new Engine.Chain(MpsSimulator.of(MpsOptions.exact().maxBond(bond)), circuit));
    }

    private static String human(double count) {
        return count < 1e6
                ? String.format(Locale.ROOT, "%.0f", count)
                : String.format(Locale.ROOT, "%.1e", count);
    }
}
