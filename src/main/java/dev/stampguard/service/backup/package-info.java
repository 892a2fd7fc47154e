/** Making, proving and restoring backups. */
package dev.stampguard.service.backup;
