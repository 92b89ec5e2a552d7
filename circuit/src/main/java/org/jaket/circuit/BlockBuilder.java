package org.jaket.circuit;

import java.util.ArrayList;
import java.util.Arrays;

/**
 * Collects operations into a {@link Block}, fusing each with the one before it when both are the
 * same operation on other targets: {@code h(0)} and {@code h(1)} become {@code H 0 1}. Fusion makes
 * circuits small and gives equal circuits one form.
 */
public final class BlockBuilder {
    private final ArrayList<Operation> operations = new ArrayList<>();
    private int[] targets = new int[8];
    private int[] bits = new int[8];
    private int targetCount;
    private int bitCount;
    private boolean growing;

    /** An empty builder. */
    public BlockBuilder() {}

    /** Adds an operation. */
    public BlockBuilder append(Operation operation) {
        if (!operations.isEmpty() && operations.getLast().fusesWith(operation)) {
            if (!growing) {
                growing = true;
                targetCount = 0;
                bitCount = 0;
                collect(operations.getLast());
            }
            collect(operation);
            return this;
        }
        finish();
        operations.add(operation);
        return this;
    }

    /** Adds all operations of a block. */
    public BlockBuilder append(Block block) {
        block.operations().forEach(this::append);
        return this;
    }

    /** Whether nothing was added yet. */
    public boolean isEmpty() {
        return operations.isEmpty();
    }

    /** The block so far; more may be added afterwards for another one. */
    public Block build() {
        finish();
        return Block.owning(new ArrayList<>(operations));
    }

    private void collect(Operation operation) {
        Targets more = operation.targets();
        targets = room(targets, targetCount + more.size());
        more.copyTo(targets, targetCount);
        targetCount += more.size();
        if (operation instanceof Measurement m) {
            bits = room(bits, bitCount + m.bits().size());
            m.bits().copyTo(bits, bitCount);
            bitCount += m.bits().size();
        }
    }

    private static int[] room(int[] array, int size) {
        return size <= array.length
                ? array
                : Arrays.copyOf(array, Math.max(size, 2 * array.length));
    }

    private void finish() {
        if (!growing) {
            return;
        }
        growing = false;
        Operation first = operations.removeLast();
        Targets all = Targets.copyOf(targets, targetCount);
        operations.add(
                first instanceof Measurement m
                        ? m.with(all, Targets.copyOf(bits, bitCount))
                        : first.withTargets(all));
    }
}
