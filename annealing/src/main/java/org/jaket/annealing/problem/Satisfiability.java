package org.jaket.annealing.problem;

import org.jaket.annealing.BinaryQuadraticModel;
import org.jaket.annealing.Vartype;
import org.jaket.annealing.file.TextScanner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Truth values for variables, so that as few clauses as possible are false; none, if the formula
 * can be satisfied. An answer is the values of the variables, from 0.
 *
 * <p>The model counts false clauses: with the best values of its other variables, its energy is
 * their number exactly, so nothing is penalised. With u, v, w for literals that are false, a clause
 * of two is u v, one of three is w a + u v - 2 (u + v) a + 3 a with a variable a of its own
 * (Rosenberg's substitution of u v by a, which needs no more than the weight 1 here). Longer
 * clauses become chains of clauses of three by further variables.
 */
public final class Satisfiability implements Problem<boolean[]> {
    private static final int MAX_VARIABLES = 1 << 24;

    private final int variables;
    private final List<int[]> clauses;

    /** Clauses that are never false; they have no literals here. */
    private final boolean[] tautology;

    /**
     * A formula in conjunctive normal form.
     *
     * @param variables how many variables there are
     * @param clauses literals as DIMACS writes them: k for variable k - 1, -k for its negation
     */
    public Satisfiability(int variables, List<int[]> clauses) {
        this.variables = variables;
        List<int[]> kept = new ArrayList<>();
        for (int[] clause : clauses) {
            for (int literal : clause) {
                if (literal == 0 || Math.abs((long) literal) > variables) {
                    throw new IllegalArgumentException(
                            "there is no literal %d of %d variables".formatted(literal, variables));
                }
            }
            int[] different = IntStream.of(clause).distinct().toArray();
            boolean always =
                    IntStream.of(different)
                            .anyMatch(k -> IntStream.of(different).anyMatch(l -> l == -k));
            kept.add(always ? new int[0] : different);
        }
        this.clauses = kept;
        this.tautology = new boolean[kept.size()];
        for (int c = 0; c < tautology.length; c++) {
            tautology[c] = kept.get(c).length == 0 && clauses.get(c).length > 0;
        }
    }

    /**
     * Reads a formula of DIMACS: comments {@code c}, {@code p cnf variables clauses}, then literals
     * with a 0 after each clause.
     *
     * @throws org.jaket.annealing.file.ModelFileException if it is none
     */
    public static Satisfiability read(Path file) throws IOException {
        return InstanceText.read(file, Satisfiability::read);
    }

    /**
     * Reads a formula from a stream, which is not closed.
     *
     * @param source what errors call it
     */
    public static Satisfiability read(InputStream in, String source) throws IOException {
        TextScanner scanner = new TextScanner(source, in);
        if (!scanner.nextRow('c', null)
                || !scanner.word("\"p\"").equals("p")
                || !scanner.word("\"cnf\"").equals("cnf")) {
            throw scanner.error("the line \"p cnf variables clauses\" is missing");
        }
        int variables = scanner.integer("the number of variables", 0, MAX_VARIABLES);
        int announced = scanner.integer("the number of clauses", 0, Integer.MAX_VALUE);
        scanner.endRow();
        List<int[]> clauses = new ArrayList<>();
        int[] clause = new int[8];
        int size = 0;
        rows:
        while (scanner.nextRow('c', null)) {
            while (scanner.hasMore()) {
                // Some collections end their files by a line with a percent sign.
                if (clauses.size() == announced && size == 0) {
                    String word = scanner.word("the end");
                    if (word.equals("%")) {
                        break rows;
                    }
                    throw scanner.error(
                            "there are more clauses than the %d that the line \"p\" announces"
                                    .formatted(announced));
                }
                int literal = scanner.integer("a literal", -variables, variables);
                if (literal == 0) {
                    clauses.add(Arrays.copyOf(clause, size));
                    size = 0;
                } else {
                    clause = size == clause.length ? Arrays.copyOf(clause, 2 * size) : clause;
                    clause[size++] = literal;
                }
            }
        }
        if (size > 0 || clauses.size() < announced) {
            throw scanner.error(
                    "there are %d whole clauses, and the line \"p\" announces %d; the file may be cut off"
                            .formatted(clauses.size(), announced));
        }
        return new Satisfiability(variables, clauses);
    }

    /** How many variables the formula has. */
    public int variables() {
        return variables;
    }

    /** How many clauses there are. */
    public int clauses() {
        return clauses.size();
    }

    @Override
    public BinaryQuadraticModel model() {
        var builder = BinaryQuadraticModel.builder(Vartype.BINARY);
        for (int i = 0; i < variables; i++) {
            builder.addLinear(i, 0);
        }
        ClauseGadget gadget = new ClauseGadget(builder, variables);
        for (int c = 0; c < clauses.size(); c++) {
            if (!tautology[c]) {
                gadget.add(clauses.get(c));
            }
        }
        return builder.build();
    }

    private int modelVariables() {
        int all = variables;
        for (int[] clause : clauses) {
            all += ClauseGadget.variables(clause.length);
        }
        return all;
    }

    @Override
    public Optional<boolean[]> decode(byte[] state) {
        Answers.length(state, modelVariables());
        boolean[] answer = new boolean[variables];
        for (int i = 0; i < variables; i++) {
            answer[i] = state[i] > 0;
        }
        return Optional.of(answer);
    }

    @Override
    public byte[] encode(boolean[] answer) {
        Answers.require(this, answer);
        byte[] state = new byte[modelVariables()];
        for (int i = 0; i < variables; i++) {
            state[i] = answer[i] ? (byte) 1 : 0;
        }
        int from = variables;
        for (int[] clause : clauses) {
            from = ClauseGadget.write(clause, state, from);
        }
        return state;
    }

    @Override
    public Optional<String> violation(boolean[] answer) {
        return answer.length == variables
                ? Optional.empty()
                : Optional.of("it has %d values, not %d".formatted(answer.length, variables));
    }

    /** The number of false clauses. */
    @Override
    public double value(boolean[] answer) {
        Answers.require(this, answer);
        int count = 0;
        for (int c = 0; c < clauses.size(); c++) {
            boolean satisfied = tautology[c];
            for (int literal : clauses.get(c)) {
                satisfied |= answer[Math.abs(literal) - 1] == literal > 0;
            }
            count += satisfied ? 0 : 1;
        }
        return count;
    }

    @Override
    public boolean isMaximum() {
        return false;
    }
}
