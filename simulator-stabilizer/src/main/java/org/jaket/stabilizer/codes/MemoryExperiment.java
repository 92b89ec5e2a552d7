package org.jaket.stabilizer.codes;

import org.jaket.circuit.Circuit;

/**
 * Keeping a logical qubit for some rounds of error correction: which code, how large, how long, how
 * noisy.
 *
 * <p>Immutable; each setter returns another experiment.
 *
 * @param task the code and what is kept
 * @param distance the code's distance
 * @param rounds how often the stabilizers are measured
 * @param afterCliffordDepolarization probability of a depolarising error after each gate, one- or
 *     two-qubit as the gate is
 * @param afterResetFlipProbability probability that a reset leaves the opposite state
 * @param beforeMeasureFlipProbability probability of a flip just before a measurement
 * @param beforeRoundDataDepolarization probability of a depolarising error on each data qubit at
 *     the start of each round
 */
public record MemoryExperiment(
        MemoryTask task,
        int distance,
        long rounds,
        double afterCliffordDepolarization,
        double afterResetFlipProbability,
        double beforeMeasureFlipProbability,
        double beforeRoundDataDepolarization) {

    /** The largest distance: a limit on hostile input, far above what is simulated. */
    public static final int MAX_DISTANCE = 1000;

    /** Checks distance, rounds and probabilities. */
    public MemoryExperiment {
        if (distance < task.leastDistance() || distance > MAX_DISTANCE) {
            throw new IllegalArgumentException(
                    "The distance of a %s is from %d to %d, not %d."
                            .formatted(task.code(), task.leastDistance(), MAX_DISTANCE, distance));
        }
        if (task.needsOddDistance() && distance % 2 == 0) {
            throw new IllegalArgumentException(
                    "The distance of a %s is odd, not %d.".formatted(task.code(), distance));
        }
        if (rounds < task.leastRounds()) {
            throw new IllegalArgumentException(
                    "A %s experiment takes at least %d rounds, not %d."
                            .formatted(task.code(), task.leastRounds(), rounds));
        }
        checkProbability("afterCliffordDepolarization", afterCliffordDepolarization);
        checkProbability("afterResetFlipProbability", afterResetFlipProbability);
        checkProbability("beforeMeasureFlipProbability", beforeMeasureFlipProbability);
        checkProbability("beforeRoundDataDepolarization", beforeRoundDataDepolarization);
    }

    private static void checkProbability(String name, double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException(
                    "%s is a probability from 0 to 1, not %s.".formatted(name, p));
        }
    }

    /** A noiseless experiment of as many rounds as the distance. */
    public static MemoryExperiment of(MemoryTask task, int distance) {
        return new MemoryExperiment(
                task, distance, Math.max(task.leastRounds(), distance), 0, 0, 0, 0);
    }

    /** The same with another number of rounds. */
    public MemoryExperiment rounds(long count) {
        return new MemoryExperiment(
                task,
                distance,
                count,
                afterCliffordDepolarization,
                afterResetFlipProbability,
                beforeMeasureFlipProbability,
                beforeRoundDataDepolarization);
    }

    /** The same with all four kinds of noise of probability {@code p}. */
    public MemoryExperiment noise(double p) {
        return new MemoryExperiment(task, distance, rounds, p, p, p, p);
    }

    /** The same with another probability of errors after gates. */
    public MemoryExperiment afterCliffordDepolarization(double p) {
        return new MemoryExperiment(
                task,
                distance,
                rounds,
                p,
                afterResetFlipProbability,
                beforeMeasureFlipProbability,
                beforeRoundDataDepolarization);
    }

    /** The same with another probability of flips after resets. */
    public MemoryExperiment afterResetFlipProbability(double p) {
        return new MemoryExperiment(
                task,
                distance,
                rounds,
                afterCliffordDepolarization,
                p,
                beforeMeasureFlipProbability,
                beforeRoundDataDepolarization);
    }

    /** The same with another probability of flips before measurements. */
    public MemoryExperiment beforeMeasureFlipProbability(double p) {
        return new MemoryExperiment(
                task,
                distance,
                rounds,
                afterCliffordDepolarization,
                afterResetFlipProbability,
                p,
                beforeRoundDataDepolarization);
    }

    /** The same with another probability of errors on data qubits before each round. */
    public MemoryExperiment beforeRoundDataDepolarization(double p) {
        return new MemoryExperiment(
                task,
                distance,
                rounds,
                afterCliffordDepolarization,
                afterResetFlipProbability,
                beforeMeasureFlipProbability,
                p);
    }

    /** Builds the circuit, with coordinates, detectors and the logical observable 0. */
    public Circuit circuit() {
        return switch (task) {
            case REPETITION_MEMORY -> RepetitionCode.build(this);
            case ROTATED_MEMORY_X, ROTATED_MEMORY_Z, UNROTATED_MEMORY_X, UNROTATED_MEMORY_Z ->
                    SurfaceCode.build(this);
            case COLOR_MEMORY_XYZ -> ColorCode.build(this);
        };
    }
}
