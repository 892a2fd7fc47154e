/**
 * Many databases, or many schemas of one, checked in one run: which ones there are, which of them
 * are this machine's share, and how many are looked at at once. May see every room but {@code cli}
 * and {@code report}.
 */
package dev.stampguard.service.fleet;
