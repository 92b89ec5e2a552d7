package org.jaket.annealing.sampler;

import jdk.incubator.vector.FloatVector;

import org.jaket.execution.VectorKernels;

/** Which kernels run, decided once: see {@link VectorKernels}. */
final class Kernels {
    /** Whether the Vector API's kernels run: where registers have at least 256 bits. */
    static final boolean VECTOR =
            VectorKernels.areChosen("Samplers", () -> FloatVector.SPECIES_PREFERRED.length() >= 8);

    private Kernels() {}
}
