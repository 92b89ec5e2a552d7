/**
 * A bridge to Strange 0.1.3 (org.redfx:strange), a library to learn quantum computing in Java:
 * {@link org.jaket.interop.strange.JaketExecutionEnvironment} runs its programs on Jaket's state
 * vectors, {@link org.jaket.interop.strange.StrangePrograms} turns programs into circuits and back.
 *
 * <p>Strange's own simulator, {@code SimpleQuantumExecutionEnvironment}, is the measure for what
 * results look like, but not where it is wrong. What it gets wrong, and this bridge does not:
 *
 * <ol>
 *   <li>It computes in single precision throughout, so rounding errors add up and norms drift. Here
 *       angles are those that gates were made with, matrices the unitaries nearest to what Strange
 *       holds, and only the amplitudes that come out are rounded, once.
 *   <li>{@code RotationZ} (and {@code Rotation} about Z) has the same phase in both places of its
 *       matrix, so it does nothing but to the global phase.
 *   <li>{@code Toffoli} is wrong for about half of the orders of its operands, among them all whose
 *       target lies between the controls.
 *   <li>Several gates in one step are often wrong when one of them acts on qubits that are not
 *       neighbours, and refused beside an {@code Oracle}.
 *   <li>Two-qubit gates that get their qubits from {@code setMainQubitIndex} and {@code
 *       setAdditionalQubit} are left out silently.
 *   <li>{@code initializeQubit(k, alpha)} sets qubit n - 1 - k.
 *   <li>Programs without steps fail.
 *   <li>Measurements do not collapse the state, so that gates after them see a superposition that
 *       is gone, and {@code Qubit.measure} tells what the qubit is at the end and not what it was
 *       when it was measured. {@code Program.addStep} refuses H and the target of a CNOT there, but
 *       no other gate.
 *   <li>{@code Result.measureSystem} runs past the end of its array when the probabilities add up
 *       to less than the number that it draws.
 *   <li>The inverse of a block inverts the gates inside one by one, so it is wrong where an object
 *       stands in the block twice and for gates of a user's class, and it changes them. Whether a
 *       block is inverted cannot be asked.
 *   <li>A program is taken apart once: steps that are changed after the first run are run as they
 *       were. Running writes into the steps.
 *   <li>{@code PermutationGate}s are refused.
 *   <li>A {@code ProbabilitiesGate} makes the other gates of its step be left out, or fails.
 *   <li>An asynchronous run of a program that is wrong says nothing to its caller.
 *   <li>{@code Fourier} is a matrix of 4^n objects, every step makes 2^n objects and keeps them,
 *       and adding a step looks at all steps before, so that long programs take quadratic time.
 *   <li>A {@code ControlledBlockGate} of the block of a {@code Fourier} gate does nothing. Here it
 *       is an error, which says what to do instead.
 * </ol>
 *
 * <p>What a gate says of itself is taken as it is. A {@code ControlledBlockGate} made from a {@code
 * BlockGate} keeps the block alone, so it does not know that the gate was inverted; {@code Add}
 * adds the qubits right above the first register, wherever the second one was said to be; {@code
 * setInverse(false)} inverts rotations as {@code setInverse(true)} does.
 */
@NullMarked
package org.jaket.interop.strange;

import org.jspecify.annotations.NullMarked;
