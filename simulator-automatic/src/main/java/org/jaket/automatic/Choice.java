package org.jaket.automatic;

/**
 * What the choice fell on.
 *
 * @param method how the circuit was simulated
 * @param reason why: one sentence with the figures that decided, and methods tried before
 */
public record Choice(Method method, String reason) {}
