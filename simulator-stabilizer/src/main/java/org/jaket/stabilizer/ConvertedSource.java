package org.jaket.stabilizer;

import org.jaket.execution.Progress;
import org.jaket.stabilizer.results.RecordLayout;
import org.jaket.stabilizer.results.ShotBatch;
import org.jaket.stabilizer.sampling.BatchSource;
import org.jspecify.annotations.Nullable;

/** Detectors and observables of records that another source samples. */
final class ConvertedSource implements BatchSource {
    private final BatchSource records;
    private final DetectionConverter converter;

    ConvertedSource(BatchSource records, DetectionConverter converter) {
        this.records = records;
        this.converter = converter;
    }

    @Override
    public RecordLayout layout() {
        return converter.layout();
    }

    @Override
    public int batchShots(long shots) {
        return records.batchShots(shots);
    }

    @Override
    public Worker worker(int batchShots) {
        Worker worker = records.worker(batchShots);
        ShotBatch results = new ShotBatch(records.bits(), batchShots);
        return new Worker() {
            @Override
            public void fill(
                    long seed,
                    long block,
                    ShotBatch batch,
                    @Nullable ShotBatch sweeps,
                    Progress progress) {
                results.setShots(batch.firstShot(), batch.shots());
                worker.fill(seed, block, results, sweeps, progress);
                ShotBatch converted = converter.convert(results, null);
                System.arraycopy(
                        converted.words(), 0, batch.words(), 0, batch.shots() * batch.stride());
            }
        };
    }
}
