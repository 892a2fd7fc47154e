/**
 * One thin class per subcommand: options, request, service, report, exit code. Start reading here.
 * No SQL and no decisions about schemas. May see every room.
 */
package dev.stampguard.cli;
