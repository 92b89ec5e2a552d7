package org.jaket.statevector;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Distribution;
import org.jaket.execution.Estimate;
import org.jaket.execution.Estimator;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.Shots;
import org.jaket.execution.Simulator;
import org.jaket.execution.UnsupportedCircuitException;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Simulates noisy circuits exactly: a density matrix of 4<sup>n</sup> entries, on which gates,
 * channels and resets are linear maps. Only results that are recorded divide a run; where nothing
 * looks at a result, a measurement is a channel too.
 *
 * <p>The entries are a vector on 2n qubits, rows on the first n, columns on the others, and every
 * map on it goes through the kernels of the state vector. It costs what a state vector of twice as
 * many qubits costs.
 *
 * <p>Immutable and safe for any number of threads. Results depend on the circuit, the precision and
 * the seed, not on the number of threads.
 */
public final class DensityMatrixSimulator implements Simulator, Estimator {
    private final Precision precision;

    private DensityMatrixSimulator(Precision precision) {
        this.precision = precision;
    }

    /** A simulator in double precision. */
    public static DensityMatrixSimulator create() {
        return of(Precision.DOUBLE);
    }

    /** A simulator in the given precision. */
    public static DensityMatrixSimulator of(Precision precision) {
        return new DensityMatrixSimulator(precision);
    }

    @Override
    public String name() {
        return "density-matrix";
    }

    @Override
    public @Nullable String refusal(Circuit circuit) {
        int qubits = Math.max(1, circuit.qubits());
        double needed = Amplitudes.bytes(2 * qubits, precision);
        long available = Memory.available();
        if (2 * qubits <= Amplitudes.MAX_QUBITS && needed <= available) {
            return null;
        }
        int most = 0;
        while (Amplitudes.bytes(2 * most + 2, precision) <= available) {
            most++;
        }
        return "A density matrix of %d qubits in %s precision needs %s, but %s of memory are left. %d qubits fit."
                        .formatted(
                                qubits,
                                precision.name().toLowerCase(Locale.ROOT),
                                Memory.human(needed),
                                Memory.human((double) available),
                                Math.min(most, Amplitudes.MAX_QUBITS / 2))
                + " Maybe sample trajectories with the state-vector engine, which needs the square"
                + " root of that.";
    }

    private void require(Circuit circuit) {
        String refusal = refusal(circuit);
        if (refusal != null) {
            throw new UnsupportedCircuitException(refusal);
        }
    }

    /** What one run needs. */
    private final class Session implements AutoCloseable {
        final Program program;
        final DensityMechanics mechanics;
        final StatePool pool;
        final Kernels kernels;
        final int qubits;

        Session(Program program, int threads, Progress progress) {
            this.program = program;
            qubits = program.qubits() / 2;
            Workers workers = Workers.of(threads);
            kernels = KernelChoice.of(precision, program.qubits());
            Runner runner = new Runner(workers, (tile, tiles) -> progress.checkCancelled());
            mechanics = new DensityMechanics(qubits, runner, progress);
            pool = new StatePool(program.qubits(), kernels, workers, 1);
        }

        DensityPaths paths(long seed, boolean statesMatter, DensityPaths.Leaf leaf) {
            return new DensityPaths(program, mechanics, pool, seed, statesMatter, leaf);
        }

        @Override
        public void close() {
            pool.close();
        }
    }

    private Session session(Circuit circuit, int threads, Progress progress) {
        require(circuit);
        return new Session(DensityLowering.compile(circuit), threads, progress);
    }

    /** For results only, whatever happens to the state after the last one. */
    private Session resultSession(Circuit circuit, int threads, Progress progress) {
        require(circuit);
        return new Session(DensityLowering.compile(circuit).withoutTail(), threads, progress);
    }

    private Session session(Circuit circuit) {
        return session(circuit, Runtime.getRuntime().availableProcessors(), Progress.NONE);
    }

    /**
     * Samples results: shots with the same record share a density matrix.
     *
     * @throws UnsupportedCircuitException with the text of {@link #refusal}, or if noise makes
     *     qubits leave
     */
    @Override
    public Shots run(Circuit circuit, RunOptions options) {
        try (Session session = resultSession(circuit, options.threads(), options.progress())) {
            Program program = session.program;
            int words = program.layout().words();
            if (options.shots() * Math.max(1, words) > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException(
                        options.shots()
                                + " shots of "
                                + program.layout().width()
                                + " bits do not fit into one result. Maybe run fewer shots with"
                                + " several seeds.");
            }
            int shots = (int) options.shots();
            long[] results = new long[shots * words];
            long[] done = new long[1];
            DensityPaths.Leaf write =
                    (run, rho, share) -> {
                        if (share instanceof DensityPaths.Share.Drawn(int[] members)) {
                            for (int shot : members) {
                                run.write(circuit, program.layout(), results, shot * words);
                            }
                            done[0] += members.length;
                            options.progress().report(done[0], shots);
                            options.progress().checkCancelled();
                        }
                    };
            int[] all = new int[shots];
            Arrays.setAll(all, k -> k);
            session.paths(options.seed(), false, write)
                    .run(new DensityPaths.Share.Drawn(all), session.pool.first());
            return new Shots(program.layout(), options.seed(), shots, results);
        }
    }

    /**
     * The exact distribution of the circuit's results. Every way that the record can go is
     * followed; noise that leaves no record adds none.
     *
     * @throws UnsupportedCircuitException if there are more than 2^20 ways
     * @throws InsufficientMemoryException if states of open branches do not fit into memory
     */
    public Distribution probabilities(Circuit circuit) {
        return probabilities(circuit, Runtime.getRuntime().availableProcessors(), Progress.NONE);
    }

    /** The same on some threads, with a listener that may cancel. */
    public Distribution probabilities(Circuit circuit, int threads, Progress progress) {
        try (Session session = resultSession(circuit, threads, progress)) {
            Program program = session.program;
            Map<String, Double> results = new HashMap<>();
            DensityPaths.Leaf add =
                    (run, rho, share) -> {
                        long[] words = new long[program.layout().words()];
                        run.write(circuit, program.layout(), words, 0);
                        results.merge(program.layout().format(words, 0), share.size(), Double::sum);
                    };
            DensityPaths paths = session.paths(0, false, add);
            paths.run(new DensityPaths.Share.Exact(1), session.pool.first());
            return new Distribution(results, paths.lost());
        }
    }

    /**
     * The state that the circuit leads to from all zeros, averaged over the results of its
     * measurements.
     *
     * @throws UnsupportedCircuitException with the text of {@link #refusal}, or if there are more
     *     than 2^20 ways that classical control can go
     */
    public DensityMatrix state(Circuit circuit) {
        return state(circuit, Runtime.getRuntime().availableProcessors(), Progress.NONE);
    }

    /** The same on some threads, with a listener that may cancel. */
    public DensityMatrix state(Circuit circuit, int threads, Progress progress) {
        try (Session session = session(circuit, threads, progress)) {
            Workers workers = Workers.of(threads);
            Amplitudes result =
                    Amplitudes.allocate(session.program.qubits(), session.kernels, workers);
            try {
                boolean single = isUndivided(session.program);
                DensityPaths.Leaf average =
                        (run, rho, share) -> {
                            if (!single) {
                                session.mechanics.add(result, share.size(), rho);
                            }
                        };
                session.paths(0, true, average)
                        .run(
                                new DensityPaths.Share.Exact(1),
                                single ? result : session.pool.first());
            } catch (Throwable t) {
                result.close();
                throw t;
            }
            return new DensityMatrix(session.qubits, result, new Runner(workers));
        }
    }

    /** Whether no result that is left to chance is looked at. */
    private static boolean isUndivided(Program program) {
        for (int i = 0; i < program.instructions().length; i++) {
            Instruction instruction = program.instructions()[i];
            boolean chain = instruction instanceof Instruction.Choose c && c.herald() == null;
            if (instruction.isRandom() && (chain || program.isReadAfter(i))) {
                return false;
            }
        }
        return true;
    }

    /** The exact expectation value in the state that the circuit leads to. */
    @Override
    public Estimate expect(Circuit circuit, PauliSum observable) {
        if (observable.qubits() != circuit.qubits()) {
            throw new IllegalArgumentException(
                    "The observable has "
                            + observable.qubits()
                            + " qubits, the circuit "
                            + circuit.qubits());
        }
        try (Session session = session(circuit)) {
            double[] sum = new double[1];
            DensityPaths.Leaf average =
                    (run, rho, share) -> {
                        for (PauliSum.Term term : observable.terms()) {
                            double value =
                                    DensityMatrix.expectation(rho, session.qubits, term.string());
                            sum[0] += share.size() * term.coefficient() * value;
                        }
                    };
            session.paths(0, true, average)
                    .run(new DensityPaths.Share.Exact(1), session.pool.first());
            return new Estimate(sum[0], 0);
        }
    }
}
