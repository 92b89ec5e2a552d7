package org.jaket.stabilizer.feedforward;

import org.jaket.stabilizer.results.ShotBatch;

/**
 * A decoder between two stages: sees what came out so far and chooses the sweep bits of the next
 * stage, whose operations such as {@code CX sweep[3] 7} are the corrections.
 */
@FunctionalInterface
public interface Decision {
    /**
     * Decides for a batch of shots. What it decides for a shot should depend on the outcome of that
     * shot alone; then results do not depend on the number of threads.
     *
     * @param outcome what came out, up to the stage that has just ended
     * @param sweeps takes the sweep bits of the next stage: bit k of a shot's row is {@code
     *     sweep[k]}; all are zero
     */
    void decide(StageOutcome outcome, ShotBatch sweeps);
}
