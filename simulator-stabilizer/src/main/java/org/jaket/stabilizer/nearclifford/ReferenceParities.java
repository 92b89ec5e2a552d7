package org.jaket.stabilizer.nearclifford;

import org.jaket.execution.Progress;
import org.jaket.stabilizer.bits.Kernels;
import org.jaket.stabilizer.random.BitSource;

/**
 * The parity of each detector and observable without errors, by shots without errors. Where these
 * differ, the parity is random without errors; its reference is then the more frequent value, zero
 * if both are equally frequent.
 *
 * @param parities detectors, then observables
 * @param random how many of them were not the same in all shots
 */
record ReferenceParities(boolean[] parities, int random) {
    /** The most shots that are compared. */
    static final int MAX_SHOTS = 256;

    private static final int MIN_SHOTS = 16;

    /** About how many numbers all shots together may touch, unless they are few. */
    private static final double WORK = 1e9;

    /** The stream that these shots draw from, whatever the run's seed. */
    private static final long STREAM = 5;

    static ReferenceParities of(Program program, Progress progress) {
        int count = program.detectors().length + program.observables().length;
        int shots =
                program.prefix() == program.code().length
                        ? 1
                        : (int) Math.clamp(WORK / program.work(), MIN_SHOTS, MAX_SHOTS);
        BitSource source = BitSource.of(Kernels.chosen(), 0, STREAM, 0);
        Chance chance = new ErrorFreeChance(new RandomChance(source));
        ShotMachine start = new ShotMachine(program);
        start.run(0, program.prefix(), chance, progress);
        ShotMachine machine = new ShotMachine(program);
        int[] ones = new int[count];
        for (int shot = 0; shot < shots; shot++) {
            progress.checkCancelled();
            machine.set(start);
            machine.run(program.prefix(), program.code().length, chance, progress);
            for (int k = 0; k < count; k++) {
                ones[k] += parity(program, machine.record(), k) ? 1 : 0;
            }
        }
        boolean[] parities = new boolean[count];
        int random = 0;
        for (int k = 0; k < count; k++) {
            parities[k] = 2 * ones[k] > shots;
            random += ones[k] != 0 && ones[k] != shots ? 1 : 0;
        }
        return new ReferenceParities(parities, random);
    }

    /** The parity of a detector, or of an observable behind the detectors, in a record. */
    static boolean parity(Program program, long[] record, int index) {
        int detectors = program.detectors().length;
        int[] results =
                index < detectors
                        ? program.detectors()[index]
                        : program.observables()[index - detectors];
        long parity = 0;
        for (int result : results) {
            parity ^= record[result >>> 6] >>> result;
        }
        return (parity & 1) != 0;
    }
}
