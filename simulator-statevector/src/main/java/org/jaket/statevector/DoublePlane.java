package org.jaket.statevector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Single numbers in a double-precision segment, by index. */
final class DoublePlane {
    private DoublePlane() {}

    static double get(MemorySegment segment, long index) {
        return segment.getAtIndex(ValueLayout.JAVA_DOUBLE, index);
    }

    static void set(MemorySegment segment, long index, double x) {
        segment.setAtIndex(ValueLayout.JAVA_DOUBLE, index, x);
    }
}
