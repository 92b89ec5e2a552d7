package org.jaket.stabilizer.diagram;

import org.jaket.circuit.Block;
import org.jaket.circuit.Measurement;
import org.jaket.circuit.Operation;
import org.jaket.circuit.Repeat;
import org.jaket.circuit.Target;

import java.util.IdentityHashMap;
import java.util.List;

/** Which qubit a result of the record belongs to, found without unfolding loops. */
final class ResultQubits {
    private final Block body;
    private final IdentityHashMap<Block, long[]> ends = new IdentityHashMap<>();

    ResultQubits(Block body) {
        this.body = body;
    }

    /** The qubit of a result; the first one of a product; 0 for a result that is not there. */
    int of(long result) {
        return result < 0 || result >= body.results() ? 0 : of(body, result);
    }

    private int of(Block block, long result) {
        long[] sums = ends.computeIfAbsent(block, ResultQubits::ends);
        int low = 0;
        int high = sums.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sums[middle] > result) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        long within = low == 0 ? result : result - sums[low - 1];
        Operation operation = block.operations().get(low);
        return switch (operation) {
            case Repeat r -> of(r.body(), within % r.body().results());
            case Measurement m -> qubit(m, (int) within);
            default -> operation.targets().value((int) within);
        };
    }

    private static int qubit(Measurement m, int result) {
        return switch (m.kind()) {
            case MXX, MYY, MZZ -> m.targets().value(2 * result);
            case MPP -> {
                int left = result;
                int k = 0;
                while (true) {
                    boolean starts = k == 0 || !Target.isCombiner(m.targets().get(k - 1));
                    if (starts && !Target.isCombiner(m.targets().get(k)) && left-- == 0) {
                        yield m.targets().value(k);
                    }
                    k++;
                }
            }
            default -> m.targets().value(result);
        };
    }

    private static long[] ends(Block block) {
        List<Operation> operations = block.operations();
        long[] sums = new long[operations.size()];
        long sum = 0;
        for (int k = 0; k < sums.length; k++) {
            sum += operations.get(k).results();
            sums[k] = sum;
        }
        return sums;
    }
}
