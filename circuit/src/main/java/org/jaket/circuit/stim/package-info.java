/** Stim's text formats: circuits and detector error models. */
@NullMarked
package org.jaket.circuit.stim;

import org.jspecify.annotations.NullMarked;
