package org.jaket.statevector;

import org.jaket.circuit.Circuit;
import org.jaket.circuit.observable.PauliSum;
import org.jaket.execution.Estimate;
import org.jaket.execution.Estimator;
import org.jaket.execution.Progress;
import org.jaket.execution.RunOptions;
import org.jaket.execution.Shots;
import org.jaket.execution.Simulator;
import org.jaket.execution.UnsupportedCircuitException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Simulates circuits whose states are larger than the memory: the amplitudes lie in a file and come
 * into memory in tiles, each of which takes all the gates that it can. From {@link
 * StateVectorSimulator#onDisk}.
 *
 * <p>Circuits may have any gates, loops and classical values, and measurements at the end. What
 * would need copies of the state (measurements with more to come, resets, noise) is refused.
 *
 * <p>Amplitudes agree with those of {@link StateVectorSimulator} up to rounding: gates meet in
 * another order. The file is deleted at the end. An {@link UncheckedIOException} says what went
 * wrong with it: no room, a file of that name, no directory.
 *
 * <p>Immutable; one run at a time, because of the one file.
 */
public final class DiskSimulator implements Simulator, Estimator {
    private final Precision precision;
    private final Path file;
    private final int tileBits;

    DiskSimulator(Precision precision, Path file, long memoryBytes) {
        this.precision = precision;
        this.file = file;
        this.tileBits = DiskTiles.tileBits(memoryBytes, precision);
    }

    @Override
    public String name() {
        return "statevector on disk";
    }

    @Override
    public @Nullable String refusal(Circuit circuit) {
        if (circuit.qubits() > Amplitudes.MAX_QUBITS) {
            return "A state of %d qubits is too large for a file; %d are the most."
                    .formatted(circuit.qubits(), Amplitudes.MAX_QUBITS);
        }
        try {
            return refusal(compile(circuit, Progress.NONE).withoutTail());
        } catch (UnsupportedCircuitException e) {
            return e.getMessage();
        }
    }

    private static @Nullable String refusal(Program program) {
        if (Sampling.isSampledOnce(program)) {
            return null;
        }
        return "A state on disk is there once only, and shots of this circuit part before its end:"
                + " it measures, resets or has noise with gates to come. Maybe move measurements to"
                + " the end, run it in memory in single precision, or use matrix product states.";
    }

    private Program compile(Circuit circuit, Progress progress) {
        return Lowering.compile(
                circuit,
                (ops, qubits, listener) -> {
                    var sweeps = DiskTiles.sweeps(ops, qubits, tileBits, listener);
                    return sweeps.isEmpty() ? null : new Instruction.Sweeps(sweeps);
                },
                progress);
    }

    private Program require(Circuit circuit, Progress progress) {
        if (circuit.qubits() > Amplitudes.MAX_QUBITS) {
            throw new UnsupportedCircuitException(String.valueOf(refusal(circuit)));
        }
        Program program = compile(circuit, progress);
        String refusal = refusal(program.withoutTail());
        if (refusal != null) {
            throw new UnsupportedCircuitException(refusal);
        }
        return program;
    }

    @Override
    public Shots run(Circuit circuit, RunOptions options) {
        Program program = require(circuit, options.progress()).withoutTail();
        Run run = new Run(program);
        Sampling sampling = new Sampling(program, kernels(program), options, null);
        try (DiskState state =
                prepare(program, run, options.threads(), options.progress(), options.shots())) {
            return sampling.run(run, (nowhere, uniform) -> state.sampleStored(uniform));
        }
    }

    /**
     * The state that a circuit without measurements, resets and noise prepares from all zeros.
     *
     * @throws UnsupportedCircuitException if the circuit leads to no single state
     */
    public DiskState state(Circuit circuit) {
        return state(circuit, Runtime.getRuntime().availableProcessors(), Progress.NONE);
    }

    /** The same on some threads, with a listener that may cancel. */
    public DiskState state(Circuit circuit, int threads, Progress progress) {
        Program program = require(circuit, progress);
        StateVectorSimulator.requireState(program);
        return prepare(program, new Run(program), threads, progress, 100);
    }

    /** The exact expectation value in the state that a circuit of gates prepares. */
    @Override
    public Estimate expect(Circuit circuit, PauliSum observable) {
        try (DiskState state = state(circuit)) {
            return new Estimate(state.expectation(observable), 0);
        }
    }

    private Kernels kernels(Program program) {
        return KernelChoice.of(precision, Math.min(tileBits, program.qubits()));
    }

    /** Follows a program up to the end or to what is random. */
    private DiskState prepare(
            Program program, Run run, int threads, Progress progress, long units) {
        StateFile amplitudes;
        try {
            amplitudes = StateFile.create(file, program.qubits(), precision);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        DiskTiles tiles = null;
        try {
            Workers workers = Workers.of(threads);
            tiles = new DiskTiles(amplitudes, tileBits, kernels(program), workers, progress);
            follow(program, run, tiles, progress, units);
            return new DiskState(tiles, program.frame());
        } catch (Throwable t) {
            if (tiles != null) {
                tiles.close();
            }
            amplitudes.close();
            throw t;
        }
    }

    private void follow(Program program, Run run, DiskTiles tiles, Progress progress, long units) {
        long all = 0;
        for (Instruction i : program.instructions()) {
            all += i instanceof Instruction.Sweeps s ? s.sweeps().size() : 0;
        }
        boolean known = program.isStraight() && all > 0;
        long done = 0;
        while (run.place < program.instructions().length) {
            Instruction instruction = program.instructions()[run.place];
            if (run.classical(instruction)) {
                continue;
            }
            switch (instruction) {
                case Instruction.Sweeps s -> {
                    for (Sweep sweep : s.sweeps()) {
                        double start = done++;
                        double total = all;
                        tiles.apply(
                                sweep,
                                (t, n) -> {
                                    if (known) {
                                        double part = (start + (double) t / n) / total;
                                        progress.report((long) (units * part), units);
                                    }
                                });
                    }
                }
                case Instruction.Evaluated e -> {
                    var ops = Lowering.ops(Mechanics.bind(e.operation(), run), program.qubits());
                    for (Sweep sweep :
                            DiskTiles.sweeps(ops, program.qubits(), tileBits, progress)) {
                        tiles.apply(sweep, (t, n) -> {});
                    }
                }
                default -> {
                    return;
                }
            }
            run.place++;
        }
    }
}
