package dev.stampguard.diagnosis;

import dev.stampguard.catalog.CatalogSnapshot;
import dev.stampguard.catalog.ObjectName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the rules judge.
 *
 * @param catalog what is there, without the ledger
 * @param revisions every revision's diagnosis by its id, oldest first
 * @param causes per revision the one with whose objects all went that it lacks
 * @param trueState which state of the scripts is there; empty when none is
 * @param extras objects that no revision creates
 */
record Situation(
    Facts facts,
    CatalogSnapshot catalog,
    ObjectHistory history,
    Map<String, RevisionDiagnosis> revisions,
    Map<String, String> causes,
    Optional<TrueState> trueState,
    List<ObjectName> extras) {}
