package dev.stampguard.tool;

import com.fasterxml.jackson.databind.node.BaseJsonNode;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * In the native executable a node of Jackson's tree, which the parser of TOML makes of a file, does
 * not write itself as JSON: nobody asks it to, and the mapper that would do it comes with all that
 * it can map.
 */
@TargetClass(BaseJsonNode.class)
final class WithoutMapper {
  private WithoutMapper() {}

  @Substitute
  @Override
  public String toString() {
    return "a node";
  }
}
