/** Short programs that show one thing each. */
@NullMarked
package org.jaket.examples;

import org.jspecify.annotations.NullMarked;
