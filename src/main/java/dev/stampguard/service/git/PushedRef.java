package dev.stampguard.service.git;

import java.util.ArrayList;
import java.util.List;

/**
 * One line that git gives a pre-push hook (githooks(5)).
 *
 * @param localRef what is pushed, as it was named
 * @param localOid the object; zeros when the remote's ref is deleted
 * @param remoteOid what the remote has there; zeros when nothing
 */
public record PushedRef(String localRef, String localOid, String remoteOid) {
  /** The lines on a hook's standard input; what is none is left out. */
  public static List<PushedRef> parse(List<String> lines) {
    var refs = new ArrayList<PushedRef>();
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      if (words.length == 4) {
        refs.add(new PushedRef(words[0], words[1], words[3]));
      }
    }
    return refs;
  }

  boolean isDeletion() {
    return isNone(localOid);
  }

  boolean isNew() {
    return isNone(remoteOid);
  }

  /** Git writes as many zeros as its hash is long. */
  private static boolean isNone(String oid) {
    return oid.chars().allMatch(digit -> digit == '0');
  }
}
