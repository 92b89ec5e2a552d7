package org.jaket.benchmarks;

import org.jaket.circuit.Circuit;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.Shots;
import org.jaket.stabilizer.CompiledNearClifford;
import org.jaket.stabilizer.NearCliffordSimulator;
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

import java.util.concurrent.TimeUnit;

/** Shots per second of circuits that make magic states, compiled before. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class NearCliffordBenchmark {
    private static final int SHOTS = 1 << 16;

    @Param({"distillation", "teleported", "cultivation"})
    String circuit = "distillation";

    @Param({"0.001"})
    double noise = 0.001;

    @Param({"1", "2"})
    int threads = 1;

    private CompiledNearClifford compiled =
            new NearCliffordSimulator().compile(Circuit.of(1, c -> c.measure(0)), Progress.NONE);
    private long seed;

    /** Compiles the circuit. */
    @Setup(Level.Trial)
    public void compile() {
        compiled =
                new NearCliffordSimulator()
                        .compile(MagicStates.named(circuit, noise), Progress.NONE);
    }

    /** Shots of one circuit, each run with another seed. */
    @Benchmark
    @OperationsPerInvocation(SHOTS)
    public Shots shots() {
        return compiled.run(RunOptions.shots(SHOTS).seed(seed++).threads(threads));
    }
}
