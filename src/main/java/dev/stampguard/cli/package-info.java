/**
 * One thin class per subcommand: options, request, service, report, exit code. Start reading here.
 * No SQL and no decisions about schemas.
 */
package dev.stampguard.cli;
