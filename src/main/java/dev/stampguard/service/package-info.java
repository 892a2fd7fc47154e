/**
 * The use cases: each gathers facts from the rooms that may touch the world and hands them to the
 * pure ones. May see every room but {@code cli} and {@code report}.
 */
package dev.stampguard.service;
