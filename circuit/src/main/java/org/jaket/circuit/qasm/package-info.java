/** OpenQASM 2 and 3: reading and writing. */
@NullMarked
package org.jaket.circuit.qasm;

import org.jspecify.annotations.NullMarked;
