package org.jaket.statevector.lanes;

import org.jaket.circuit.expression.Expression;
import org.jaket.circuit.expression.Parameter;
import org.jaket.circuit.gate.Gate;
import org.jaket.circuit.gate.StandardGate;
import org.jaket.statevector.lanes.LaneMatrix.Factor;
import org.jaket.statevector.lanes.LaneMatrix.Source;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers that the steps of a program multiply by, and how they follow from the parameters.
 * What does not depend on them is computed while compiling and written once; equal gates at equal
 * angles share their numbers, so that the turns of a loop do.
 */
final class Coefficients {
    private record Use(Gate gate, List<Expression> angles) {}

    private record Pair(int later, int earlier) {}

    private final Map<Parameter, Integer> places;
    private final List<LaneMatrix> fixed = new ArrayList<>();

    /** In an order in which each needs only those before it. */
    private final List<LaneMatrix> varying = new ArrayList<>();

    private final List<Angle> angles = new ArrayList<>();
    private final Map<Expression, Integer> numbers = new HashMap<>();
    private final Map<Use, LaneMatrix> gates = new HashMap<>();
    private final Map<Pair, LaneMatrix> products = new HashMap<>();
    private final Map<Integer, LaneMatrix> relatives = new HashMap<>();
    private int slots;

    /** For bindings with one value a parameter, in this order. */
    Coefficients(Iterable<Parameter> parameters) {
        places = new HashMap<>();
        parameters.forEach(p -> places.put(p, places.size()));
    }

    /** How many numbers there are. */
    int slots() {
        return slots;
    }

    /** The matrices that depend on the parameters, each behind those that it is made of. */
    List<LaneMatrix> varyingMatrices() {
        return varying;
    }

    /** The angles of gates, in the order of their numbers. */
    List<Angle> angles() {
        return angles;
    }

    /** For each number whether it depends on the parameters. */
    boolean[] varying() {
        boolean[] varies = new boolean[slots];
        for (LaneMatrix m : varying) {
            for (int k = 0; k < m.fixed().length; k++) {
                varies[m.slot() + k] = Double.isNaN(m.fixed()[k]);
            }
        }
        return varies;
    }

    private LaneMatrix add(double[] numbers, Source source) {
        boolean known = Arrays.stream(numbers).noneMatch(Double::isNaN);
        var matrix = new LaneMatrix(slots, numbers, known ? new Source.Fixed() : source);
        (known ? fixed : varying).add(matrix);
        slots += numbers.length;
        return matrix;
    }

    // ---- compiling ------------------------------------------------------------------------

    /** The matrix of a gate, or null if a parameter reads classical bits. */
    @Nullable LaneMatrix of(Gate gate, List<Expression> parameters) {
        Use use = new Use(gate, parameters);
        LaneMatrix before = gates.get(use);
        if (before != null) {
            return before;
        }
        int[] at = new int[parameters.size()];
        double[] values = new double[at.length];
        boolean constant = true;
        for (int k = 0; k < at.length; k++) {
            Double value = parameters.get(k).constant();
            constant &= value != null;
            values[k] = value == null ? 0 : value;
        }
        LaneMatrix matrix;
        if (constant) {
            matrix = add(gate.matrix(values).interleaved(), new Source.Fixed());
        } else {
            for (int k = 0; k < at.length; k++) {
                at[k] = angle(parameters.get(k));
                if (at[k] < 0) {
                    return null;
                }
            }
            double[] known = new double[2 << 2 * gate.qubits()];
            Arrays.fill(known, Double.NaN);
            if (gate instanceof StandardGate named) {
                GateSeries series = GateSeries.of(named);
                for (int k = 0; k < known.length; k++) {
                    known[k] = series.constant(k);
                }
                matrix = add(known, new Source.Named(series, at));
            } else {
                matrix = add(known, new Source.Other(gate, at));
            }
        }
        gates.put(use, matrix);
        return matrix;
    }

    /** The number of an angle, or -1 if it reads classical bits. */
    private int angle(Expression expression) {
        Integer known = numbers.get(expression);
        if (known != null) {
            return known;
        }
        Angle angle = Angle.of(expression, places);
        if (angle == null) {
            return -1;
        }
        numbers.put(expression, angles.size());
        angles.add(angle);
        return angles.size() - 1;
    }

    /** The product of two 2x2 matrices. */
    LaneMatrix product(LaneMatrix later, LaneMatrix earlier) {
        return products.computeIfAbsent(
                new Pair(later.slot(), earlier.slot()),
                p ->
                        add(
                                multiplied(later.fixed(), earlier.fixed()),
                                new Source.Product(later, earlier)));
    }

    /** A diagonal matrix divided by its first entry, which must have modulus one. */
    LaneMatrix relative(LaneMatrix diagonal) {
        return diagonal.is(0, 1)
                ? diagonal
                : relatives.computeIfAbsent(
                        diagonal.slot(),
                        s -> add(divided(diagonal), new Source.Relative(diagonal)));
    }

    private static double[] divided(LaneMatrix diagonal) {
        double[] m = diagonal.fixed();
        double[] out = new double[m.length];
        int n = diagonal.dimension();
        for (int row = 0; row < n; row++) {
            int at = 2 * row * (n + 1);
            out[at] = m[0] * m[at] + m[1] * m[at + 1];
            out[at + 1] = m[0] * m[at + 1] - m[1] * m[at];
        }
        out[0] = 1;
        out[1] = 0;
        return out;
    }

    /** The diagonal of a product of diagonal matrices. */
    LaneMatrix table(List<Factor> factors) {
        int entries = factors.getFirst().entry().length;
        double[] numbers = new double[2 * entries];
        for (int i = 0; i < entries; i++) {
            double re = 1;
            double im = 0;
            for (Factor f : factors) {
                int row = f.entry()[i];
                if (row >= 0) {
                    int at = 2 * row * (f.matrix().dimension() + 1);
                    double[] m = f.matrix().fixed();
                    double x = plus(times(re, m[at]), -times(im, m[at + 1]));
                    im = plus(times(re, m[at + 1]), times(im, m[at]));
                    re = x;
                }
            }
            numbers[2 * i] = re;
            numbers[2 * i + 1] = im;
        }
        return add(numbers, new Source.Table(factors));
    }

    /** What is known of a product: zero times anything is zero. */
    private static double[] multiplied(double[] a, double[] b) {
        double[] c = new double[8];
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                for (int k = 0; k < 2; k++) {
                    int x = 4 * i + 2 * k;
                    int y = 4 * k + 2 * j;
                    int at = 4 * i + 2 * j;
                    c[at] = plus(c[at], times(a[x], b[y]));
                    c[at] = plus(c[at], -times(a[x + 1], b[y + 1]));
                    c[at + 1] = plus(c[at + 1], times(a[x], b[y + 1]));
                    c[at + 1] = plus(c[at + 1], times(a[x + 1], b[y]));
                }
            }
        }
        return c;
    }

    private static double times(double a, double b) {
        return a == 0 || b == 0 ? 0 : a * b;
    }

    private static double plus(double a, double b) {
        return a == 0 ? b : b == 0 ? a : a + b;
    }

    // ---- running --------------------------------------------------------------------------

    /** Writes what is the same for all bindings, as [slot][lane]. */
    void fill(double[] to, int lanes) {
        for (LaneMatrix m : fixed) {
            write(m, to, lanes);
        }
        // Entries that are fixed beside others that are not.
        for (LaneMatrix m : varying) {
            write(m, to, lanes);
        }
    }

    private static void write(LaneMatrix m, double[] to, int lanes) {
        for (int k = 0; k < m.fixed().length; k++) {
            Arrays.fill(to, (m.slot() + k) * lanes, (m.slot() + k + 1) * lanes, m.fixed()[k]);
        }
    }

    /** Room to evaluate in. */
    double[] scratch(int lanes) {
        return new double[(GateSeries.FUNCTIONS + 1) * angles.size() * lanes];
    }

    /**
     * Writes what depends on the bindings.
     *
     * @param bindings one a lane
     * @param scratch from {@link #scratch}
     * @return a lane in which an angle is not finite, or -1
     */
    int evaluate(double[][] bindings, double[] scratch, double[] to) {
        int lanes = bindings.length;
        int broken = evaluate(bindings, scratch);
        if (broken >= 0) {
            return broken;
        }
        for (LaneMatrix m : varying) {
            switch (m.source()) {
                case Source.Fixed f -> {}
                case Source.Named n -> {
                    int[] at = n.angles().clone();
                    for (int k = 0; k < at.length; k++) {
                        at[k] = functions(at[k], lanes);
                    }
                    n.series().evaluate(at, scratch, to, m.slot(), lanes);
                }
                case Source.Other o -> other(o, scratch, to, m.slot(), lanes);
                case Source.Product p -> multiply(p, to, m.slot() * lanes, lanes);
                case Source.Relative r -> divide(r.of(), to, m.slot() * lanes, lanes);
                case Source.Table t -> tabulate(t.factors(), m, to, lanes);
            }
        }
        return -1;
    }

    /** Where the functions of an angle begin; behind those of all angles stand the angles. */
    private static int functions(int angle, int lanes) {
        return GateSeries.FUNCTIONS * angle * lanes;
    }

    /** The angles and their functions; returns a lane in which one is not finite, or -1. */
    private int evaluate(double[][] bindings, double[] scratch) {
        int lanes = bindings.length;
        int first = functions(angles.size(), lanes);
        int broken = -1;
        for (int k = 0; k < angles.size(); k++) {
            Angle angle = angles.get(k);
            for (int lane = 0; lane < lanes; lane++) {
                double value = angle.at(bindings[lane]);
                broken = Double.isFinite(value) ? broken : lane;
                scratch[first + k * lanes + lane] = value;
                GateSeries.functions(value, scratch, functions(k, lanes) + lane, lanes);
            }
        }
        return broken;
    }

    private void other(Source.Other o, double[] scratch, double[] to, int slot, int lanes) {
        int first = functions(angles.size(), lanes);
        double[] values = new double[o.angles().length];
        for (int lane = 0; lane < lanes; lane++) {
            for (int k = 0; k < values.length; k++) {
                values[k] = scratch[first + o.angles()[k] * lanes + lane];
            }
            double[] entries = o.gate().matrix(values).interleaved();
            for (int k = 0; k < entries.length; k++) {
                to[(slot + k) * lanes + lane] = entries[k];
            }
        }
    }

    /** {@code c[i][j] = sum over k of a[i][k] b[k][j]}. */
    private static void multiply(Source.Product p, double[] s, int to, int lanes) {
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                int a = (p.later().slot() + 4 * i) * lanes;
                int b = (p.earlier().slot() + 2 * j) * lanes;
                int c = to + (4 * i + 2 * j) * lanes;
                for (int lane = 0; lane < lanes; lane++) {
                    double a0r = s[a + lane];
                    double a0i = s[a + lanes + lane];
                    double a1r = s[a + 2 * lanes + lane];
                    double a1i = s[a + 3 * lanes + lane];
                    double b0r = s[b + lane];
                    double b0i = s[b + lanes + lane];
                    double b1r = s[b + 4 * lanes + lane];
                    double b1i = s[b + 5 * lanes + lane];
                    s[c + lane] = a0r * b0r - a0i * b0i + (a1r * b1r - a1i * b1i);
                    s[c + lanes + lane] = a0r * b0i + a0i * b0r + (a1r * b1i + a1i * b1r);
                }
            }
        }
    }

    /** Each diagonal entry times the first one's conjugate. */
    private static void divide(LaneMatrix m, double[] s, int to, int lanes) {
        int n = m.dimension();
        for (int row = 1; row < n; row++) {
            int entry = 2 * row * (n + 1) * lanes;
            for (int lane = 0; lane < lanes; lane++) {
                int from = m.slot() * lanes + lane;
                double re = s[from];
                double im = s[from + lanes];
                double r = s[from + entry];
                double i = s[from + entry + lanes];
                s[to + entry + lane] = re * r + im * i;
                s[to + entry + lanes + lane] = re * i - im * r;
            }
        }
    }

    private static void tabulate(List<Factor> factors, LaneMatrix table, double[] s, int lanes) {
        for (int i = 0; i < table.fixed().length / 2; i++) {
            int to = (table.slot() + 2 * i) * lanes;
            Arrays.fill(s, to, to + lanes, 1);
            Arrays.fill(s, to + lanes, to + 2 * lanes, 0);
            for (Factor f : factors) {
                int row = f.entry()[i];
                if (row < 0 || f.matrix().is(row * (f.matrix().dimension() + 1), 1)) {
                    continue;
                }
                int from = (f.matrix().slot() + 2 * row * (f.matrix().dimension() + 1)) * lanes;
                for (int lane = 0; lane < lanes; lane++) {
                    double re = s[to + lane];
                    double im = s[to + lanes + lane];
                    double r = s[from + lane];
                    double x = s[from + lanes + lane];
                    s[to + lane] = re * r - im * x;
                    s[to + lanes + lane] = re * x + im * r;
                }
            }
        }
    }
}
