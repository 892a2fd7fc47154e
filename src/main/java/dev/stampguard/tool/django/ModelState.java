package dev.stampguard.tool.django;

import dev.stampguard.catalog.ObjectKind;
import dev.stampguard.tool.django.FieldInfo.ModelKey;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The models as the migrations read so far leave them. */
final class ModelState {
  /** Tables of Django's own apps that are not named after their models. */
  private static final Map<ModelKey, String> CONTRIB =
      Map.of(
          new ModelKey("contenttypes", "contenttype"), "django_content_type",
          new ModelKey("sites", "site"), "django_site",
          new ModelKey("sessions", "session"), "django_session",
          new ModelKey("admin", "logentry"), "django_admin_log",
          new ModelKey("flatpages", "flatpage"), "django_flatpage",
          new ModelKey("redirects", "redirect"), "django_redirect");

  private final Map<ModelKey, Model> models = new LinkedHashMap<>();

  /** One model; what it holds changes. */
  static final class Model {
    String table;
    boolean hasOwnTable;
    final boolean isManaged;
    final Map<String, FieldInfo> fields = new LinkedHashMap<>();

    /** What was declared over several columns, and the name it got. */
    final Map<String, Part> parts = new LinkedHashMap<>();

    /** The names of foreign keys: what they point at may be renamed, and they are not. */
    final Map<String, String> keys = new LinkedHashMap<>();

    Model(String table, boolean hasOwnTable, boolean isManaged) {
      this.table = table;
      this.hasOwnTable = hasOwnTable;
      this.isManaged = isManaged;
    }

    Model copy() {
      var copy = new Model(table, hasOwnTable, isManaged);
      copy.fields.putAll(fields);
      copy.parts.putAll(parts);
      copy.keys.putAll(keys);
      return copy;
    }

    String column(String field) {
      FieldInfo info = fields.get(field);
      return info == null ? field : info.column();
    }
  }

  /**
   * An index or a constraint.
   *
   * @param kind which of both
   */
  record Part(ObjectKind kind, String name) {}

  ModelState copy() {
    var copy = new ModelState();
    models.forEach((key, model) -> copy.models.put(key, model.copy()));
    return copy;
  }

  static String usualTable(ModelKey key) {
    return DjangoNames.table(key.app() + "_" + key.name());
  }

  void put(ModelKey key, Model model) {
    models.put(key, model);
  }

  Optional<Model> find(ModelKey key) {
    return Optional.ofNullable(models.get(key));
  }

  Optional<Model> remove(ModelKey key) {
    return Optional.ofNullable(models.remove(key));
  }

  Map<ModelKey, Model> all() {
    return models;
  }

  static ModelKey key(String app, String model) {
    return new ModelKey(app, model.toLowerCase(Locale.ROOT));
  }

  /**
   * What a foreign key points at.
   *
   * @param isText whether its column is text
   * @param isOwn whether it is a model of this project
   */
  record Referenced(String table, String column, boolean isText, boolean isOwn) {}

  /** Empty where it is a model of an app that nothing is known of. */
  Optional<Referenced> referenced(ModelKey key, Optional<String> field) {
    Model model = models.get(key);
    if (model == null) {
      return CONTRIB.containsKey(key) || key.app().equals("auth")
          ? Optional.of(
              new Referenced(
                  CONTRIB.getOrDefault(key, usualTable(key)),
                  key.name().equals("session") ? "session_key" : "id",
                  key.name().equals("session"),
                  false))
          : Optional.empty();
    }
    Optional<FieldInfo> info =
        field
            .map(name -> Optional.ofNullable(model.fields.get(name)))
            .orElseGet(() -> model.fields.values().stream().filter(FieldInfo::isKey).findFirst());
    return Optional.of(
        new Referenced(
            model.table,
            info.map(FieldInfo::column).orElse("id"),
            info.filter(this::isText).isPresent(),
            true));
  }

  /** Whether a column is text: a foreign key is what it points at. */
  boolean isText(FieldInfo field) {
    return field.isText()
        || (field.kind() == FieldInfo.Kind.COLUMN
            && field
                .target()
                .flatMap(target -> referenced(target, field.targetColumn()))
                .filter(Referenced::isText)
                .isPresent());
  }
}
