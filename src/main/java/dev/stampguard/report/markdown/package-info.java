/** What a project puts into its own documentation. */
package dev.stampguard.report.markdown;
