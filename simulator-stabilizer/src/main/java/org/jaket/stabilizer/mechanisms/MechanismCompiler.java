package org.jaket.stabilizer.mechanisms;

import org.jaket.stabilizer.clifford.Features;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.sensitivity.BackwardWalk;
import org.jaket.stabilizer.sensitivity.Recurrence;
import org.jaket.stabilizer.sensitivity.Sensitivities;
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
final class MechanismCompiler implements BackwardWalk.Listener {
    /** Targets that are walked over at most, repetitions that are not folded included. */
    private static final long MOST_WALKED = 100_000_000;

    /**
     * Symptoms that are gone through at most, per target and without regard to them. Codes have one
     * or two per target; where errors spread without end, frames are faster than lists.
     */
    private static final long MOST_PER_TARGET = 32;

    private static final long SOME_ADDED = 50_000_000;

    /** Entries of all tables together at most. */
    private static final int MOST_ENTRIES = 8_000_000;

    /** How often a stretch is run at most. */
    private static final int MOST_RUNS = 1 << 22;

    /** The errors of a circuit, and what its sweep bits flip. */
    record Compiled(List<Errors> errors, SweepSymptoms sweeps) {}

    private record Link(double probability, int[] symptoms) {}

    private final Sensitivities at;
    private final BackwardWalk walk;
    private final boolean allowsChance;
    private final IdentityHashMap<Step.Loop, Long> detectors = new IdentityHashMap<>();
    private final SweepSymptoms sweeps = new SweepSymptoms();
    private final Deque<Link> chain = new ArrayDeque<>();
    private MechanismSet set = new MechanismSet();
    private List<Errors> out = new ArrayList<>();

    /** How likely the results of the current step are recorded wrongly, and as rates. */
    private double[] flip = {1, 0};

    private double @Nullable [] flipRates;
    private int base;
    private long walked;

    /** How many symptoms have been gone through. */
    private long added;

    private long entries;

    private MechanismCompiler(int qubits, int measurements, int detectors, boolean allowsChance) {
        this.at = new Sensitivities(qubits, detectors, measurements);
        this.walk = new BackwardWalk(at, this);
        this.allowsChance = allowsChance;
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
        compiler.walk.begin();
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

    @Override
    public void walked(long targets) {
        walked += targets;
        added += at.takeWork();
        if (walked > MOST_WALKED) {
            throw new FramesNeededException("The circuit is too long.");
        }
        if (added > MOST_PER_TARGET * walked + SOME_ADDED) {
            throw new FramesNeededException("The errors of the circuit flip too much.");
        }
    }

    @Override
    public void result(int row) {
        if (flip[1] > 0) {
            set.addChannel(new int[][] {at.symptoms(row)}, flip, flipRates);
        }
    }

    @Override
    public void random(int row, @Nullable Step step, int qubit) {
        if (!allowsChance) {
            throw new FramesNeededException(
                    "%s is random without errors, because of qubit %d."
                            .formatted(at.name(at.row(row)[0]), qubit));
        }
        set.addRandom(at.symptoms(row));
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
            case Step.SweepPauli p ->
                    sweeps.add(p.bit(), at.symptoms(walk.flippedBy(p.pauli(), p.qubit())));
            case Step.PauliNoise n -> {
                walked(n.targets().length);
                noise(n);
            }
            case Step.Correlated c -> {
                chain.push(new Link(c.probability(), at.symptoms(walk.flippedBy(c.product()))));
                if (c.starts()) {
                    endChain();
                }
            }
            case Step.Loop l -> loop(l);
            default -> {
                double p = Features.flip(step);
                if (flip[1] != p) {
                    flip = new double[] {1 - p, p};
                    flipRates = Rates.of(flip);
                }
                walk.undo(step);
            }
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
            walk.undo(n);
            return;
        }
        double[] rates = Rates.of(probabilities);
        int[] targets = n.targets();
        int width = n.noise().qubits();
        for (int k = targets.length - width; k >= 0; k -= width) {
            int[][] generators = new int[2 * width + (n.noise().isHeralded() ? 1 : 0)][];
            for (int q = 0; q < width; q++) {
                generators[2 * q] = at.symptoms(Sensitivities.byX(targets[k + q]));
                generators[2 * q + 1] = at.symptoms(Sensitivities.byZ(targets[k + q]));
            }
            if (n.noise().isHeralded()) {
                generators[2] = at.symptoms(at.popResult());
            }
            set.addChannel(generators, probabilities, rates);
        }
    }

    // ---- loops -----------------------------------------------------------------------------

    private record Turn(List<Errors> parts, long count) {}

    private void loop(Step.Loop loop) {
        requireNoChain();
        flush();
        long each = detectors(loop);
        List<Errors> outside = out;
        int outsideBase = base;
        List<Turn> turns = new ArrayList<>();
        List<Integer> swept = new ArrayList<>();
        Recurrence recurrence = new Recurrence(at);
        long left = loop.count();
        long start = walked + (at.effort() >> BackwardWalk.EFFORT_SHIFT);
        boolean recurs = false;
        while (left > 0) {
            out = new ArrayList<>();
            base = Math.toIntExact(at.detectors() - each);
            swept.add(sweeps.size());
            block(loop.body());
            requireNoChain();
            flush();
            turns.add(new Turn(out, 1));
            left--;
            Recurrence.Period period = recurrence.after(at);
            recurs |= period != null;
            if (!recurs) {
                long work = walked + (at.effort() >> BackwardWalk.EFFORT_SHIFT) - start;
                requireRecurrence(loop, turns.size(), work);
            }
            if (period != null && left >= period.turns()) {
                int length = (int) period.turns();
                long again = left / length;
                left -= again * length;
                long moved = again * period.detectors();
                sweeps.repeat(swept.get(swept.size() - length), again, period.detectors());
                at.skip(moved, again * period.results());
                for (int k = turns.size() - length; k < turns.size(); k++) {
                    Turn t = turns.get(k);
                    turns.set(
                            k,
                            new Turn(
                                    t.parts().stream().map(p -> p.moved(-moved, 0)).toList(),
                                    again + 1));
                }
            }
        }
        out = outside;
        base = outsideBase;
        int period = Math.max(1, (int) turns.stream().filter(t -> t.count() > 1).count());
        long stride = period * each;
        for (Turn t : turns) {
            for (Errors part : t.parts()) {
                if (t.count() * part.runs().length > MOST_RUNS) {
                    throw new FramesNeededException("The circuit has too many repetitions.");
                }
                out.add(part.repeated(t.count(), stride, 0));
            }
        }
    }

    /** Gives up a loop that does not come to repeat itself before it has taken all the time. */
    private static void requireRecurrence(Step.Loop loop, int turns, long work) {
        if (work > MOST_WALKED / 8 && work * ((double) loop.count() / turns) > MOST_WALKED) {
            throw new FramesNeededException("The circuit has a loop that does not repeat itself.");
        }
    }

    private void requireNoChain() {
        if (!chain.isEmpty()) {
            throw new FramesNeededException("A chain of correlated errors crosses a loop's end.");
        }
    }

    /** How many detectors a turn has. */
    private long detectors(Step.Loop loop) {
        Long known = detectors.get(loop);
        if (known == null) {
            long sum = 0;
            for (Step step : loop.body()) {
                sum +=
                        switch (step) {
                            case Step.Detector d -> 1;
                            case Step.Loop l -> l.count() * detectors(l);
                            default -> 0;
                        };
            }
            known = sum;
            detectors.put(loop, known);
        }
        return known;
    }
}
