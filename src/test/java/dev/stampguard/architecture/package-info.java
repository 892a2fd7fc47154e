/** The rule of the rooms (DESIGN, section 2), checked on the compiled classes. */
package dev.stampguard.architecture;
