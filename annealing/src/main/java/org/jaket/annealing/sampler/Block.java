package org.jaket.annealing.sampler;

/** Reads that are worked on side by side. */
final class Block {
    /** How many reads make a block: two registers of eight floats, or one of sixteen. */
    static final int LANES = 16;

    private Block() {}
}
