package dev.stampguard.report;

/** Everything a command can print as its result; each form of output switches over all of them. */
public sealed interface Report
    permits DiagnosisReport,
        OfflineReport,
        HistoryReport,
        ComparisonReport,
        TargetReport,
        SyncReport,
        SnapshotReport,
        RepairReport,
        BackupReport,
        RestoreReport {}
