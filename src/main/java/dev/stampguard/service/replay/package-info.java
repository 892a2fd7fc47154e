/** Puts a scratch database, a tool's driver and the bookkeeping of a replay together. */
package dev.stampguard.service.replay;
