package org.jaket.stabilizer.nearclifford;

import org.jaket.stabilizer.nearclifford.ErrorSitesBuilder.Law;
import org.jaket.stabilizer.nearclifford.Program.Op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the operations of a program. */
final class ProgramBuilder {
    /** Weight of an operation against that of an amplitude. */
    private static final double OPERATION = 4;

    private final Ints code = new Ints();
    private final Masks masks;
    private final ErrorSitesBuilder sites = new ErrorSitesBuilder();
    private final Map<Double, Integer> rotations = new HashMap<>();
    private final Map<Double, Integer> probabilities = new HashMap<>();
    private double[] numbers = new double[16];
    private int numberCount;
    private int openErrors = -1;
    private int prefix = -1;
    private double prefixWork;
    private boolean prefixSwept;
    private double work;
    private int results;
    private int memory;
    private final List<Classical> conditions = new ArrayList<>();
    private final List<Classical.Store> assignments = new ArrayList<>();

    /**
     * Starts a program.
     *
     * @param results bits of the record so far
     * @param memory classical bits of the circuit
     * @param maskWords how many words its masks may take
     */
    ProgramBuilder(int results, int memory, int maskWords) {
        this.results = results;
        this.memory = memory;
        this.masks = new Masks(maskWords);
    }

    Masks masks() {
        return masks;
    }

    /** The next result's place in the record. */
    int nextResult() {
        return results++;
    }

    int results() {
        return results;
    }

    int size() {
        return code.size();
    }

    /** The operation to come draws at random: what comes before may be shared by shots. */
    private void random() {
        closeErrors();
        if (prefix < 0) {
            prefix = code.size();
            prefixWork = work;
        }
    }

    private void closeErrors() {
        if (openErrors >= 0) {
            code.addAll(Op.ERRORS, openErrors, sites.size());
            openErrors = -1;
        }
    }

    private void worked(double numbersTouched) {
        work += OPERATION + numbersTouched;
    }

    /** A result: of the frame, of a coin or of a measurement. */
    record Outcome(int test, boolean negative, int result, boolean inverted, int correction) {
        private int[] operands(int opcode) {
            return new int[] {opcode, test, negative ? 1 : 0, result, inverted ? 1 : 0, correction};
        }
    }

    void fixed(Outcome o) {
        closeErrors();
        worked(0);
        code.addAll(o.operands(Op.FIXED));
    }

    void coin(Outcome o, int kick) {
        random();
        worked(0);
        code.addAll(o.operands(Op.COIN));
        code.add(kick);
    }

    void collapse(Outcome o, int kick, int x, int z, int active) {
        random();
        worked(2.0 * (1 << active));
        code.addAll(o.operands(Op.COLLAPSE));
        code.addAll(kick, x, z);
    }

    void rotate(int test, boolean negative, double angle, int x, int z, int active) {
        closeErrors();
        worked(1.0 * (1 << active));
        code.addAll(Op.ROTATE, test, negative ? 1 : 0, angle(angle), x, z);
    }

    void activate(int test, boolean negative, double angle, int active) {
        closeErrors();
        worked(1.0 * (1 << active));
        code.addAll(Op.ACTIVATE, test, negative ? 1 : 0, angle(angle));
    }

    void feedback(int result, int mask) {
        closeErrors();
        worked(0);
        code.addAll(Op.FEEDBACK, result, mask);
    }

    void sweep(int bit, int mask) {
        closeErrors();
        worked(0);
        prefixSwept |= prefix < 0;
        code.addAll(Op.SWEEP, bit, mask);
    }

    void constant(int result, boolean value) {
        closeErrors();
        worked(0);
        code.addAll(Op.CONSTANT, result, value ? 1 : 0);
    }

    void correlated(boolean starts, double probability, int mask) {
        random();
        worked(0);
        int at = probabilities.computeIfAbsent(probability, this::number);
        code.addAll(Op.CORRELATED, starts ? 1 : 0, at, mask);
    }

    /** A place where an error may happen; nothing when it never does. */
    void error(Law law, int[] fourMasks, int result) {
        if (law.probability() <= 0) {
            return;
        }
        boolean first = openErrors < 0;
        if (first) {
            openErrors = sites.size();
            worked(0);
        }
        sites.add(law, first, fourMasks, result);
        if (sites.closes(sites.size() - 1)) {
            closeErrors();
        }
    }

    void flip(int mask) {
        closeErrors();
        worked(0);
        code.addAll(Op.FLIP, mask);
    }

    /** Makes memory for what a value reads. */
    void reads(Classical value) {
        memory = Math.max(memory, value.memory());
    }

    /**
     * What follows is left out unless a condition holds.
     *
     * @return to be {@link #land}ed where shots go on otherwise
     */
    int unless(Classical condition) {
        // Not shared by shots: errors that some of them leave out do not add up to one hazard.
        random();
        worked(OPERATION);
        code.addAll(Op.UNLESS, conditions.size(), 0);
        conditions.add(condition);
        return code.size() - 1;
    }

    /** Shots that come here go on elsewhere; returns what to {@link #land}. */
    int jump() {
        closeErrors();
        code.addAll(Op.JUMP, 0);
        return code.size() - 1;
    }

    /** The operation to come is where a jump goes. */
    void land(int jump) {
        closeErrors();
        code.set(jump, code.size());
    }

    void assign(Classical.Store assignment) {
        closeErrors();
        worked(OPERATION);
        code.addAll(Op.ASSIGN, assignments.size());
        assignments.add(assignment);
    }

    void store(int bit, int result) {
        closeErrors();
        worked(0);
        code.addAll(Op.STORE, bit, result);
    }

    private int angle(double angle) {
        return rotations.computeIfAbsent(
                angle,
                a -> {
                    int at = number(Math.cos(a / 2));
                    number(Math.sin(a / 2));
                    return at;
                });
    }

    private int number(double value) {
        if (numberCount == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * numberCount);
        }
        numbers[numberCount] = value;
        return numberCount++;
    }

    /** Hazards of the first sites, each operation's last one being its sum. */
    private double hazard(int[] operations, int end) {
        double sum = 0;
        for (int at = 0; at < end; at += Op.length(operations[at])) {
            if (operations[at] == Op.ERRORS) {
                sum += sites.hazard(operations[at + 2] - 1);
            }
        }
        return sum;
    }

    Program build(int qubits, int mostActive) {
        random();
        int[] operations = code.toArray();
        return new Program(
                operations,
                Arrays.copyOf(numbers, numberCount),
                (qubits + 63) >>> 6,
                masks.start(),
                masks.word(),
                masks.bits(),
                sites.build(),
                results,
                mostActive,
                prefix,
                hazard(operations, prefix),
                work,
                prefixWork,
                prefixSwept,
                conditions.toArray(Classical[]::new),
                assignments.toArray(Classical.Store[]::new),
                memory);
    }
}
