/**
 * A reader of the part of Python that migration scripts are written in. It runs nothing and decides
 * nothing about schemas: text goes in, a small tree comes out, and whatever the tree has no word
 * for is {@link dev.stampguard.tool.python.Expression.Opaque} with its place. Sees no other
 * package.
 */
package dev.stampguard.tool.python;
