package org.jaket.circuit.qasm;

import java.util.List;

/** A parsed text. */
record Program(Source source, int version, List<Statement> statements) {}
