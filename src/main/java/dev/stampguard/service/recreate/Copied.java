package dev.stampguard.service.recreate;

import dev.stampguard.catalog.QualifiedName;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rows that were copied.
 *
 * @param rows how many of each table, counted on both sides; tables without rows are left out
 * @param remarks one sentence each about what stayed behind or gave way
 */
public record Copied(SortedMap<QualifiedName, Long> rows, List<String> remarks) {
  public Copied {
    rows = Collections.unmodifiableSortedMap(new TreeMap<>(rows));
    remarks = List.copyOf(remarks);
  }
}
