package org.jaket.benchmarks;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.Pauli;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.observable.PauliString;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Progress;
import org.jaket.statevector.Precision;
import org.jaket.statevector.StateVectorSimulator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Bindings a second: the energy of an Ising chain in a hardware-efficient ansatz of five layers (RY
 * and RZ on every qubit, a chain of CX), compilation included.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 3)
public class BindingsBenchmark {
    private static final int LAYERS = 5;
    private static final int BINDINGS = 1000;

    @Param({"6", "10", "14"})
    int qubits = 10;

    @Param({"SINGLE", "DOUBLE"})
    Precision precision = Precision.DOUBLE;

    @Param({"1", "2"})
    int threads = 1;

    private Circuit ansatz = Circuit.of(1, c -> {});
    private PauliSum ising = PauliSum.of("Z");
    private final List<double[]> bindings = new ArrayList<>();

    /** Builds circuit, observable and bindings. */
    @Setup(Level.Trial)
    public void build() {
        int n = qubits;
        List<Parameter> theta = Parameter.list("theta", 2 * n * LAYERS);
        ansatz =
                Circuit.of(
                        n,
                        c -> {
                            for (int layer = 0; layer < LAYERS; layer++) {
                                for (int q = 0; q < n; q++) {
                                    c.ry(theta.get(2 * (layer * n + q)), q);
                                    c.rz(theta.get(2 * (layer * n + q) + 1), q);
                                }
                                for (int q = 0; q + 1 < n; q++) {
                                    c.cx(q, q + 1);
                                }
                            }
                        });
        List<PauliSum.Term> terms = new ArrayList<>();
        for (int q = 0; q < n; q++) {
            terms.add(new PauliSum.Term(-0.7, PauliString.identity(n).with(q, Pauli.X)));
            if (q > 0) {
                PauliString zz = PauliString.identity(n).with(q - 1, Pauli.Z).with(q, Pauli.Z);
                terms.add(new PauliSum.Term(-1, zz));
            }
        }
        ising = new PauliSum(terms);
        Random random = new Random(1);
        bindings.clear();
        for (int k = 0; k < BINDINGS; k++) {
            bindings.add(random.doubles(theta.size(), -Math.PI, Math.PI).toArray());
        }
    }

    /** All bindings. */
    @Benchmark
    @OperationsPerInvocation(BINDINGS)
    public double[] expectations() {
        return StateVectorSimulator.of(precision)
                .expectations(ansatz, ising, bindings, threads, Progress.NONE);
    }
}
