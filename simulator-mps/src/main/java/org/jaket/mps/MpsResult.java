package org.jaket.mps;

import org.jaket.execution.Shots;

/**
 * Shots and what they lost.
 *
 * @param shots the results
 * @param truncation of the worst trajectory
 */
public record MpsResult(Shots shots, Truncation truncation) {}
