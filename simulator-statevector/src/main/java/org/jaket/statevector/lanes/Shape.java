package org.jaket.statevector.lanes;

/** What is known of a 2x2 matrix before its parameters are: how much arithmetic it takes. */
enum Shape {
    /** All entries are real. */
    REAL,
    /** The first row is real: a rotation about Y and a phase behind it. */
    HALF_REAL,
    /** Nothing. */
    COMPLEX
}
