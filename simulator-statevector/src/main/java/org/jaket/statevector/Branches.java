package org.jaket.statevector;

import org.jaket.circuit.Circuit;
import org.jaket.execution.Distribution;
import org.jaket.execution.Progress;
import org.jaket.execution.UnsupportedCircuitException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows every way a program can go, with its exact probability: outcomes of measurements and
 * resets, errors, Kraus operators.
 */
final class Branches {
    /** More branches than this are not followed. */
    static final int MAX_BRANCHES = 1 << 20;

    /** A branch or outcome less probable than this is given up; what is lost is reported. */
    static final double CUT = 1e-18;

    /** What is done with the state at the end of a branch. */
    @FunctionalInterface
    interface Leaf {
        void visit(Amplitudes state, double probability);
    }

    private final Program program;
    private final Mechanics mechanics;
    private final StatePool pool;
    private final Progress progress;
    private final Leaf leaf;
    private final boolean statesMatter;
    private final Map<String, Double> results = new HashMap<>();
    private double lost;
    private int branches = 1;

    @FunctionalInterface
    private interface Outcome {
        void carryOut(Run run, Amplitudes state);
    }

    private record Branch(double probability, Outcome outcome) {}

    private Branches(
            Program program,
            Mechanics mechanics,
            StatePool pool,
            Progress progress,
            Leaf leaf,
            boolean statesMatter) {
        this.program = program;
        this.mechanics = mechanics;
        this.pool = pool;
        this.progress = progress;
        this.leaf = leaf;
        this.statesMatter = statesMatter;
    }

    /** The distribution of the program's result bits. */
    static Distribution distribution(
            Program program, Mechanics mechanics, StatePool pool, Progress progress) {
        Branches b = new Branches(program, mechanics, pool, progress, (s, p) -> {}, false);
        b.run();
        return new Distribution(b.results, b.lost);
    }

    /** Visits the final state of every branch; returns the probability that was given up. */
    static double leaves(
            Program program, Mechanics mechanics, StatePool pool, Progress progress, Leaf leaf) {
        Branches b = new Branches(program, mechanics, pool, progress, leaf, true);
        b.run();
        return b.lost;
    }

    private void run() {
        Amplitudes state = pool.first();
        follow(mechanics.begin(state), state, 1);
        pool.give(state);
    }

    private void follow(Run run, Amplitudes state, double probability) {
        double p = probability;
        while (run.place < program.instructions().length) {
            Instruction instruction = program.instructions()[run.place];
            if (run.classical(instruction)) {
                continue;
            }
            switch (instruction) {
                case Instruction.Apply a -> mechanics.apply(a.passes(), state);
                case Instruction.Evaluated e -> mechanics.evaluated(e.operation(), run, state);
                case Instruction.Measure m
                        when !statesMatter && program.isClassicalFrom(run.place + 1) -> {
                    last(m, run, state, p);
                    return;
                }
                default -> {
                    p *= divide(run, state, p, outcomes(instruction, run, state));
                    if (p == 0) {
                        return;
                    }
                }
            }
            run.place++;
        }
        leaf.visit(state, p);
        add(run, p);
    }

    /** Follows all branches but the most probable, which goes on in place; returns its share. */
    private double divide(Run run, Amplitudes state, double probability, List<Branch> all) {
        int inPlace = 0;
        for (int k = 1; k < all.size(); k++) {
            inPlace = all.get(k).probability > all.get(inPlace).probability ? k : inPlace;
        }
        Branch largest = all.get(inPlace);
        progress.checkCancelled();
        for (int k = 0; k < all.size(); k++) {
            if (k == inPlace) {
                continue;
            }
            Branch b = all.get(k);
            if (probability * b.probability < CUT) {
                lost += probability * b.probability;
                continue;
            }
            count();
            Amplitudes copy = pool.take();
            if (copy == null) {
                throw new InsufficientMemoryException(
                        "Exact probabilities of this circuit need more copies of its state than fit"
                                + " into memory. Maybe sample it instead, or use single precision.",
                        Amplitudes.bytes(program.qubits(), state.precision()),
                        Memory.available());
            }
            copy.copyFrom(state, mechanics.runner());
            Run branch = run.copy();
            b.outcome.carryOut(branch, copy);
            branch.place++;
            follow(branch, copy, probability * b.probability);
            pool.give(copy);
        }
        if (probability * largest.probability < CUT) {
            lost += probability * largest.probability;
            return 0;
        }
        largest.outcome.carryOut(run, state);
        return largest.probability;
    }

    private void count() {
        if (++branches > MAX_BRANCHES) {
            throw new UnsupportedCircuitException(
                    "The circuit can go more than "
                            + MAX_BRANCHES
                            + " ways, too many for exact probabilities. Maybe sample it instead.");
        }
        progress.report(branches, 0);
    }

    private List<Branch> outcomes(Instruction instruction, Run run, Amplitudes state) {
        List<Branch> all = new ArrayList<>();
        switch (instruction) {
            case Instruction.Measure m -> {
                for (Map.Entry<Long, Double> e : marginal(state, m.mask()).entrySet()) {
                    long stored = e.getKey();
                    for (Map.Entry<Long, Double> f : flips(m, stored).entrySet()) {
                        long flips = f.getKey();
                        all.add(
                                new Branch(
                                        e.getValue() * f.getValue(),
                                        (r, s) -> {
                                            Trajectories.recordResults(m, stored, flips, r);
                                            mechanics.collapse(s, m.mask(), stored);
                                        }));
                    }
                }
            }
            case Instruction.Reset r -> {
                double one = mechanics.probability(state, r.qubit());
                all.add(new Branch(1 - one, (b, s) -> mechanics.reset(s, r, false)));
                all.add(new Branch(one, (b, s) -> mechanics.reset(s, r, true)));
            }
            case Instruction.Choose c -> choose(c, run, all);
            case Instruction.Noisy n -> noisy(n.stretch(), run, state, all);
            case Instruction.Constant c -> {
                double f = c.flipProbability();
                all.add(new Branch(1 - f, (r, s) -> r.record(c.result(), c.bit())));
                all.add(new Branch(f, (r, s) -> r.record(!c.result(), c.bit())));
            }
            default -> throw new IllegalStateException("Not random: " + instruction);
        }
        all.removeIf(b -> b.probability == 0);
        return all;
    }

    /** From one point of chance to the next. */
    private void noisy(NoisyStretch stretch, Run run, Amplitudes state, List<Branch> all) {
        if (run.point < 0) {
            all.add(along(stretch, new NoisyStretch.Way(-1, 0, List.of()), 1));
            return;
        }
        double[] p = mechanics.probabilities(state, stretch.points().get(run.point));
        for (int o = 0; o < p.length; o++) {
            all.add(along(stretch, NoisyStretch.Way.across(run.point, o), p[o]));
        }
    }

    private Branch along(NoisyStretch stretch, NoisyStretch.Way way, double probability) {
        return new Branch(
                probability,
                (r, s) -> {
                    mechanics.follow(stretch, way, s);
                    r.passed(stretch, way);
                });
    }

    private void choose(Instruction.Choose c, Run run, List<Branch> all) {
        if (c.chain() >= 0 && run.chainHit[c.chain()]) {
            all.add(new Branch(1, (r, s) -> {}));
            return;
        }
        for (int o = 0; o < c.probabilities().length; o++) {
            int which = o;
            all.add(
                    new Branch(
                            c.probabilities()[o],
                            (r, s) -> {
                                boolean[] herald = c.herald();
                                if (herald != null) {
                                    r.record(herald[which], -1);
                                }
                                List<Pass> passes = c.passes()[which];
                                if (passes != null) {
                                    mechanics.apply(passes, s);
                                }
                                if (c.chain() >= 0 && which > 0) {
                                    r.chainHit[c.chain()] = true;
                                }
                            }));
        }
    }

    /** Which records are wrong, with what probability, where the qubits hold {@code stored}. */
    private static Map<Long, Double> flips(Instruction.Measure m, long stored) {
        Map<Long, Double> patterns = new HashMap<>();
        patterns.put(0L, 1.0);
        for (int k = 0; k < m.qubits().length; k++) {
            double p = m.wrong(k, m.ideal(k, stored));
            if (p == 0) {
                continue;
            }
            Map<Long, Double> wider = new HashMap<>();
            long bit = 1L << k;
            patterns.forEach(
                    (pattern, q) -> {
                        wider.put(pattern, q * (1 - p));
                        wider.put(pattern | bit, q * p);
                    });
            patterns = wider;
            if (patterns.size() > MAX_BRANCHES) {
                throw new UnsupportedCircuitException(
                        "Too many measurements with wrong records for exact probabilities. Maybe"
                                + " sample the circuit instead.");
            }
        }
        return patterns;
    }

    private Map<Long, Double> marginal(Amplitudes state, long mask) {
        double norm = Sums.norm(state, mechanics.runner());
        Map<Long, Double> weights = Sums.marginal(state, mask, CUT * norm, mechanics.runner());
        double kept = 0;
        for (double w : weights.values()) {
            kept += w;
        }
        double all = kept;
        weights.replaceAll((v, w) -> w / all);
        return weights;
    }

    /** A measurement after which only classical instructions come: no state is needed. */
    private void last(Instruction.Measure m, Run run, Amplitudes state, double probability) {
        run.place++;
        for (Map.Entry<Long, Double> e : records(m, marginal(state, m.mask())).entrySet()) {
            double p = probability * e.getValue();
            if (p < CUT) {
                lost += p;
                continue;
            }
            Run branch = run.copy();
            for (int k = 0; k < m.bits().length; k++) {
                branch.record((e.getKey() >> k & 1) != 0, m.bits()[k]);
            }
            follow(branch, state, p);
        }
    }

    /**
     * The distribution of the records of a measurement, wrong ones included: bit k is result k.
     *
     * @param stored the distribution of the values of its qubits
     */
    private static Map<Long, Double> records(Instruction.Measure m, Map<Long, Double> stored) {
        Map<Long, Double> records = new HashMap<>();
        for (Map.Entry<Long, Double> e : stored.entrySet()) {
            long record = 0;
            for (int k = 0; k < m.qubits().length; k++) {
                record |= m.ideal(k, e.getKey()) ? 1L << k : 0;
            }
            records.merge(record, e.getValue(), Double::sum);
        }
        for (int k = 0; k < m.qubits().length; k++) {
            if (!m.isNoisy(k)) {
                continue;
            }
            int result = k;
            Map<Long, Double> noisy = new HashMap<>();
            records.forEach(
                    (record, p) -> {
                        double wrong = m.wrong(result, (record >> result & 1) != 0);
                        noisy.merge(record, p * (1 - wrong), Double::sum);
                        noisy.merge(record ^ 1L << result, p * wrong, Double::sum);
                    });
            records = noisy;
            if (records.size() > MAX_BRANCHES) {
                throw new UnsupportedCircuitException(
                        "Too many measurements with wrong records for exact probabilities. Maybe"
                                + " sample the circuit instead.");
            }
        }
        return records;
    }

    private void add(Run run, double probability) {
        Circuit circuit = program.circuit();
        long[] words = new long[program.layout().words()];
        run.write(circuit, program.layout(), words, 0);
        results.merge(program.layout().format(words, 0), probability, Double::sum);
        if (results.size() > MAX_BRANCHES * 4) {
            throw new UnsupportedCircuitException(
                    "The circuit has more than "
                            + MAX_BRANCHES * 4
                            + " different results, too many to list. Maybe sample it instead.");
        }
    }
}
