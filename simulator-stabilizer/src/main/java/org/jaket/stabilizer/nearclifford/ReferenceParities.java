package org.jaket.stabilizer.nearclifford;

import org.jaket.execution.Progress;
import org.jaket.stabilizer.bits.Kernels;
import org.jaket.stabilizer.random.BitSource;

import java.util.function.Consumer;

/**
 * The parity of each detector and observable without errors, by shots without errors. Where these
 * differ, the parity is random without errors; its reference is then the more frequent value, zero
 * if both are equally frequent.
 *
 * @param values detectors, then observables
 * @param random how many of them were not the same in all shots
 */
record ReferenceParities(boolean[] values, int random) {
    /** The most shots that are compared. */
    static final int MAX_SHOTS = 256;

    private static final int MIN_SHOTS = 16;

    /** About how many numbers all shots together may touch, unless they are few. */
    private static final double WORK = 1e9;

    /** The stream that these shots draw from, whatever the run's seed. */
    private static final long STREAM = 5;

    /**
     * Runs the shots.
     *
     * @param work about how many numbers a shot touches
     */
    static ReferenceParities of(
            Histories histories, Parities parities, double work, Progress progress) {
        Program program = histories.root().program();
        int shots =
                histories.isOne() && program.prefix() == program.code().length
                        ? 1
                        : (int) Math.clamp(WORK / work, MIN_SHOTS, MAX_SHOTS);
        int[] ones = new int[parities.count()];
        run(
                histories,
                shots,
                machine -> {
                    for (int k = 0; k < ones.length; k++) {
                        ones[k] += parities.parity(machine.record(), k) ? 1 : 0;
                    }
                },
                progress);
        boolean[] values = new boolean[ones.length];
        int random = 0;
        for (int k = 0; k < values.length; k++) {
            values[k] = 2 * ones[k] > shots;
            random += ones[k] != 0 && ones[k] != shots ? 1 : 0;
        }
        return new ReferenceParities(values, random);
    }

    /** Runs some shots without errors. */
    static void run(
            Histories histories, int shots, Consumer<ShotMachine> consumer, Progress progress) {
        int prefix = histories.root().program().prefix();
        BitSource source = BitSource.of(Kernels.chosen(), 0, STREAM, 0);
        Chance chance = new ErrorFreeChance(new RandomChance(source));
        ShotMachine start = new ShotMachine(histories);
        start.run(0, prefix, chance, progress);
        ShotMachine machine = new ShotMachine(histories);
        for (int shot = 0; shot < shots; shot++) {
            progress.checkCancelled();
            machine.set(start);
            machine.runToEnd(prefix, chance, progress);
            consumer.accept(machine);
        }
    }
}
