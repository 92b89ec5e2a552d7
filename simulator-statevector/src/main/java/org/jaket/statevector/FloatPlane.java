package org.jaket.statevector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Single numbers in a single-precision segment, by index; arithmetic on them is in double. */
final class FloatPlane {
    private FloatPlane() {}

    static double get(MemorySegment segment, long index) {
        return segment.getAtIndex(ValueLayout.JAVA_FLOAT, index);
    }

    static void set(MemorySegment segment, long index, double x) {
        segment.setAtIndex(ValueLayout.JAVA_FLOAT, index, (float) x);
    }
}
