/**
 * One simulator in front of all methods: {@link org.jaket.automatic.AutomaticSimulator} looks at a
 * circuit, estimates what each method would cost, runs the cheapest and says why.
 */
@NullMarked
package org.jaket.automatic;

import org.jspecify.annotations.NullMarked;
