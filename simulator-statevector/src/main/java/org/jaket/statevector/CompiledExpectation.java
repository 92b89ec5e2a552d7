package org.jaket.statevector;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Progress;
import org.jaket.statevector.lanes.LaneExpectation;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The expectation value of an observable as a function of a circuit's parameters, compiled once by
 * {@link StateVectorSimulator#compile(Circuit, PauliSum)}, to be asked any number of times: what an
 * optimiser calls. Immutable and safe for any number of threads.
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

    private final StateVectorSimulator simulator;
    private final Circuit circuit;
    private final PauliSum observable;
    private final @Nullable LaneExpectation lanes;

    CompiledExpectation(
            StateVectorSimulator simulator,
            Circuit circuit,
            PauliSum observable,
            @Nullable LaneExpectation lanes) {
        this.simulator = simulator;
        this.circuit = circuit;
        this.observable = observable;
        this.lanes = lanes;
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
}
