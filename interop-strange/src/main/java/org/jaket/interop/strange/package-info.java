/**
 * A bridge to Strange 0.1.3 (org.redfx:strange), Java's best-known library for learning quantum
 * computing: {@link org.jaket.interop.strange.JaketExecutionEnvironment} runs its programs, {@link
 * org.jaket.interop.strange.StrangePrograms} turns programs into circuits and back.
 */
@NullMarked
package org.jaket.interop.strange;

import org.jspecify.annotations.NullMarked;
