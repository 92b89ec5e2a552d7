package org.jaket.statevector;

import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Distribution;
import org.jaket.execution.Estimate;
import org.jaket.execution.Estimator;
import org.jaket.execution.Gradient;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.Shots;
import org.jaket.execution.Simulator;
import org.jaket.execution.UnsupportedCircuitException;
import org.jaket.execution.VectorKernels;
import org.jaket.statevector.lanes.LaneExpectation;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Simulates circuits with all 2^n amplitudes: every gate, mid-circuit measurement, reset, classical
 * control, Pauli noise and Kraus channels (by trajectories).
 *
 * <p>Immutable and safe for any number of threads. Results depend on the circuit, the precision and
 * the seed, not on the number of threads.
 */
public final class StateVectorSimulator implements Simulator, Estimator {
    /**
     * Amplitudes times operations up to which a simulator {@link #forOneRun} uses plain kernels:
     * the JIT needs about two seconds for the vector ones, in which the plain ones do this much.
     */
    private static final double WORTH_VECTORS = 4e9;

    private final Precision precision;
    private final boolean once;

    private StateVectorSimulator(Precision precision, boolean once) {
        this.precision = precision;
        this.once = once;
    }

    /** A simulator in double precision. */
    public static StateVectorSimulator create() {
        return of(Precision.DOUBLE);
    }

    /** A simulator in the given precision. */
    public static StateVectorSimulator of(Precision precision) {
        return new StateVectorSimulator(precision, false);
    }

    /**
     * The same simulator for a process that runs one circuit and ends, such as a command: little
     * work is done with the plain kernels, which are fast sooner. Amplitudes may differ in their
     * last digits from those of the vector kernels.
     */
    public StateVectorSimulator forOneRun() {
        return new StateVectorSimulator(precision, true);
    }

    /**
     * A simulator for states that are larger than the memory.
     *
     * @param file where the amplitudes are while a circuit runs; must not exist, in a directory
     *     that does
     * @param memoryBytes how much memory may be used for amplitudes; the more, the fewer sweeps
     *     through the file
     */
    public DiskSimulator onDisk(Path file, long memoryBytes) {
        return new DiskSimulator(precision, file, memoryBytes);
    }

    private Kernels kernels(Program program) {
        if (!once || VectorKernels.areForced()) {
            return KernelChoice.of(precision, program.qubits());
        }
        double operations = operations(program.circuit().body());
        // Shots that part from each other repeat the work, we do not know yet how often.
        double repetitions = Sampling.isSampledOnce(program) ? 1 : 100;
        return Math.scalb(operations * repetitions, program.qubits()) < WORTH_VECTORS
                ? KernelChoice.plain(precision)
                : KernelChoice.of(precision, program.qubits());
    }

    /** Operations times targets, repeats unfolded and branches counted as if taken. */
    private static double operations(Block block) {
        double sum = 0;
        for (Operation operation : block.operations()) {
            double inside = 0;
            for (Block inner : operation.blocks()) {
                inside += operations(inner);
            }
            sum += operation instanceof Repeat r ? r.count() * inside : inside;
            sum += operation instanceof GateOperation g ? g.applications() : 1;
        }
        return sum;
    }

    @Override
    public String name() {
        return "statevector";
    }

    @Override
    public @Nullable String refusal(Circuit circuit) {
        InsufficientMemoryException e =
                Amplitudes.refusal(
                        1,
                        Math.max(1, circuit.qubits()),
                        precision,
                        Runtime.getRuntime().availableProcessors());
        return e == null ? null : e.getMessage();
    }

    private void require(Circuit circuit) {
        String refusal = refusal(circuit);
        if (refusal != null) {
            throw new UnsupportedCircuitException(refusal);
        }
    }

    @Override
    public Shots run(Circuit circuit, RunOptions options) {
        return run(circuit, options, (StateVector) null);
    }

    /**
     * Runs the circuit on a given state, which is not changed.
     *
     * @param initial a state of as many qubits as the circuit has, in this simulator's precision;
     *     null for all zeros
     */
    public Shots run(Circuit circuit, RunOptions options, @Nullable StateVector initial) {
        require(circuit);
        return run(Lowering.compile(circuit, options.progress()), options, initial);
    }

    /**
     * Compiles a circuit, to run it several times or to know how long each part takes.
     *
     * @throws UnsupportedCircuitException with the text of {@link #refusal}
     */
    public CompiledCircuit compile(Circuit circuit) {
        return compile(circuit, Progress.NONE);
    }

    /** The same with a listener that may cancel: a million gates take seconds. */
    public CompiledCircuit compile(Circuit circuit, Progress progress) {
        require(circuit);
        return new CompiledCircuit(this, Lowering.compile(circuit, progress));
    }

    ProgramPlan plan(Program program) {
        return ProgramPlan.of(program, kernels(program), operations(program.circuit().body()));
    }

    double rehearse(Program program, int threads) {
        double[] times = ProgramPlan.times(program);
        return Rehearsal.seconds(program, times, kernels(program), Workers.of(threads));
    }

    Shots run(Program whole, RunOptions options, @Nullable StateVector initial) {
        Program program = whole.withoutTail();
        Amplitudes from = atHome(initial, program);
        Origin origin = from == null ? null : Origin.of(new Run(program), from);
        return sampling(program, options).run(origin);
    }

    Shots run(Program whole, RunOptions options, Checkpoint checkpoint) throws IOException {
        return sampling(whole.withoutTail(), options).run(checkpoint);
    }

    Shots snapshots(Circuit circuit, RunOptions options, SnapshotListener listener) {
        Program program = Lowering.compileShowing(circuit, options.progress());
        Workers workers = Workers.of(options.threads());
        return sampling(program, options)
                .run(
                        (place, amplitudes, frame, shots) -> {
                            StateVector view =
                                    StateVector.of(amplitudes, frame, workers, options.progress());
                            view.protect();
                            try {
                                listener.at(place, view, shots.clone());
                            } finally {
                                view.end("The snapshot is over: it may be read during the call.");
                            }
                        });
    }

    private Sampling sampling(Program program, RunOptions options) {
        return new Sampling(program, kernels(program), options, null);
    }

    private @Nullable Amplitudes atHome(@Nullable StateVector initial, Program program) {
        if (initial == null) {
            return null;
        }
        if (initial.qubits() != program.qubits() || initial.precision() != precision) {
            throw new IllegalArgumentException(
                    "The initial state has "
                            + initial.qubits()
                            + " qubits in "
                            + initial.precision()
                            + " precision; the run needs "
                            + program.qubits()
                            + " in "
                            + precision);
        }
        return initial.amplitudesAtHome();
    }

    /**
     * The exact distribution of the circuit's results, mid-circuit measurements, resets, classical
     * control and noise included: every way it can go is followed.
     *
     * @throws UnsupportedCircuitException if there are more than 2^20 ways
     * @throws InsufficientMemoryException if states of open branches do not fit into memory
     */
    public Distribution probabilities(Circuit circuit) {
        require(circuit);
        int threads = Runtime.getRuntime().availableProcessors();
        return probabilities(Lowering.compile(circuit), threads, Progress.NONE);
    }

    Distribution probabilities(Program whole, int threads, Progress progress) {
        Program program = whole.withoutTail();
        return withPool(
                program,
                threads,
                progress,
                (mechanics, pool) -> Branches.distribution(program, mechanics, pool, progress));
    }

    @FunctionalInterface
    private interface Work<T> {
        T with(Mechanics mechanics, StatePool pool);
    }

    private <T> T withPool(Program program, Work<T> work) {
        return withPool(program, Runtime.getRuntime().availableProcessors(), Progress.NONE, work);
    }

    private <T> T withPool(Program program, int threads, Progress progress, Work<T> work) {
        Workers workers = Workers.of(threads);
        Kernels kernels = kernels(program);
        try (StatePool pool = new StatePool(program.qubits(), kernels, workers, 1)) {
            return work.with(new Mechanics(program, workers, precision, progress, null), pool);
        }
    }

    /**
     * The state that a circuit without measurements, resets and noise prepares from all zeros.
     *
     * @throws UnsupportedCircuitException if the circuit leads to no single state
     */
    public StateVector state(Circuit circuit) {
        return state(circuit, Runtime.getRuntime().availableProcessors(), Progress.NONE);
    }

    /** The same on some threads, with a listener that may cancel. */
    public StateVector state(Circuit circuit, int threads, Progress progress) {
        require(circuit);
        return state(Lowering.compile(circuit, progress), threads, progress);
    }

    StateVector state(Program program, int threads, Progress progress) {
        requireState(program);
        Workers workers = Workers.of(threads);
        Amplitudes state = Amplitudes.allocate(program.qubits(), kernels(program), workers);
        try {
            Mechanics mechanics = new Mechanics(program, workers, precision, progress, null);
            long units = 100 * program.passes();
            mechanics.reportPasses(units);
            mechanics.follow(mechanics.begin(state), state);
            progress.report(units, units);
        } catch (Throwable t) {
            state.close();
            throw t;
        }
        return StateVector.of(state, program.frame(), workers, progress);
    }

    StateVector state(Program program, int threads, Progress progress, Checkpoint checkpoint)
            throws IOException {
        requireState(program);
        Workers workers = Workers.of(threads);
        Kernels kernels = kernels(program);
        var saving = new Saving(checkpoint, program, kernels, 0, 0, new long[0], progress);
        Amplitudes state = Amplitudes.allocate(program.qubits(), kernels, workers);
        try {
            Mechanics mechanics = new Mechanics(program, workers, precision, progress, null);
            long units = 100 * program.passes();
            mechanics.reportPasses(units);
            mechanics.follow(saving.begin(state, mechanics), state, saving);
            progress.report(units, units);
            saving.delete();
        } catch (Throwable t) {
            state.close();
            throw t;
        }
        return StateVector.of(state, program.frame(), workers, progress);
    }

    static void requireState(Program program) {
        if (!program.isDeterministic()) {
            throw new UnsupportedCircuitException(
                    "The circuit measures, resets or has noise, so it leads to no single state."
                            + " Maybe ask for shots, probabilities or expectation values.");
        }
    }

    /**
     * The exact expectation value in the state that the circuit prepares; for a circuit with
     * measurements, resets or noise, averaged over every way it can go.
     */
    @Override
    public Estimate expect(Circuit circuit, PauliSum observable) {
        Program program = forObservable(circuit, observable, Progress.NONE);
        double[] sum = new double[1];
        withPool(
                program,
                (mechanics, pool) ->
                        Branches.leaves(
                                program,
                                mechanics,
                                pool,
                                Progress.NONE,
                                (state, p) ->
                                        sum[0] +=
                                                p * value(program, observable, state, mechanics)));
        return new Estimate(sum[0], 0);
    }

    /**
     * An estimate of the expectation value from trajectories, for circuits that can go too many
     * ways to follow all: exact in each trajectory, averaged over {@code options.shots()} of them.
     */
    public Estimate expect(Circuit circuit, PauliSum observable, RunOptions options) {
        Program program = forObservable(circuit, observable, options.progress());
        RunOptions one = options.threads(1);
        double[] values = new double[(int) Math.min(options.shots(), Integer.MAX_VALUE - 8)];
        Mechanics reader =
                new Mechanics(program, Workers.of(1), precision, options.progress(), null);
        new Sampling(
                        program,
                        kernels(program),
                        one,
                        (state, shots) -> {
                            double v = value(program, observable, state, reader);
                            for (int shot : shots) {
                                values[shot] = v;
                            }
                        })
                .run((Origin) null);
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        double n = values.length;
        return new Estimate(mean, n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n));
    }

    /**
     * The expectation value of an observable and its derivatives by all open parameters of a
     * circuit, by the adjoint method: the cost of about three runs, whatever the number of
     * parameters, and the memory of two states.
     *
     * <pre>{@code
     * Gradient g = simulator.gradient(ansatz, energy, Map.of("theta", 0.3, "phi", 1.2));
     * g.value();
     * g.by(theta);
     * }</pre>
     *
     * <p>After T. Jones and J. Gacon, "Efficient calculation of gradients in classical simulations
     * of variational quantum algorithms", arXiv 2009.02823.
     *
     * @param circuit gates only; parameters may occur in any number of gates and expressions
     * @param values a value for each open parameter
     * @throws UnsupportedCircuitException if the circuit has anything but gates, or two states do
     *     not fit into memory
     * @throws org.jaket.circuit.CircuitException if a value is missing or not a number
     */
    public Gradient gradient(Circuit circuit, PauliSum observable, Map<String, Double> values) {
        return gradient(
                circuit,
                observable,
                values,
                Runtime.getRuntime().availableProcessors(),
                Progress.NONE);
    }

    /** The same on some threads, with a listener that may cancel. */
    public Gradient gradient(
            Circuit circuit,
            PauliSum observable,
            Map<String, Double> values,
            int threads,
            Progress progress) {
        if (circuit.qubits() <= CompiledExpectation.MOST_QUBITS_GRADIENT) {
            Gradient small = compile(circuit, observable, 1).gradientOrNull(values);
            if (small != null) {
                return small;
            }
        }
        Program program = forObservable(circuit.bind(values).requireBound(), observable, progress);
        if (!program.isDeterministic()) {
            throw new UnsupportedCircuitException(
                    "The circuit measures, resets or has noise, so the adjoint method cannot run it"
                            + " backwards. Maybe use ParameterShift.");
        }
        return new AdjointGradient(
                        circuit,
                        observable,
                        values,
                        kernels(program),
                        Workers.of(threads),
                        progress)
                .compute(program);
    }

    /**
     * Expectation values of one circuit for many values of its parameters, on all processors: small
     * circuits are compiled once for all bindings, large ones run one after the other. Who asks
     * again and again about the same circuit compiles it before: {@link #compile(Circuit,
     * PauliSum)}.
     *
     * @param circuit gates only
     * @param bindings for each expectation value, a value for each open parameter in the order of
     *     {@link Circuit#parameters()}
     * @return one expectation value for each binding; the same as from {@link #expect(Circuit,
     *     PauliSum)} but for rounding
     * @throws UnsupportedCircuitException if the circuit measures, resets or has noise
     */
    public double[] expectations(Circuit circuit, PauliSum observable, List<double[]> bindings) {
        int processors = Runtime.getRuntime().availableProcessors();
        return expectations(circuit, observable, bindings, processors, Progress.NONE);
    }

    /** The same on some threads, with a listener that may cancel. */
    public double[] expectations(
            Circuit circuit,
            PauliSum observable,
            List<double[]> bindings,
            int threads,
            Progress progress) {
        return bindings.isEmpty()
                ? new double[0]
                : compile(circuit, observable, bindings.size()).values(bindings, threads, progress);
    }

    /**
     * Compiles the expectation value of an observable as a function of a circuit's parameters.
     *
     * <pre>{@code
     * CompiledExpectation energy = simulator.compile(ansatz, hamiltonian);
     * energy.value(0.3, 1.1);
     * energy.values(bindings);
     * }</pre>
     *
     * @param circuit gates only; parameters may occur in any number of gates and expressions
     * @param observable on as many qubits
     * @throws UnsupportedCircuitException with the text of {@link #refusal}
     */
    public CompiledExpectation compile(Circuit circuit, PauliSum observable) {
        // Who compiles will ask often.
        return compile(circuit, observable, 1000);
    }

    private CompiledExpectation compile(Circuit circuit, PauliSum observable, int times) {
        requireFit(circuit, observable);
        LaneExpectation lanes =
                CompiledExpectation.isSmall(circuit.qubits(), precision)
                        ? LaneExpectation.compile(circuit, observable, arithmetic(circuit, times))
                        : null;
        return new CompiledExpectation(this, circuit, observable, lanes);
    }

    private LaneExpectation.Arithmetic arithmetic(Circuit circuit, int times) {
        boolean little =
                once
                        && !VectorKernels.areForced()
                        && Math.scalb(operations(circuit.body()) * times, circuit.qubits())
                                < WORTH_VECTORS;
        return KernelChoice.lanes(precision, KernelChoice.isVector() && !little);
    }

    /** Expectation values by programs of their own. */
    void oneByOne(
            Circuit circuit,
            PauliSum observable,
            List<double[]> bindings,
            int threads,
            Progress progress,
            double[] values) {
        boolean split = circuit.qubits() <= Sampling.SMALL;
        int parts = split ? Math.clamp(bindings.size(), 1, threads) : 1;
        Workers inside = Workers.of(split ? 1 : threads);
        Progress shared = parts > 1 ? new SharedProgress(progress) : progress;
        Workers.of(parts)
                .run(
                        parts,
                        (part, worker) -> {
                            int from = (int) ((long) values.length * part / parts);
                            int to = (int) ((long) values.length * (part + 1) / parts);
                            if (from < to) {
                                expectations(
                                        circuit,
                                        observable,
                                        bindings.subList(from, to),
                                        inside,
                                        shared,
                                        values,
                                        from);
                            }
                        });
    }

    private void expectations(
            Circuit circuit,
            PauliSum observable,
            List<double[]> bindings,
            Workers workers,
            Progress progress,
            double[] values,
            int at) {
        Program program = forObservable(circuit.bind(bindings.getFirst()), observable, progress);
        if (!program.isDeterministic()) {
            throw new UnsupportedCircuitException(
                    "The circuit measures, resets or has noise. Maybe ask for one expectation value"
                            + " at a time.");
        }
        Kernels kernels = kernels(program);
        try (Amplitudes state = Amplitudes.allocate(program.qubits(), kernels, workers)) {
            for (int k = 0; k < bindings.size(); k++) {
                progress.checkCancelled();
                Program bound =
                        k == 0
                                ? program
                                : Lowering.compile(circuit.bind(bindings.get(k)), progress);
                Mechanics mechanics = new Mechanics(bound, workers, precision, progress, null);
                mechanics.follow(mechanics.begin(state), state);
                values[at + k] = value(bound, observable, state, mechanics);
            }
        }
    }

    private Program forObservable(Circuit circuit, PauliSum observable, Progress progress) {
        requireFit(circuit, observable);
        return Lowering.compile(circuit, progress);
    }

    private void requireFit(Circuit circuit, PauliSum observable) {
        require(circuit);
        if (observable.qubits() != circuit.qubits()) {
            throw new IllegalArgumentException(
                    "The observable has "
                            + observable.qubits()
                            + " qubits, the circuit "
                            + circuit.qubits());
        }
    }

    private static double value(
            Program program, PauliSum observable, Amplitudes state, Mechanics mechanics) {
        return Sums.expectation(state, program.frame(), observable, mechanics.runner());
    }
}
