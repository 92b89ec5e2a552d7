package org.jaket.benchmarks;

import org.jaket.circuit.Circuit;
import org.jaket.statevector.Precision;
import org.jaket.statevector.StateVector;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * Whole circuits on a state that is already allocated: compilation and amplitudes, no allocation.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 3)
public class StateVectorBenchmark {
    @Param({"brick", "qft", "hadamards"})
    String family = "brick";

    @Param({"20", "24"})
    int qubits = 20;

    @Param({"SINGLE", "DOUBLE"})
    Precision precision = Precision.DOUBLE;

    @Param({"1", "2"})
    int threads = 1;

    private Circuit circuit = Circuit.of(1, c -> {});
    private StateVector state = StateVector.zero(1);

    /** Builds circuit and state. */
    @Setup(Level.Trial)
    public void allocate() {
        state.close();
        circuit = CircuitFamilies.named(family, qubits);
        state = StateVector.basis(qubits, 0, precision, threads);
    }

    /** Frees the state. */
    @TearDown(Level.Trial)
    public void free() {
        state.close();
    }

    /** One run of the circuit. */
    @Benchmark
    public double run() {
        state.apply(circuit);
        return state.probability(0);
    }
}
