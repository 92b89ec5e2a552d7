package org.jaket.annealing.topology;

import org.jaket.annealing.problem.ConformanceData;

import java.io.IOException;

/** A real Advantage2 processor, as it describes itself to its users. */
public final class RealProcessor {
    private RealProcessor() {}

    /** Its graph; a test that asks for it is skipped where the description is not at hand. */
    public static HardwareGraph load() throws IOException {
        return HardwareGraph.read(ConformanceData.of("sapi/advantage2_system1.5-solver.json"));
    }
}
