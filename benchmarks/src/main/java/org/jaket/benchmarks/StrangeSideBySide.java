package org.jaket.benchmarks;

import org.jaket.interop.strange.JaketExecutionEnvironment;
import org.jaket.interop.strange.StrangePrograms;
import org.redfx.strange.Complex;
import org.redfx.strange.Program;
import org.redfx.strange.QuantumExecutionEnvironment;
import org.redfx.strange.Step;
import org.redfx.strange.gate.Cnot;
import org.redfx.strange.gate.Hadamard;
import org.redfx.strange.local.SimpleQuantumExecutionEnvironment;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Programs of the library Strange, run by its own simulator and by Jaket's, in turns within one
 * run. Both sides get new programs each time and hand back a result with all amplitudes, which are
 * compared.
 *
 * <p>Options: {@code --qubits <n>} (14), {@code --turns <n>} (5).
 */
public final class StrangeSideBySide {
    /** Runs before the first turn, on Jaket's side; Strange's are a hundred times as long. */
    private static final int WARM_UP = 200;

    /** Runs of either side in each turn, of which the best one counts. */
    private static final int RUNS_A_TURN = 10;

    private StrangeSideBySide() {}

    private record Family(String name, Supplier<Program> program) {}

    /** Runs the comparison. */
    public static void main(String[] args) {
        int qubits = 14;
        int turns = 5;
        for (int k = 0; k < args.length; k++) {
            switch (args[k]) {
                case "--qubits" -> qubits = Integer.parseInt(args[++k]);
                case "--turns" -> turns = Integer.parseInt(args[++k]);
                default -> throw new IllegalArgumentException("no option " + args[k]);
            }
        }
        int n = qubits;
        System.out.printf(
                "%-7s %3s %12s %12s %8s %12s  %s%n",
                "program", "n", "strange ms", "jaket ms", "ratio", "jaket first", "amplitudes");
        List<Family> families =
                List.of(new Family("ghz", () -> ghz(n)), new Family("qft", () -> qft(n)));
        for (Family family : families) {
            compare(family, n, turns);
        }
    }

    private static Program ghz(int qubits) {
        Program program = new Program(qubits, new Step(new Hadamard(0)));
        for (int q = 1; q < qubits; q++) {
            program.addStep(new Step(new Cnot(q - 1, q)));
        }
        return program;
    }

    /** Gate by gate: as a Fourier gate it would need 4^n objects in Strange. */
    private static Program qft(int qubits) {
        return StrangePrograms.toProgram(CircuitFamilies.named("qft", qubits));
    }

    private static void compare(Family family, int qubits, int turns) {
        QuantumExecutionEnvironment strange = new SimpleQuantumExecutionEnvironment();
        QuantumExecutionEnvironment jaket = new JaketExecutionEnvironment();
        double first = milliseconds(jaket, family.program().get());
        for (int k = 0; k < WARM_UP; k++) {
            milliseconds(jaket, family.program().get());
        }
        double theirs = Double.MAX_VALUE;
        double ours = Double.MAX_VALUE;
        double distance = 0;
        for (int turn = 0; turn < turns; turn++) {
            Program one = family.program().get();
            for (int k = 0; k < RUNS_A_TURN; k++) {
                one = family.program().get();
                theirs = Math.min(theirs, milliseconds(strange, one));
            }
            for (int k = 0; k < RUNS_A_TURN; k++) {
                Program other = family.program().get();
                ours = Math.min(ours, milliseconds(jaket, other));
                distance = Math.max(distance, distance(one, other));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-7s %3d %12.2f %12.3f %8.0f %12.1f  differ by %.1e%n",
                family.name(),
                qubits,
                theirs,
                ours,
                theirs / ours,
                first,
                distance);
    }

    private static double milliseconds(QuantumExecutionEnvironment environment, Program program) {
        long start = System.nanoTime();
        environment.runProgram(program);
        return (System.nanoTime() - start) / 1e6;
    }

    private static double distance(Program one, Program other) {
        Complex[] a = one.getResult().getProbability();
        Complex[] b = other.getResult().getProbability();
        double worst = 0;
        for (int i = 0; i < a.length; i++) {
            worst = Math.max(worst, Math.hypot(a[i].r - b[i].r, a[i].i - b[i].i));
        }
        return worst;
    }
}
