package org.jaket.statevector;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Estimate;
import org.jaket.execution.Gradient;
import org.jaket.execution.Progress;
import org.jaket.statevector.lanes.LaneExpectation;
import org.jaket.statevector.lanes.LaneGradient;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The expectation value of an observable as a function of a circuit's parameters, compiled once by
 * {@link StateVectorSimulator#compile(Circuit, PauliSum)}, to be asked any number of times for
 * values and gradients: what an optimiser calls. Immutable and safe for any number of threads.
 *
 * <p>Circuits of gates on up to 13 qubits (14 in single precision) are compiled with their
 * parameters open and run for several bindings side by side: at 10 qubits and five layers of a
 * hardware-efficient ansatz some 15 microseconds a binding. Larger ones, and what has more than
 * gates, are compiled for each binding.
 */
public final class CompiledExpectation {
    /**
     * Up to this many qubits a shared program gains more than fusion and cache blocking do, in
     * double precision: 2^13 rows of eight numbers fill a second-level cache of 1 MiB.
     */
    private static final int MOST_QUBITS_DOUBLE = 13;

    /** The same in single precision, whose registers hold twice as many bindings. */
    private static final int MOST_QUBITS_SINGLE = 14;

    /**
     * Up to this many qubits a gradient that is asked for once is worth a shared program: a program
     * of its own has fewer passes, and takes longer to compile.
     */
    static final int MOST_QUBITS_GRADIENT = 10;

    private final StateVectorSimulator simulator;
    private final Circuit circuit;
    private final PauliSum observable;
    private final @Nullable LaneExpectation lanes;
    private final List<Parameter> parameters;

    /** What gradients are computed with: null for a program of their own each. */
    private record Slopes(@Nullable LaneGradient lanes) {}

    /** Compiled when a gradient is first asked for. */
    private volatile @Nullable Slopes slopes;

    CompiledExpectation(
            StateVectorSimulator simulator,
            Circuit circuit,
            PauliSum observable,
            @Nullable LaneExpectation lanes) {
        this.simulator = simulator;
        this.circuit = circuit;
        this.observable = observable;
        this.lanes = lanes;
        parameters = List.copyOf(circuit.parameters());
    }

    /** Whether bindings of a circuit of this size are worth to be run side by side. */
    static boolean isSmall(int qubits, Precision precision) {
        return qubits <= (precision == Precision.DOUBLE ? MOST_QUBITS_DOUBLE : MOST_QUBITS_SINGLE);
    }

    /** The circuit that was compiled, with its parameters open. */
    public Circuit circuit() {
        return circuit;
    }

    /** What is measured. */
    public PauliSum observable() {
        return observable;
    }

    /**
     * The value for one binding.
     *
     * @param binding a value for each open parameter in the order of {@link Circuit#parameters()}
     * @throws org.jaket.circuit.CircuitException if a value is missing or not a number
     */
    public double value(double... binding) {
        return values(List.of(binding), 1, Progress.NONE)[0];
    }

    /**
     * The values for many bindings, on all processors.
     *
     * @param bindings for each value to compute, a value for each open parameter in the order of
     *     {@link Circuit#parameters()}
     * @return one value for each binding; it does not depend on the other bindings or the number of
     *     threads
     * @throws org.jaket.circuit.CircuitException if a value is missing or not a number
     * @throws org.jaket.execution.UnsupportedCircuitException if the circuit measures, resets or
     *     has noise
     */
    public double[] values(List<double[]> bindings) {
        return values(bindings, Runtime.getRuntime().availableProcessors(), Progress.NONE);
    }

    /**
     * The same on some threads, with a listener that may cancel.
     *
     * @throws java.util.concurrent.CancellationException if the listener says so
     */
    public double[] values(List<double[]> bindings, int threads, Progress progress) {
        double[] values = new double[bindings.size()];
        if (lanes == null) {
            simulator.oneByOne(circuit, observable, bindings, threads, progress, values);
            return values;
        }
        int size = lanes.lanes();
        int blocks = (values.length + size - 1) / size;
        int parts = Math.clamp(blocks, 1, threads);
        Progress shared = parts > 1 ? new SharedProgress(progress) : progress;
        Workers.of(parts)
                .run(
                        blocks,
                        (block, worker) -> {
                            shared.checkCancelled();
                            lanes.block(bindings, block * size, values);
                        });
        return values;
    }

    /**
     * The value for one binding and its derivatives by all parameters, for about the cost of four
     * values: see {@link StateVectorSimulator#gradient(Circuit, PauliSum, java.util.Map)}. Small
     * circuits are computed in double precision whatever the simulator's.
     *
     * @param binding a value for each open parameter in the order of {@link Circuit#parameters()}
     * @throws org.jaket.circuit.CircuitException if a value is missing or not a number
     * @throws org.jaket.execution.UnsupportedCircuitException if the circuit has anything but gates
     */
    public Gradient gradient(double... binding) {
        LaneGradient small = slopes();
        if (small != null) {
            return gradient(small, binding);
        }
        int processors = Runtime.getRuntime().availableProcessors();
        return gradient(binding, processors, Progress.NONE);
    }

    /**
     * The same for many bindings, on some threads, with a listener that may cancel.
     *
     * @return one for each binding; it does not depend on the other bindings or the number of
     *     threads
     * @throws java.util.concurrent.CancellationException if the listener says so
     */
    public List<Gradient> gradients(List<double[]> bindings, int threads, Progress progress) {
        LaneGradient small = slopes();
        Gradient[] all = new Gradient[bindings.size()];
        if (small == null) {
            Arrays.setAll(all, k -> gradient(bindings.get(k), threads, progress));
            return List.of(all);
        }
        int parts = Math.clamp(all.length, 1, threads);
        Progress shared = parts > 1 ? new SharedProgress(progress) : progress;
        Workers.of(parts)
                .run(
                        all.length,
                        (k, worker) -> {
                            shared.checkCancelled();
                            all[k] = gradient(small, bindings.get(k));
                        });
        return List.of(all);
    }

    /** The gradient where each parameter has its value; null where lanes cannot give it. */
    @Nullable Gradient gradientOrNull(Map<String, Double> values) {
        LaneGradient small = slopes();
        double[] binding = new double[parameters.size()];
        for (int k = 0; k < binding.length; k++) {
            Double value = values.get(parameters.get(k).name());
            if (value == null) {
                return null;
            }
            binding[k] = value;
        }
        return small == null || values.size() != binding.length ? null : gradient(small, binding);
    }

    private @Nullable LaneGradient slopes() {
        Slopes known = slopes;
        if (known == null) {
            known =
                    new Slopes(
                            lanes == null ? null : LaneGradient.of(lanes, KernelChoice.isVector()));
            slopes = known;
        }
        return known.lanes;
    }

    private Gradient gradient(LaneGradient small, double[] binding) {
        double[] derivatives = new double[parameters.size()];
        double value = small.compute(binding, derivatives);
        return gradient(value, parameters, derivatives);
    }

    private Gradient gradient(double[] binding, int threads, Progress progress) {
        circuit.bind(binding);
        Map<String, Double> values = new HashMap<>();
        for (int k = 0; k < binding.length; k++) {
            values.put(parameters.get(k).name(), binding[k]);
        }
        return simulator.gradient(circuit, observable, values, threads, progress);
    }

    /** Exact numbers as a gradient. */
    static Gradient gradient(double value, List<Parameter> parameters, double[] derivatives) {
        Map<Parameter, Estimate> by = LinkedHashMap.newLinkedHashMap(derivatives.length);
        for (int k = 0; k < derivatives.length; k++) {
            by.put(parameters.get(k), new Estimate(derivatives[k], 0));
        }
        return new Gradient(new Estimate(value, 0), by);
    }
}
