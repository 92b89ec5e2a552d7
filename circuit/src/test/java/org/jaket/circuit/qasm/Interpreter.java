package org.jaket.circuit.qasm;

import org.jaket.circuit.Assignment;
import org.jaket.circuit.Barrier;
import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Conditional;
import org.jaket.circuit.Delay;
import org.jaket.circuit.GateOperation;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Reset;
import org.jaket.circuit.While;
import org.jaket.circuit.expression.ClassicalMemory;
import org.jaket.circuit.expression.ClassicalRegister;
import org.jaket.circuit.gate.ComplexMatrix;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/**
 * A state-vector simulator as plain as can be, to judge what circuits mean: one path at a time,
 * every gate by its dense matrix.
 */
final class Interpreter {
    /** Outcomes less likely than this do not happen. */
    private static final double NEVER = 1e-10;

    final double[] re;
    final double[] im;
    final ClassicalMemory memory;
    double probability = 1;

    /** Given the probability of 1, the outcome: 1 or 0. */
    private final DoubleUnaryOperator choose;

    private Interpreter(Circuit circuit, DoubleUnaryOperator choose) {
        re = new double[1 << circuit.qubits()];
        im = new double[1 << circuit.qubits()];
        re[0] = 1;
        memory = new ClassicalMemory(circuit.bits());
        this.choose = choose;
    }

    /** The same state, with other outcomes to come. */
    private Interpreter(Interpreter start, DoubleUnaryOperator choose) {
        re = start.re.clone();
        im = start.im.clone();
        memory = start.memory.copy();
        this.choose = choose;
    }

    /** One random run. */
    static Interpreter sample(Circuit circuit, Random random) {
        var run = new Interpreter(circuit, p -> random.nextDouble() < p ? 1 : 0);
        run.run(circuit.body());
        return run;
    }

    /** The exact probabilities of all outcomes; not for loops without end. */
    static Map<String, Double> distribution(Circuit circuit) {
        // The gates before the first measurement are done once for all paths.
        var start = new Interpreter(circuit, p -> 0);
        int first = 0;
        while (first < circuit.operations().size()
                && circuit.operations().get(first) instanceof GateOperation g) {
            start.run(g);
            first++;
        }
        Block rest = Block.of(circuit.operations().subList(first, circuit.operations().size()));
        var found = new TreeMap<String, Double>();
        Deque<int[]> prefixes = new ArrayDeque<>();
        prefixes.push(new int[0]);
        while (!prefixes.isEmpty()) {
            int[] prefix = prefixes.pop();
            int[] step = {0};
            int[][] path = {prefix};
            var run =
                    new Interpreter(
                            start,
                            p -> {
                                int k = step[0]++;
                                if (k < prefix.length) {
                                    return prefix[k];
                                }
                                int outcome = p < NEVER ? 0 : 1;
                                if (outcome == 1 && p < 1 - NEVER) {
                                    int[] other = Arrays.copyOf(path[0], k + 1);
                                    other[k] = 0;
                                    prefixes.push(other);
                                }
                                path[0] = Arrays.copyOf(path[0], k + 1);
                                path[0][k] = outcome;
                                return outcome;
                            });
            run.run(rest);
            found.merge(run.bits(circuit), run.probability, Double::sum);
        }
        return found;
    }

    /** The result bits, last declared register leftmost, highest bit first. */
    String bits(Circuit circuit) {
        var text = new StringBuilder();
        for (ClassicalRegister register : circuit.resultRegisters()) {
            for (int k = 0; k < register.size(); k++) {
                text.append(memory.bit(register.first() + k) ? '1' : '0');
            }
        }
        return text.reverse().toString();
    }

    /** The value of a register or variable, angles in radians. */
    double value(Circuit circuit, String register) {
        return circuit.register(register).toDouble(memory);
    }

    private void run(Block block) {
        block.operations().forEach(this::run);
    }

    private void run(Operation operation) {
        switch (operation) {
            case GateOperation g -> {
                double[] values =
                        g.parameters().stream().mapToDouble(p -> p.toDouble(memory)).toArray();
                ComplexMatrix matrix = g.gate().matrix(values);
                int arity = g.gate().qubits();
                for (int k = 0; k < g.applications(); k++) {
                    apply(matrix, g.targets().slice(k * arity, (k + 1) * arity).toArray());
                }
            }
            case Measurement m -> {
                for (int k = 0; k < m.targets().size(); k++) {
                    boolean one = measure(m.targets().get(k));
                    memory.record(one);
                    if (!m.bits().isEmpty()) {
                        memory.set(m.bits().get(k), one);
                    }
                }
            }
            case Reset r -> {
                for (int k = 0; k < r.targets().size(); k++) {
                    if (measure(r.targets().get(k))) {
                        apply(ComplexMatrix.real(0, 1, 1, 0), new int[] {r.targets().get(k)});
                    }
                }
            }
            case Assignment a -> a.execute(memory);
            case Conditional c -> run(c.condition().isTrue(memory) ? c.then() : c.otherwise());
            case While w -> {
                while (w.condition().isTrue(memory)) {
                    run(w.body());
                }
            }
            case Repeat r -> {
                for (long k = 0; k < r.count(); k++) {
                    run(r.body());
                }
            }
            case Barrier b -> {}
            case Delay d -> {}
            default -> throw new AssertionError(operation);
        }
    }

    private boolean measure(int qubit) {
        double one = 0;
        for (int k = 0; k < re.length; k++) {
            if ((k >> qubit & 1) == 1) {
                one += re[k] * re[k] + im[k] * im[k];
            }
        }
        boolean result = choose.applyAsDouble(one) != 0;
        double kept = result ? one : 1 - one;
        probability *= kept;
        for (int k = 0; k < re.length; k++) {
            boolean stays = (k >> qubit & 1) == 1 == result;
            re[k] = stays ? re[k] / Math.sqrt(kept) : 0;
            im[k] = stays ? im[k] / Math.sqrt(kept) : 0;
        }
        return result;
    }

    private void apply(ComplexMatrix m, int[] targets) {
        int n = m.rows();
        int mask = 0;
        int[] offsets = new int[n];
        for (int j = 0; j < targets.length; j++) {
            mask |= 1 << targets[j];
            for (int k = 0; k < n; k++) {
                offsets[k] |= (k >> j & 1) << targets[j];
            }
        }
        boolean[] zero = new boolean[n * n];
        for (int i = 0; i < n * n; i++) {
            zero[i] = m.re(i / n, i % n) == 0 && m.im(i / n, i % n) == 0;
        }
        double[] a = new double[n];
        double[] b = new double[n];
        for (int base = 0; base < re.length; base++) {
            if ((base & mask) != 0) {
                continue;
            }
            for (int i = 0; i < n; i++) {
                a[i] = 0;
                b[i] = 0;
                for (int k = 0; k < n; k++) {
                    if (zero[i * n + k]) {
                        continue;
                    }
                    double x = re[base | offsets[k]];
                    double y = im[base | offsets[k]];
                    a[i] += m.re(i, k) * x - m.im(i, k) * y;
                    b[i] += m.re(i, k) * y + m.im(i, k) * x;
                }
            }
            for (int i = 0; i < n; i++) {
                re[base | offsets[i]] = a[i];
                im[base | offsets[i]] = b[i];
            }
        }
    }
}
