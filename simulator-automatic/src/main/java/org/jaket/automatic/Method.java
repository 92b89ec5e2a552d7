package org.jaket.automatic;

/** How circuits can be simulated. */
public enum Method {
    /** Tableaux and frames: Clifford gates. */
    STABILIZER("stabilizer"),
    /** Clifford and Pauli frames around few amplitudes: few gates that are not Clifford. */
    NEAR_CLIFFORD("nearclifford"),
    /** All amplitudes. */
    STATE_VECTOR("statevector"),
    /** The amplitudes that are not zero. */
    SPARSE("sparse"),
    /** Matrix product states: little entanglement. */
    MATRIX_PRODUCT_STATE("mps"),
    /** All entries of the density matrix: exact noise. */
    DENSITY_MATRIX("densitymatrix");

    private final String text;

    Method(String text) {
        this.text = text;
    }

    /** The name of its engine. */
    public String text() {
        return text;
    }
}
