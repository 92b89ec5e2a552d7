package org.jaket.stabilizer.sampling;

import org.jaket.stabilizer.results.ShotBatch;

import java.io.IOException;

/**
 * Says which sweep bits each shot has: those that control the Paulis of operations such as {@code
 * CX sweep[5] 0}.
 *
 * <pre>{@code
 * SweepBits random = batch -> {
 *     for (int shot = 0; shot < batch.shots(); shot++) {
 *         batch.set(shot, 5, isOdd(batch.firstShot() + shot));
 *     }
 * };
 * }</pre>
 *
 * <p>It is asked by one thread only, the one that samples, for one batch after the other in the
 * order of the shots, whatever the number of threads; how many shots a batch has is not its to
 * choose. {@link SweepTable} takes the bits from a file.
 */
@FunctionalInterface
public interface SweepBits {
    /**
     * Fills in the sweep bits of a batch.
     *
     * @param batch has {@link ShotBatch#shots} shots from {@link ShotBatch#firstShot} on, sweep bit
     *     k of a shot being bit k of its row; all bits are zero
     * @throws IOException if they cannot be read
     */
    void fill(ShotBatch batch) throws IOException;
}
