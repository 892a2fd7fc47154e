package dev.stampguard.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stampguard.catalog.CatalogComparison.Difference;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatalogComparisonTest {
  private static final QualifiedName USERS = new QualifiedName("public", "users");

  @Test
  void findsNothingBetweenEqualCatalogs() {
    CatalogComparison comparison =
        CatalogComparison.of(catalog(users(), id("integer")), catalog(users(), id("integer")));
    assertThat(comparison.equal()).isTrue();
    assertThat(comparison.exact()).isTrue();
  }

  @Test
  void foldsWhatIsInsideAMissingRelation() {
    CatalogComparison comparison =
        CatalogComparison.of(catalog(users(), id("integer"), index()), catalog());
    assertThat(comparison.onlyLeft())
        .extracting(ObjectName::toString)
        .containsExactly("table public.users");
    assertThat(comparison.onlyRight()).isEmpty();
    assertThat(comparison.equal()).isFalse();
  }

  @Test
  void namesWhatOneRelationHasMore() {
    CatalogComparison comparison =
        CatalogComparison.of(catalog(users()), catalog(users(), id("integer"), index()));
    assertThat(comparison.onlyLeft()).isEmpty();
    assertThat(comparison.onlyRight())
        .extracting(ObjectName::toString)
        .containsExactly("column public.users.id", "index public.ix_users_id");
  }

  @Test
  void showsBothDefinitions() {
    CatalogComparison comparison =
        CatalogComparison.of(catalog(users(), id("integer")), catalog(users(), id("bigint")));
    assertThat(comparison.different())
        .containsExactly(
            new Difference(ObjectName.inside(ObjectKind.COLUMN, USERS, "id"), "integer", "bigint"));
  }

  @Test
  void comparesBodiesOfOneMajorOnly() {
    assertThat(
            CatalogComparison.of(catalog(view(18, "SELECT 1")), catalog(view(18, "SELECT 2")))
                .different())
        .containsExactly(
            new Difference(
                ObjectName.of(ObjectKind.VIEW, "public", "v"),
                "view (a integer)\nSELECT 1",
                "view (a integer)\nSELECT 2"));
    CatalogComparison across =
        CatalogComparison.of(catalog(view(15, "SELECT t.a")), catalog(view(18, "SELECT a")));
    assertThat(across.equal()).isTrue();
    assertThat(across.exact()).isFalse();
  }

  private static CatalogSnapshot catalog(CatalogObject... objects) {
    return CatalogSnapshot.of("18.3", Arrays.asList(objects));
  }

  private static CatalogObject users() {
    return new CatalogObject(
        ObjectName.of(ObjectKind.TABLE, USERS),
        Optional.empty(),
        new Definition.Canonical("table"));
  }

  private static CatalogObject id(String type) {
    return new CatalogObject(
        ObjectName.inside(ObjectKind.COLUMN, USERS, "id"),
        Optional.of(USERS),
        new Definition.Canonical(type));
  }

  private static CatalogObject index() {
    return new CatalogObject(
        ObjectName.of(ObjectKind.INDEX, "public", "ix_users_id"),
        Optional.of(USERS),
        new Definition.Canonical("CREATE INDEX"));
  }

  private static CatalogObject view(int major, String body) {
    return new CatalogObject(
        ObjectName.of(ObjectKind.VIEW, "public", "v"),
        Optional.empty(),
        new Definition.Canonical(
            "view (a integer)", Optional.of(new Definition.Body(major, body))));
  }
}
