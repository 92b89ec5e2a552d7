package org.jaket.statevector;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a compiled circuit will do: its passes over memory and what happens in each, its branches
 * and measurements, and how many bytes it moves. From {@link CompiledCircuit#plan}; {@link
 * #toString} is what {@code jaket explain} prints.
 *
 * @param qubits the number of qubits
 * @param precision of the amplitudes
 * @param kernels the name of what does the arithmetic
 * @param tileBits qubits of the largest tiles of its passes
 * @param gates how many gate applications the circuit has, loops unfolded
 * @param lines the instructions of the program, in order
 */
public record ProgramPlan(
        int qubits,
        Precision precision,
        String kernels,
        int tileBits,
        double gates,
        List<Line> lines) {

    /**
     * One instruction, or one pass over memory of an instruction that has several.
     *
     * @param depth how many loops it stands in
     * @param times how often it is done in one run: the product of the counts of the loops around;
     *     conditional parts count as done, open loops as done once
     * @param isPass whether it reads and writes the state
     * @param share how much of the state a pass goes through at most; the rest is known to be zero
     *     in a run that begins with all qubits in zero. 0 for what is no pass
     * @param text what it does
     */
    public record Line(int depth, double times, boolean isPass, double share, String text) {}

    static ProgramPlan of(Program program, Kernels kernels, double gates) {
        List<Line> lines = new ArrayList<>();
        double[] times = times(program);
        List<double[]> shares = Reach.shares(program);
        int depth = 0;
        int tileBits = Math.min(program.qubits(), Schedule.TILE_BITS);
        for (int i = 0; i < times.length; i++) {
            Instruction instruction = program.instructions()[i];
            for (Pass pass : Reach.passes(instruction)) {
                tileBits = Math.max(tileBits, Long.bitCount(pass.local()));
            }
            if (instruction instanceof Instruction.Next) {
                depth--;
            }
            double[] reach = shares.get(i);
            List<Pass> passes = Reach.passes(instruction);
            for (int p = 0; p < reach.length; p++) {
                lines.add(new Line(depth, times[i], true, reach[p], text(passes.get(p))));
            }
            for (String text : texts(instruction)) {
                lines.add(new Line(depth, times[i], false, 0, text));
            }
            if (instruction instanceof Instruction.Begin) {
                depth++;
            }
        }
        return new ProgramPlan(
                program.qubits(),
                kernels.precision(),
                kernels.laneBits() == 0 ? "plain" : "vector",
                tileBits,
                gates,
                List.copyOf(lines));
    }

    /** How often each instruction is done in one run. */
    static double[] times(Program program) {
        double[] times = new double[program.instructions().length];
        List<Double> outer = new ArrayList<>();
        double now = 1;
        for (int i = 0; i < times.length; i++) {
            times[i] = now;
            switch (program.instructions()[i]) {
                case Instruction.Begin b -> {
                    outer.add(now);
                    now *= b.count();
                }
                case Instruction.Next n -> now = outer.removeLast();
                default -> {}
            }
        }
        return times;
    }

    /** How often one run goes through the whole state for gates. */
    public double passes() {
        return lines.stream().filter(Line::isPass).mapToDouble(Line::times).sum();
    }

    /** The bytes of the amplitudes. */
    public double stateBytes() {
        return Amplitudes.bytes(qubits, precision);
    }

    /**
     * The bytes that one run needs at most, where its shots share one state: the amplitudes, a byte
     * for every 64 of them that tells whether they are zero, and the tiles that threads work on.
     * Each copy of the state that is open at a time, where shots part, takes the first two again.
     */
    public double memoryBytes(int threads) {
        return Footprint.of(1, qubits, precision, tileBits, threads).total();
    }

    /** {@link #memoryBytes} in words. */
    public String memory(int threads) {
        Footprint needed = Footprint.of(1, qubits, precision, tileBits, threads);
        return "memory: %s, of which amplitudes %s, notes of where they are zero %s, tiles of %d thread%s %s"
                .formatted(
                        Memory.human(needed.total()),
                        Memory.human(needed.amplitudes()),
                        Memory.human(needed.support()),
                        threads,
                        threads == 1 ? "" : "s",
                        Memory.human(needed.tiles()));
    }

    /** The bytes that the passes of one run read and write, at most. */
    public double movedBytes() {
        return 2 * stateBytes() * lines.stream().mapToDouble(l -> l.times * l.share).sum();
    }

    private static List<String> texts(Instruction instruction) {
        return switch (instruction) {
            case Instruction.Apply a -> List.of();
            case Instruction.Sweeps s ->
                    s.sweeps().stream()
                            .map(w -> w.ops().size() + " maps in tiles of " + qubits(w.local()))
                            .toList();
            case Instruction.Measure m -> List.of("measure " + qubits(m.mask()));
            case Instruction.Reset r -> List.of("reset " + qubits(1L << r.qubit()));
            case Instruction.Choose c ->
                    List.of("one of " + c.probabilities().length + " errors by chance");
            case Instruction.Noisy n -> List.of(chance(n.stretch()));
            case Instruction.Sum s -> List.of("the sum of " + s.terms().size() + " terms");
            case Instruction.Evaluated e ->
                    List.of("with an angle of the run: " + e.operation().describe());
            case Instruction.Constant c -> List.of("record " + (c.result() ? 1 : 0));
            case Instruction.Assign a -> List.of("assign: " + a.assignment().describe());
            case Instruction.JumpUnless j -> List.of("if " + j.condition());
            case Instruction.Begin b -> List.of("repeat " + b.count() + " times");
            case Instruction.Turn t -> List.of("while");
            case Instruction.Show s -> List.of("show the state");
            case Instruction.Jump j -> List.of();
            case Instruction.Next n -> List.of();
            case Instruction.BeginChain b -> List.of();
        };
    }

    /** How often a stretch is compiled anew, because noise is not what it usually is. */
    private static String chance(NoisyStretch stretch) {
        double surprises = stretch.points().stream().mapToDouble(ChancePoint::surprise).sum();
        return "with noise at %d point%s, compiled anew for %.2g errors a shot"
                .formatted(
                        stretch.points().size(),
                        stretch.points().size() == 1 ? "" : "s",
                        surprises);
    }

    /** A pass: the qubits of its tiles, then its steps by kind. */
    private static String text(Pass pass) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Step step : pass.steps()) {
            switch (step) {
                case Step.Shears s -> counts.merge("rotation", s.qubits().length, Integer::sum);
                case Step.Phase p -> counts.merge("phase", 1, Integer::sum);
                case Step.Diagonal d -> counts.merge("diagonal", 1, Integer::sum);
                case Step.Dense1 d -> counts.merge("block of 1 qubit", 1, Integer::sum);
                case Step.Dense d -> {
                    int k = d.matrix().qubits.length;
                    counts.merge("block of " + k + " qubit" + (k == 1 ? "" : "s"), 1, Integer::sum);
                }
                case Step.Flip f -> counts.merge("controlled flip", 1, Integer::sum);
                case Step.Swap s -> counts.merge("exchange", 1, Integer::sum);
            }
        }
        List<String> parts = new ArrayList<>();
        counts.forEach((what, n) -> parts.add(n + " " + (n == 1 ? what : plural(what))));
        return "%-24s %s".formatted(qubits(pass.local()), String.join(", ", parts));
    }

    private static String plural(String what) {
        int of = what.indexOf(" of ");
        return of < 0 ? what + "s" : what.substring(0, of) + "s" + what.substring(of);
    }

    private static String part(double share) {
        return "; on 1/%.0f of the state".formatted(1 / share);
    }

    /** Stored qubits as ranges: {@code q0-5,9}. */
    private static String qubits(long mask) {
        StringBuilder text = new StringBuilder("q");
        long rest = mask;
        while (rest != 0) {
            int from = Long.numberOfTrailingZeros(rest);
            int to = from + Long.numberOfTrailingZeros(~(rest >>> from)) - 1;
            text.append(text.length() > 1 ? "," : "").append(from);
            if (to > from) {
                text.append('-').append(to);
            }
            rest = to >= 63 ? 0 : rest >>> to + 1 << to + 1;
        }
        return text.toString();
    }

    /** The plan as a table, one line an instruction. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(
                "%d qubits in %s precision: %s, %s kernels%n"
                        .formatted(
                                qubits,
                                precision.name().toLowerCase(Locale.ROOT),
                                Memory.human(stateBytes()),
                                kernels));
        text.append(
                "%.0f gate%s in %.0f pass%s over memory, moving %s%n"
                        .formatted(
                                gates,
                                gates == 1 ? "" : "s",
                                passes(),
                                passes() == 1 ? "" : "es",
                                Memory.human(movedBytes())));
        int number = 0;
        for (Line line : lines) {
            String label = line.isPass ? "pass " + ++number : "";
            String part = line.isPass && line.share < 1 ? part(line.share) : "";
            text.append("%-9s %s%s%s%n".formatted(label, "  ".repeat(line.depth), line.text, part));
        }
        return text.toString();
    }
}
