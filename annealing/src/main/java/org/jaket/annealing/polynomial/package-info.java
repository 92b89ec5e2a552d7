/**
 * Formulas of variables, and polynomials of any degree in variables of two values.
 *
 * <p>An {@link org.jaket.annealing.polynomial.Expression} is written the way one writes it on
 * paper, over variables of any {@linkplain org.jaket.annealing.polynomial.VariableKind kind}. A
 * {@link org.jaket.annealing.polynomial.Polynomial} holds numbers only and is made to be evaluated
 * and turned into a quadratic model ({@link org.jaket.annealing.polynomial.QuadraticReduction}).
 */
@NullMarked
package org.jaket.annealing.polynomial;

import org.jspecify.annotations.NullMarked;
