package org.jaket.statevector.lanes;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.CircuitException;
import org.jaket.circuit.observable.PauliSum;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Expectation values of one small circuit, block by block of bindings. Safe for any number of
 * threads. A value does not depend on what else is in its block.
 */
public final class LaneExpectation {
    /**
     * Bytes of amplitudes up to which a block has more lanes than a register: what the first-level
     * cache keeps. Beyond, one register a row is fastest, up to 2^13 rows within a second-level
     * cache of 1 MiB.
     */
    private static final int BLOCK_BYTES = 1 << 15;

    /** More lanes save no more time. */
    private static final int MOST_LANES = 32;

    /** How the arithmetic is done. */
    public enum Arithmetic {
        /** Double precision on the Vector API. */
        VECTOR_DOUBLE,
        /** Single precision on the Vector API. */
        VECTOR_SINGLE,
        /** Double precision in plain Java. */
        PLAIN_DOUBLE,
        /** Single precision in plain Java. */
        PLAIN_SINGLE;

        private LaneKernels kernels(int qubits, int lanes, int slots, int widest) {
            return switch (this) {
                case VECTOR_DOUBLE -> new VectorDoubleLaneKernels(qubits, lanes, slots, widest);
                case VECTOR_SINGLE -> new VectorFloatLaneKernels(qubits, lanes, slots, widest);
                case PLAIN_DOUBLE -> new PlainDoubleLaneKernels(qubits, lanes, slots, widest);
                case PLAIN_SINGLE -> new PlainFloatLaneKernels(qubits, lanes, slots, widest);
            };
        }

        private int register() {
            return switch (this) {
                case VECTOR_DOUBLE -> VectorDoubleLaneKernels.LENGTH;
                case VECTOR_SINGLE -> VectorFloatLaneKernels.LENGTH;
                case PLAIN_DOUBLE, PLAIN_SINGLE -> 1;
            };
        }
    }

    /** What one thread at a time works with. */
    private record Memory(LaneKernels kernels, double[] slots, double[] scratch) {}

    private final Circuit circuit;
    private final LaneProgram program;
    private final LaneObservable observable;
    private final Arithmetic arithmetic;
    private final int lanes;
    private final int parameters;
    private final ConcurrentLinkedQueue<Memory> idle = new ConcurrentLinkedQueue<>();

    private LaneExpectation(
            Circuit circuit,
            LaneProgram program,
            LaneObservable observable,
            Arithmetic arithmetic) {
        this.circuit = circuit;
        this.program = program;
        this.observable = observable;
        this.arithmetic = arithmetic;
        parameters = circuit.parameters().size();
        int fitting = Math.max(1, BLOCK_BYTES / (16 << program.qubits()));
        lanes = Math.clamp(fitting, arithmetic.register(), MOST_LANES);
    }

    /**
     * Compiles a circuit whose parameters may be open.
     *
     * @param observable on as many qubits
     * @return null where the circuit has something else than gates, or needs too much memory
     */
    public static @Nullable LaneExpectation compile(
            Circuit circuit, PauliSum observable, Arithmetic arithmetic) {
        LaneProgram program = LaneLowering.compile(circuit);
        LaneObservable sum = program == null ? null : LaneObservable.of(observable, program);
        return program == null || sum == null
                ? null
                : new LaneExpectation(circuit, program, sum, arithmetic);
    }

    Circuit circuit() {
        return circuit;
    }

    LaneProgram program() {
        return program;
    }

    LaneObservable observable() {
        return observable;
    }

    /** How many bindings make a block. */
    public int lanes() {
        return lanes;
    }

    /**
     * Computes up to {@link #lanes} values.
     *
     * @param bindings one value a parameter each
     * @param from the first one to do
     * @param values receives the value of each binding at its place
     * @throws CircuitException if a value is missing or an angle is not finite
     */
    public void block(List<double[]> bindings, int from, double[] values) {
        int count = Math.min(lanes, bindings.size() - from);
        double[][] block = new double[lanes][];
        for (int lane = 0; lane < lanes; lane++) {
            // Lanes that are left over repeat the first.
            block[lane] = bindings.get(from + (lane < count ? lane : 0));
            check(circuit, parameters, block[lane]);
        }
        Memory memory = idle.poll();
        if (memory == null) {
            memory = memory();
        }
        int broken = program.coefficients().evaluate(block, memory.scratch, memory.slots);
        requireFinite(circuit, block, broken);
        program.run(memory.kernels, memory.slots);
        double[] sums = new double[lanes];
        observable.read(memory.kernels, sums);
        System.arraycopy(sums, 0, values, from, count);
        idle.add(memory);
    }

    /** Lets the circuit say what is wrong with a binding, if anything is. */
    static void check(Circuit circuit, int parameters, double[] binding) {
        if (binding.length != parameters || !isFinite(binding)) {
            circuit.bind(binding);
        }
    }

    /** Says in which lane an angle is not finite; -1 for none. */
    static void requireFinite(Circuit circuit, double[][] block, int broken) {
        if (broken >= 0) {
            // Binding may know more.
            circuit.bind(block[broken]);
            throw new CircuitException(
                    "an angle is not a finite number where the parameters are "
                            + Arrays.toString(block[broken]));
        }
    }

    private static boolean isFinite(double[] binding) {
        boolean finite = true;
        for (double value : binding) {
            finite &= Double.isFinite(value);
        }
        return finite;
    }

    private Memory memory() {
        int slots = program.coefficients().slots();
        double[] numbers = new double[slots * lanes];
        program.coefficients().fill(numbers, lanes);
        LaneKernels kernels = arithmetic.kernels(program.qubits(), lanes, slots, program.widest());
        return new Memory(kernels, numbers, program.coefficients().scratch(lanes));
    }
}
