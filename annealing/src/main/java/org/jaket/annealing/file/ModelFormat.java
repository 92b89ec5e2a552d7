package org.jaket.annealing.file;

/**
 * The formats of model files. Each says what it holds; what it has no place for, a writer puts into
 * a comment that the reader here understands, or refuses.
 *
 * <p>Formats whose variables are non-negative integers keep the labels of a model whose labels are
 * all of that kind, in ascending order, and number the variables from 0 otherwise. Their readers
 * make a variable of each integer that a file mentions, in ascending order.
 */
public enum ModelFormat {
    /**
     * Coordinates: a line {@code i j v} for each term, {@code i i v} for linear ones; terms of the
     * same variables add up. A comment {@code # vartype=SPIN} tells the values, which are binary
     * without it; a comment {@code # offset=1.5} is the constant.
     */
    COO("coordinate list"),

    /**
     * dimod's binary format, versions 1 and 2 (written: 2): everything, with labels that are
     * integers, numbers, strings or lists of these.
     */
    DIMOD_BQM("dimod binary quadratic model"),

    /**
     * qbsolv's {@code .qubo}: {@code p qubo 0 nodes linear quadratic}, then the terms of binary
     * variables. Comments {@code c scale : 2.5}, {@code c offset : 1.5}, {@code c description :
     * "..."} before it are understood, others of that shape become metadata. Written from a model
     * of spins it is the same function of binary variables.
     */
    QBSOLV("qbsolv QUBO"),

    /**
     * A weighted graph whose largest cut is sought, as in Gset, rudy and MQLib: {@code nodes
     * edges}, then {@code i j w} with nodes from 1. The model has spins, node k is variable k-1,
     * the weights are its interactions, and {@link ModelDocument#objective} turns an energy into
     * the cut. Models with linear terms cannot be written.
     */
    MAX_CUT("Max-Cut graph"),

    /**
     * MQLib's QUBO: {@code n lines}, then {@code i j q} with variables from 1; the maximum of x'Qx
     * is sought, where Q is symmetric and only half of it is given, so that a product counts twice.
     * The model is its negative.
     */
    MQLIB_QUBO("MQLib QUBO"),

    /**
     * The JSON of BQPJSON, version 1: variables that are integers, binary or spins, scale, offset,
     * description and metadata. The scale is multiplied into the model. Solutions that a file lists
     * are not kept.
     */
    BQPJSON("BQPJSON"),

    /**
     * Qubist: {@code sites lines}, then {@code i j v} with spins from 0, {@code i i v} for linear
     * terms.
     */
    QUBIST("Qubist"),

    /**
     * QUBOTools' {@code .qb}, which is HDF5: binary variables or spins with any integers or strings
     * as labels, scale, offset, whether the function is made small or large, description and
     * metadata. The scale is multiplied into the model; solutions that a file lists are not kept.
     * It can be read only, and only where the optional library {@code io.jhdf:jhdf} is there.
     */
    QUBIN("QUBOTools QUBin"),

    /** A MiniZinc program that minimises the model; it can be written only. */
    MINIZINC("MiniZinc");

    private final String title;

    ModelFormat(String title) {
        this.title = title;
    }

    /** What people call it. */
    public String title() {
        return title;
    }

    /** Whether {@link ModelFile} reads it. */
    public boolean canBeRead() {
        return this != MINIZINC;
    }

    /** Whether {@link ModelFile} writes it. */
    public boolean canBeWritten() {
        return this != QUBIN;
    }
}
