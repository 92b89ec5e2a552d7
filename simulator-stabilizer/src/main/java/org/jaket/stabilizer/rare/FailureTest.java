package org.jaket.stabilizer.rare;

import org.jaket.stabilizer.results.ShotBatch;

/** Says which shots fail, for example because a decoder predicts the wrong observables. */
@FunctionalInterface
public interface FailureTest {
    /**
     * Judges a batch. The same shot must always get the same answer.
     *
     * @param shots detectors and observables
     * @param failed receives the answers, one for each of {@code shots.shots()}
     */
    void judge(ShotBatch shots, boolean[] failed);
}
