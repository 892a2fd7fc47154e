/**
 * A database built anew from a project's scripts beside the present one, with its rows on request,
 * to take its place. May see every room but {@code cli} and {@code report}.
 */
package dev.stampguard.service.recreate;
