package org.jaket.benchmarks;

import org.jaket.circuit.Circuit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Reading and writing OpenQASM text of 200,000 gates on 100 qubits. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class OpenQasmBenchmark {
    private static final int GATES = 200_000;

    /** The version of the language. */
    @Param({"2", "3"})
    public int version;

    private String text = "";
    private Circuit circuit = Circuit.of(0, c -> {});

    /** Makes a text of single-qubit, parametrised and two-qubit gates. */
    @Setup
    public void write() {
        var random = new Random(1);
        circuit =
                Circuit.of(
                        100,
                        c -> {
                            for (int k = 0; k < GATES; k++) {
                                int a = random.nextInt(99);
                                switch (k % 4) {
                                    case 0 -> c.h(a);
                                    case 1 -> c.cx(a, a + 1);
                                    case 2 -> c.rz(random.nextDouble(), a);
                                    default -> c.rx(Math.PI / (1 + random.nextInt(8)), a);
                                }
                            }
                        });
        text = print();
    }

    /** From text to circuit. */
    @Benchmark
    public Circuit parse() {
        return Circuit.qasm(text);
    }

    /** From circuit to text. */
    @Benchmark
    public String print() {
        return version == 2 ? circuit.toQasm2() : circuit.toQasm3();
    }
}
