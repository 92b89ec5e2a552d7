package org.jaket.interop.strange;

import org.jaket.execution.UnsupportedCircuitException;
import org.redfx.strange.Complex;
import org.redfx.strange.Program;
import org.redfx.strange.QuantumExecutionEnvironment;
import org.redfx.strange.Result;
import org.redfx.strange.Step;
import org.redfx.strange.gate.ProbabilitiesGate;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Runs Strange's programs on Jaket's state vectors, where Strange takes a {@link
 * QuantumExecutionEnvironment}:
 *
 * <pre>{@code
 * Result result = new JaketExecutionEnvironment().runProgram(program);
 * Classic.setQuantumExecutionEnvironment(new JaketExecutionEnvironment());
 * }</pre>
 *
 * <p>Results are those of Strange's own simulator where it is right; the package describes where it
 * is not. Amplitudes ({@link Result#getProbability}) have qubit k as bit k of their index and are
 * computed in double precision and rounded once, as {@link Complex} holds floats. Amplitudes of
 * single steps ({@link Result#getIntermediateProbability}) are computed when they are asked for.
 *
 * <p>Measurements whose qubits see only phases and controls afterwards are put off to the end, and
 * the amplitudes are those without the collapse, as in Strange. Other measurements collapse the
 * state, and the result is that of one run: its amplitudes are those that follow from what was
 * measured, {@link org.redfx.strange.Qubit#measure} gives what the last measurement of the qubit
 * gave, and {@link Result#measureSystem} draws the other qubits anew.
 *
 * <p>The time is that of the state vector (see {@link org.jaket.statevector.StateVectorSimulator}),
 * that to make 2^n objects, and nothing else that grows with 2^n.
 *
 * <p>Safe for use by several threads; programs are not changed except for {@link
 * Program#setResult}.
 */
public final class JaketExecutionEnvironment implements QuantumExecutionEnvironment {
    /** Arrays have no more places than this power of two. */
    private static final int MAX_QUBITS = 30;

    /** An object of two floats and a reference to it, in bytes. */
    private static final double BYTES = 24 + 8;

    private final SplittableRandom random;

    /** An environment whose measurements differ from one environment to the next. */
    public JaketExecutionEnvironment() {
        this(new SplittableRandom());
    }

    /**
     * An environment that repeats itself: the k-th program that it is given measures the same
     * values with the same seed.
     */
    public JaketExecutionEnvironment(long seed) {
        this(new SplittableRandom(seed));
    }

    private JaketExecutionEnvironment(SplittableRandom random) {
        this.random = random;
    }

    /**
     * Runs a program and tells it and its {@link ProbabilitiesGate}s the result. Such a gate sees
     * the state after its step.
     *
     * @throws IllegalArgumentException naming the step and the class of a gate that cannot be read:
     *     it has no matrix, or one that is not unitary to 1e-4, or acts on qubits that are not
     *     there
     * @throws UnsupportedCircuitException if 2^n amplitudes do not fit into the heap
     */
    @Override
    public Result runProgram(Program p) {
        return finish(p, begin(p));
    }

    /**
     * Runs a program on a thread of its own, which hands the result over. The program is read
     * before this returns: errors in it are thrown here, and changes to it afterwards do no harm.
     */
    @Override
    public void runProgram(Program p, Consumer<Result> result) {
        ProgramRun run = begin(p);
        new Thread(() -> result.accept(finish(p, run)), "jaket-strange").start();
    }

    private ProgramRun begin(Program program) {
        checkHeap(program.getNumberQubits());
        SplittableRandom own;
        synchronized (random) {
            own = random.split();
        }
        return new ProgramRun(ReadProgram.of(program), own);
    }

    private static Result finish(Program program, ProgramRun run) {
        Result result = RunResult.of(run, step -> step >= 0 && isShown(program, step));
        for (int s = 0; s < run.steps(); s++) {
            if (isShown(program, s)) {
                for (var gate : program.getSteps().get(s).getGates()) {
                    if (gate instanceof ProbabilitiesGate p) {
                        p.setProbabilites(result.getIntermediateProbability(s));
                    }
                }
            }
        }
        program.setResult(result);
        return result;
    }

    private static boolean isShown(Program program, int step) {
        Step s = program.getSteps().get(step);
        return s.getGates().stream().anyMatch(g -> g instanceof ProbabilitiesGate);
    }

    private static void checkHeap(int qubits) {
        Runtime heap = Runtime.getRuntime();
        double free = (double) heap.maxMemory() - heap.totalMemory() + heap.freeMemory();
        double needed = Math.scalb(BYTES, qubits);
        if (qubits > MAX_QUBITS || needed > free) {
            throw new UnsupportedCircuitException(
                    String.format(
                            Locale.ROOT,
                            "The result of a program of %d qubits is an array of 2^%d objects,"
                                    + " %.1f GB; arrays have at most 2^%d places, and the heap has"
                                    + " %.1f GB left. Maybe turn the program into a circuit with"
                                    + " StrangePrograms.toCircuit, whose state lies outside of the"
                                    + " heap and is smaller.",
                            qubits,
                            qubits,
                            needed / 1e9,
                            MAX_QUBITS,
                            free / 1e9));
        }
    }
}
