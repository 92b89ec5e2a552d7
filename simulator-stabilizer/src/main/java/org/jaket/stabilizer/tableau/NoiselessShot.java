package org.jaket.stabilizer.tableau;

import org.jaket.circuit.expression.ClassicalMemory;
import org.jaket.execution.Progress;
import org.jaket.stabilizer.bits.Kernels;
import org.jaket.stabilizer.clifford.Step;
import org.jaket.stabilizer.random.BitSource;

import java.util.ArrayList;
import java.util.List;

/**
 * One noiseless run of a circuit whose course depends on results, results that are not determined
 * and sweep bits being zero.
 */
public final class NoiselessShot {
    private NoiselessShot() {}

    /**
     * Runs the circuit.
     *
     * @param steps a lowered circuit
     * @param bits its number of classical bits
     * @return the results, packed, at least one word
     */
    public static long[] of(List<Step> steps, int qubits, int bits, Progress progress) {
        ClassicalMemory memory = new ClassicalMemory(bits);
        BitSource unused = BitSource.of(Kernels.plain(), 0, 0, 0);
        ShotRunner runner = new ShotRunner(new StabilizerState(qubits), memory, unused, progress);
        runner.undetermined(() -> false);
        runner.run(quiet(steps));
        int recorded = Math.toIntExact(memory.recorded());
        long[] words = new long[Math.max(1, (recorded + 63) >> 6)];
        for (int k = 0; k < recorded; k++) {
            words[k >> 6] |= (memory.recordedAt(k) ? 1L : 0) << k;
        }
        return words;
    }

    private static List<Step> quiet(List<Step> steps) {
        List<Step> kept = new ArrayList<>();
        for (Step step : steps) {
            switch (step) {
                case Step.PauliNoise n -> {
                    if (n.noise().isHeralded()) {
                        boolean[] zeros = new boolean[n.targets().length];
                        kept.add(new Step.Pad(0, zeros, new int[0]));
                    }
                }
                case Step.Correlated c -> {}
                case Step.Measure m ->
                        kept.add(
                                new Step.Measure(
                                        m.basis(),
                                        m.resets(),
                                        0,
                                        m.qubits(),
                                        m.inverted(),
                                        m.bits()));
                case Step.MeasureProduct m ->
                        kept.add(new Step.MeasureProduct(0, m.product(), m.bit()));
                case Step.Pad p -> kept.add(new Step.Pad(0, p.values(), p.bits()));
                case Step.Loop l -> kept.add(l.withBody(quiet(l.body())));
                case Step.Branch b ->
                        kept.add(
                                new Step.Branch(
                                        b.condition(), quiet(b.then()), quiet(b.otherwise())));
                case Step.WhileLoop w ->
                        kept.add(new Step.WhileLoop(w.condition(), quiet(w.body())));
                default -> kept.add(step);
            }
        }
        return kept;
    }
}
