package org.jaket.automatic;

/**
 * A result and how it came about.
 *
 * @param value the result
 * @param choice the method that gave it
 */
public record Answer<T>(T value, Choice choice) {}
