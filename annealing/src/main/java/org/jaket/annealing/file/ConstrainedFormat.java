package org.jaket.annealing.file;

/** The formats of files of constrained models, and what each holds. */
public enum ConstrainedFormat {
    /**
     * dimod's binary format, versions 1.1 to 2.0 (written: 2.0, compressed): everything, with
     * labels that are integers, numbers, strings or lists of these. Bounds are kept as they are:
     * dimod's own defaults are 0 to 2^53 - 1 for integers and 0 to 1e30 for reals. Linear
     * coefficients of 0 are not kept.
     */
    DIMOD_CQM("dimod constrained quadratic model"),

    /**
     * dimod's binary format of quadratic models, version 1 (written: 1.0): an objective of
     * variables of all kinds, with labels as above, and no constraints.
     */
    DIMOD_QM("dimod quadratic model"),

    /**
     * dimod's binary format of discrete models, version 1 (written: 1.1, compressed): what {@link
     * org.jaket.annealing.constrained.DiscreteModel#toConstrainedModel} makes of one, and its
     * {@link org.jaket.annealing.constrained.DiscreteModel#from} understands. Labels of variables
     * are kept, those of their cases are numbers from 0.
     */
    DIMOD_DQM("dimod discrete quadratic model"),

    /**
     * LP files, in the dialect of CPLEX that dimod shares: a linear or quadratic objective to be
     * minimised or maximised, constraints, bounds, binary and general variables. Numbers and
     * variables may stand on both sides of a constraint; a range {@code c: -1 <= x + y <= 3}
     * becomes two constraints, {@code c.low} and {@code c.high}. Lazy constraints are constraints,
     * user cuts are passed over. On a right side a sign or a name at the beginning of a line after
     * numbers alone begins the next constraint. A variable is real from 0 to infinity if the file
     * does not say otherwise; a binary variable with tighter bounds is read as an integer. Names
     * are words, so that labels that are none get names when they are written, and stand in a
     * comment {@code \ label variable x3 = "take[3]"}, which the reader here understands; one-hot
     * marks are kept in the same way. Spins and soft constraints cannot be written.
     */
    LP("LP");

    private final String title;

    ConstrainedFormat(String title) {
        this.title = title;
    }

    /** What people call it. */
    public String title() {
        return title;
    }
}
