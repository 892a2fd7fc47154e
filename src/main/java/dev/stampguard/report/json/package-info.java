/**
 * Reports as JSON, the form scripts rely on; its shape is fixed by {@code
 * resources/schema/stampguard-1.json}.
 */
package dev.stampguard.report.json;
