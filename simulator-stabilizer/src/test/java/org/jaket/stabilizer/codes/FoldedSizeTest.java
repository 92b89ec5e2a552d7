package org.jaket.stabilizer.codes;

import static org.assertj.core.api.Assertions.assertThat;

import org.jaket.circuit.Block;
import org.jaket.circuit.Circuit;
import org.jaket.circuit.Operation;
import org.junit.jupiter.api.Test;

class FoldedSizeTest {
    @Test
    void tenMillionOperationsAreStoredAsAFewHundred() {
        Circuit memory = SurfaceCode.rotatedMemoryX(11).rounds(200_000).noise(1e-3).circuit();
        assertThat(memory.body().operationCount()).isGreaterThan(10_000_000);
        long[] stored = new long[2];
        count(memory.body(), stored);
        // A round has some 20 operations and 120 detectors; two rounds and the loop are stored,
        // however many are run.
        assertThat(stored[0]).isLessThan(1_000);
        // Each target is an int: far below a megabyte.
        assertThat(stored[1]).isLessThan(50_000);
    }

    private static void count(Block block, long[] stored) {
        for (Operation operation : block.operations()) {
            stored[0]++;
            stored[1] += operation.targets().size();
            operation.blocks().forEach(inner -> count(inner, stored));
        }
    }
}
