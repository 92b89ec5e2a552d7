/**
 * What noise does to the detectors and observables of a circuit: error analysis, explanations of
 * single errors, and searches for the smallest or likeliest undetectable logical error.
 */
@NullMarked
package org.jaket.stabilizer.errors;

import org.jspecify.annotations.NullMarked;
