package org.jaket.stabilizer.mechanisms;

import org.jaket.stabilizer.clifford.Step;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Walks a circuit backwards and collects what each of its errors flips. A loop is walked until what
 * matters before a turn is what mattered before an earlier one, but for the numbers of detectors
 * and results; the turns before are then the same again.
 */
final class MechanismCompiler {
    /** Targets that are walked over at most, repetitions that are not folded included. */
    private static final long MOST_WALKED = 100_000_000;

    /** Entries of all tables together at most. */
    private static final int MOST_ENTRIES = 8_000_000;

    /** How often a stretch is run at most. */
    private static final int MOST_RUNS = 1 << 22;

    /** How many turns of a loop are remembered to find the one that recurs. */
    private static final int REMEMBERED = 40;

    /** The errors of a circuit, and what its sweep bits flip. */
    record Compiled(List<Errors> errors, SweepSymptoms sweeps) {}

    private record Link(double probability, int[] symptoms) {}

    private record Size(long measurements, long detectors) {}

    private final Sensitivity at;
    private final IdentityHashMap<Step.Loop, Size> sizes = new IdentityHashMap<>();
    private final SweepSymptoms sweeps = new SweepSymptoms();
    private final Deque<Link> chain = new ArrayDeque<>();
    private MechanismSet set = new MechanismSet();
    private List<Errors> out = new ArrayList<>();
    private int base;
    private long walked;
    private long entries;

    private MechanismCompiler(int qubits, int measurements, int detectors, boolean allowsChance) {
        this.at =
                new Sensitivity(
                        qubits,
                        measurements,
                        detectors,
                        allowsChance ? symptoms -> set.addRandom(symptoms) : null);
    }

    /**
     * Compiles steps without branches, while loops and assignments.
     *
     * @param measurements number of results of the circuit
     * @param detectors number of detectors of the circuit
     * @param allowsChance whether detectors may be random without errors
     * @throws FramesNeededException if the circuit has to be sampled in another way
     */
    static Compiled compile(
            List<Step> steps, int qubits, int measurements, int detectors, boolean allowsChance) {
        MechanismCompiler compiler =
                new MechanismCompiler(qubits, measurements, detectors, allowsChance);
        compiler.block(steps);
        compiler.endChain();
        compiler.at.begin();
        compiler.flush();
        return new Compiled(List.copyOf(compiler.out), compiler.sweeps);
    }

    private void flush() {
        if (!set.isEmpty()) {
            entries += set.size();
            if (entries > MOST_ENTRIES) {
                throw new FramesNeededException("The circuit has too many different errors.");
            }
            out.add(set.relativeTo(base));
            set = new MechanismSet();
        }
    }

    private void walk(int targets) {
        walked += targets;
        if (walked > MOST_WALKED) {
            throw new FramesNeededException("The circuit is too long.");
        }
    }

    private void block(List<Step> steps) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            step(steps.get(i));
            if (set.size() >= PoissonTable.MOST) {
                flush();
            }
        }
    }

    private void step(Step step) {
        switch (step) {
            case Step.Unitary u -> {
                walk(u.targets().length);
                at.unitary(u);
            }
            case Step.Feedback f -> at.feedback(f);
            case Step.SweepPauli s -> sweeps.add(s.bit(), at.of(s.pauli(), s.qubit()));
            case Step.Reset r -> {
                walk(r.qubits().length);
                for (int k = r.qubits().length - 1; k >= 0; k--) {
                    at.reset(r.basis(), r.qubits()[k]);
                }
            }
            case Step.Measure m -> {
                walk(m.qubits().length);
                double[] flip = {1 - m.flip(), m.flip()};
                double[] rates = Rates.of(flip);
                for (int k = m.qubits().length - 1; k >= 0; k--) {
                    int[] result = at.result();
                    recordFlip(result, flip, rates);
                    at.measure(m.basis(), m.resets(), m.qubits()[k], result);
                }
            }
            case Step.MeasureProduct m -> {
                walk(m.product().xs().length + m.product().zs().length);
                int[] result = at.result();
                double[] flip = {1 - m.flip(), m.flip()};
                recordFlip(result, flip, Rates.of(flip));
                at.measureProduct(m.product(), result);
            }
            case Step.Rotate r -> at.rotate(r.product());
            case Step.Pad p -> {
                walk(p.values().length);
                double[] flip = {1 - p.flip(), p.flip()};
                double[] rates = Rates.of(flip);
                for (int k = 0; k < p.values().length; k++) {
                    recordFlip(at.result(), flip, rates);
                }
            }
            case Step.MeasureAbsence m -> {
                // Nothing leaves where mechanisms are listed, so only the recording can go wrong.
                walk(m.qubits().length);
                double[] flip = {1 - m.flip(), m.flip()};
                double[] rates = Rates.of(flip);
                for (int k = 0; k < m.qubits().length; k++) {
                    recordFlip(at.result(), flip, rates);
                }
            }
            case Step.PauliNoise n -> {
                walk(n.targets().length);
                noise(n);
            }
            case Step.Correlated c -> {
                chain.push(new Link(c.probability(), at.of(c.product())));
                if (c.starts()) {
                    endChain();
                }
            }
            case Step.Detector d -> at.detector(d.lookbacks());
            case Step.Observable o -> at.observable(o);
            case Step.Loop l -> loop(l);
            case Step.Branch b -> throw new AssertionError(b);
            case Step.WhileLoop w -> throw new AssertionError(w);
            case Step.Assign a -> throw new AssertionError(a);
        }
    }

    private void recordFlip(int[] result, double[] flip, double @Nullable [] rates) {
        if (flip[1] > 0) {
            set.addChannel(new int[][] {result}, flip, rates);
        }
    }

    /** The errors of a chain exclude each other: each happens if none before it has. */
    private void endChain() {
        if (chain.isEmpty()) {
            return;
        }
        double[] probabilities = new double[chain.size()];
        int[][] symptoms = new int[chain.size()][];
        double none = 1;
        int k = 0;
        for (Link link : chain) {
            probabilities[k] = none * link.probability();
            symptoms[k++] = link.symptoms();
            none *= 1 - link.probability();
        }
        chain.clear();
        double[] rates = k == 1 ? Rates.of(new double[] {none, probabilities[0]}) : null;
        if (rates != null) {
            set.add(symptoms[0], rates[1]);
        } else if (none < 1) {
            set.addDisjoint(probabilities, symptoms);
        }
    }

    private void noise(Step.PauliNoise n) {
        double[] probabilities = ChannelLaw.of(n.noise(), n.arguments());
        if (probabilities[0] == 1) {
            if (n.noise().isHeralded()) {
                for (int k = 0; k < n.targets().length; k++) {
                    at.result();
                }
            }
            return;
        }
        double[] rates = Rates.of(probabilities);
        int[] targets = n.targets();
        int width = n.noise().qubits();
        for (int k = targets.length - width; k >= 0; k -= width) {
            int[][] generators =
                    width == 2
                            ? new int[][] {
                                at.ofX(targets[k]),
                                at.ofZ(targets[k]),
                                at.ofX(targets[k + 1]),
                                at.ofZ(targets[k + 1])
                            }
                            : n.noise().isHeralded()
                                    ? new int[][] {
                                        at.ofX(targets[k]), at.ofZ(targets[k]), at.result()
                                    }
                                    : new int[][] {at.ofX(targets[k]), at.ofZ(targets[k])};
            set.addChannel(generators, probabilities, rates);
        }
    }

    // ---- loops -----------------------------------------------------------------------------

    private record Turn(List<Errors> parts, long count) {}

    private void loop(Step.Loop loop) {
        requireNoChain();
        flush();
        Size size = size(loop);
        List<Errors> outside = out;
        int outsideBase = base;
        List<Turn> turns = new ArrayList<>();
        List<Sensitivity> points = new ArrayList<>(List.of(at.copy()));
        List<Integer> hashes = new ArrayList<>(List.of(at.relativeHash()));
        List<Integer> swept = new ArrayList<>();
        long left = loop.count();
        while (left > 0) {
            out = new ArrayList<>();
            base = at.detector() - (int) size.detectors();
            swept.add(sweeps.size());
            block(loop.body());
            requireNoChain();
            flush();
            turns.add(new Turn(out, 1));
            left--;
            int hash = at.relativeHash();
            int period = period(points, hashes, hash);
            if (period > 0 && left >= period) {
                long again = left / period;
                left -= again * period;
                int moved = Math.toIntExact(again * period * size.detectors());
                sweeps.repeat(swept.get(swept.size() - period), again, period * size.detectors());
                at.skip(Math.toIntExact(again * period * size.measurements()), moved);
                for (int k = turns.size() - period; k < turns.size(); k++) {
                    Turn t = turns.get(k);
                    turns.set(
                            k,
                            new Turn(
                                    t.parts().stream().map(p -> p.moved(-moved, 0)).toList(),
                                    again + 1));
                }
                points.clear();
                hashes.clear();
            } else if (points.size() < REMEMBERED && left > 0) {
                points.add(at.copy());
                hashes.add(hash);
            }
        }
        out = outside;
        base = outsideBase;
        int period = Math.max(1, (int) turns.stream().filter(t -> t.count() > 1).count());
        long stride = period * size.detectors();
        for (Turn t : turns) {
            for (Errors part : t.parts()) {
                if (t.count() * part.runs().length > MOST_RUNS) {
                    throw new FramesNeededException("The circuit has too many repetitions.");
                }
                out.add(part.repeated(t.count(), stride, 0));
            }
        }
    }

    private void requireNoChain() {
        if (!chain.isEmpty()) {
            throw new FramesNeededException("A chain of correlated errors crosses a loop's end.");
        }
    }

    /** How many turns ago everything was as it is now, or 0. */
    private int period(List<Sensitivity> points, List<Integer> hashes, int hash) {
        for (int k = points.size() - 1; k >= 0; k--) {
            if (hashes.get(k) == hash && at.recurs(points.get(k))) {
                return points.size() - k;
            }
        }
        return 0;
    }

    private Size size(Step.Loop loop) {
        Size known = sizes.get(loop);
        if (known == null) {
            known = size(loop.body());
            sizes.put(loop, known);
        }
        return known;
    }

    private Size size(List<Step> steps) {
        long measurements = 0;
        long found = 0;
        for (Step step : steps) {
            switch (step) {
                case Step.Measure m -> measurements += m.qubits().length;
                case Step.MeasureProduct m -> measurements++;
                case Step.MeasureAbsence m -> measurements += m.qubits().length;
                case Step.Pad p -> measurements += p.values().length;
                case Step.PauliNoise n ->
                        measurements += n.noise().isHeralded() ? n.targets().length : 0;
                case Step.Detector d -> found++;
                case Step.Loop l -> {
                    Size inner = size(l);
                    measurements += inner.measurements() * l.count();
                    found += inner.detectors() * l.count();
                }
                default -> {}
            }
        }
        return new Size(measurements, found);
    }
}
