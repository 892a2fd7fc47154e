/** A diagnosis as commands of a GitHub workflow, which shows them beside the scripts' lines. */
package dev.stampguard.report.github;
