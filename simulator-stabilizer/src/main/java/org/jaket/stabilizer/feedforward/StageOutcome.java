package org.jaket.stabilizer.feedforward;

import org.jaket.stabilizer.frames.ShotRows;
import org.jaket.stabilizer.results.ShotBatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What came out of the stages of a batch of shots so far: measurement results and detection events,
 * stage by stage. Observables are not to be seen. Batches are made when they are asked for; valid
 * during the call of the {@link Decision} only.
 */
public final class StageOutcome {
    private final long firstShot;
    private final int shots;
    private final List<long[]> resultFlips;
    private final List<long[]> events;
    private final long[] reference;
    private final List<Integer> resultEnds = new ArrayList<>(List.of(0));
    private final List<Integer> eventEnds = new ArrayList<>(List.of(0));

    StageOutcome(
            long firstShot,
            int shots,
            List<long[]> resultFlips,
            List<long[]> events,
            long[] reference) {
        this.firstShot = firstShot;
        this.shots = shots;
        this.resultFlips = resultFlips;
        this.events = events;
        this.reference = reference;
    }

    /** Notes that a stage has ended. */
    void end() {
        resultEnds.add(resultFlips.size());
        eventEnds.add(events.size());
    }

    /** Returns the number of the stage that has just ended, the first being 0. */
    public int stage() {
        return resultEnds.size() - 2;
    }

    /** Returns the number of the batch's first shot in the whole run. */
    public long firstShot() {
        return firstShot;
    }

    /** Returns how many shots the batch has. */
    public int shots() {
        return shots;
    }

    /**
     * Returns the detection events of a stage: bit k of a shot is the stage's detector k.
     *
     * @param ofStage at most {@link #stage}
     */
    public ShotBatch detectors(int ofStage) {
        Objects.checkIndex(ofStage, stage() + 1);
        return batch(events.subList(eventEnds.get(ofStage), eventEnds.get(ofStage + 1)));
    }

    /**
     * Returns the measurement results of a stage: bit k of a shot is the stage's result k.
     *
     * @param ofStage at most {@link #stage}
     */
    public ShotBatch results(int ofStage) {
        Objects.checkIndex(ofStage, stage() + 1);
        int from = resultEnds.get(ofStage);
        return results(from, resultEnds.get(ofStage + 1));
    }

    /** Returns the detection events of all stages so far. */
    public ShotBatch detectors() {
        return batch(events);
    }

    /** Returns the measurement results of all stages so far. */
    public ShotBatch results() {
        return results(0, resultFlips.size());
    }

    private ShotBatch results(int from, int to) {
        ShotBatch batch = batch(resultFlips.subList(from, to));
        for (int shot = 0; shot < shots; shot++) {
            for (int k = from; k < to; k++) {
                if ((reference[k >> 6] >>> k & 1) != 0) {
                    int at = shot * batch.stride() + (k - from >> 6);
                    batch.words()[at] ^= 1L << k - from;
                }
            }
        }
        return batch;
    }

    ShotBatch batch(List<long[]> rows) {
        ShotBatch batch = new ShotBatch(rows.size(), shots);
        batch.setShots(firstShot, shots);
        if (!rows.isEmpty()) {
            ShotRows.store(rows, ShotRows.first(shots, rows.getFirst().length), batch);
        }
        return batch;
    }
}
