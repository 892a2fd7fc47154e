package dev.stampguard.tool.django;

import dev.stampguard.tool.django.FieldInfo.Kind;
import dev.stampguard.tool.django.FieldInfo.ModelKey;
import dev.stampguard.tool.python.Expression;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the field of a model, {@code models.CharField(…)}. Which classes there are and what they do
 * is in {@code django.db.models.fields} and {@code django.contrib.postgres.fields}.
 *
 * @param app the app of the migration
 * @param model the model's name in small letters, which {@code self} stands for
 * @param userModel what {@code settings.AUTH_USER_MODEL} stands for
 */
record FieldReader(Literals literals, String app, String model, String userModel) {
  private static final Set<String> TEXTS =
      Set.of(
          "CharField",
          "EmailField",
          "FileField",
          "FilePathField",
          "ImageField",
          "SlugField",
          "TextField",
          "URLField",
          "CommaSeparatedIntegerField");

  private static final Set<String> POSITIVE =
      Set.of("PositiveBigIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField");

  private static final Set<String> PLAIN =
      Set.of(
          "AutoField",
          "BigAutoField",
          "SmallAutoField",
          "BigIntegerField",
          "BinaryField",
          "BooleanField",
          "NullBooleanField",
          "DateField",
          "DateTimeField",
          "DecimalField",
          "DurationField",
          "FloatField",
          "GenericIPAddressField",
          "IPAddressField",
          "IntegerField",
          "JSONField",
          "SmallIntegerField",
          "TimeField",
          "UUIDField",
          "GeneratedField",
          "ArrayField",
          "HStoreField",
          "CICharField",
          "CIEmailField",
          "CITextField",
          "SearchVectorField",
          "BigIntegerRangeField",
          "DateRangeField",
          "DateTimeRangeField",
          "DecimalRangeField",
          "IntegerRangeField");

  /** Of a class that is not Django's own it is not known what it makes. */
  FieldInfo read(String name, Expression declaration) {
    if (!(literals.resolve(declaration) instanceof Expression.Call call)
        || !isDjangos(call.function())) {
      return unknown(name);
    }
    String type = literals.called(call);
    Map<String, Expression> keywords = call.keywords();
    return switch (type) {
      case "ForeignKey", "OneToOneField" -> reference(name, call, type.equals("OneToOneField"));
      case "ManyToManyField" -> join(name, call);
      default -> {
        if (!TEXTS.contains(type) && !POSITIVE.contains(type) && !PLAIN.contains(type)) {
          yield unknown(name);
        }
        Optional<String> column = text(keywords, "db_column");
        yield new FieldInfo(
            Kind.COLUMN,
            column.orElse(name),
            column.isPresent(),
            Optional.empty(),
            Optional.empty(),
            false,
            literals.flag(keywords, "unique", false),
            literals.flag(keywords, "db_index", type.equals("SlugField")),
            TEXTS.contains(type),
            POSITIVE.contains(type),
            literals.flag(keywords, "primary_key", false),
            Optional.empty());
      }
    };
  }

  private boolean isDjangos(Expression function) {
    return literals.path(function).filter(path -> path.startsWith("django.")).isPresent();
  }

  private static FieldInfo unknown(String name) {
    return new FieldInfo(
        Kind.UNKNOWN,
        name,
        false,
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        false,
        false,
        false,
        false,
        Optional.empty());
  }

  private Optional<String> text(Map<String, Expression> keywords, String keyword) {
    return Optional.ofNullable(keywords.get(keyword)).flatMap(literals::text);
  }

  private FieldInfo reference(String name, Expression.Call call, boolean isOne) {
    Map<String, Expression> keywords = call.keywords();
    Optional<ModelKey> target = literals.argument(call, 0, "to").flatMap(this::model);
    if (target.isEmpty()) {
      return unknown(name);
    }
    boolean isKey = literals.flag(keywords, "primary_key", false);
    boolean isUnique = isOne || literals.flag(keywords, "unique", false);
    Optional<String> column = text(keywords, "db_column");
    return new FieldInfo(
        Kind.COLUMN,
        column.orElse(name + "_id"),
        column.isPresent(),
        target,
        text(keywords, "to_field"),
        literals.flag(keywords, "db_constraint", true),
        isUnique && !isKey,
        !isUnique && !isKey && literals.flag(keywords, "db_index", true),
        false,
        false,
        isKey,
        Optional.empty());
  }

  private FieldInfo join(String name, Expression.Call call) {
    Map<String, Expression> keywords = call.keywords();
    Optional<ModelKey> target = literals.argument(call, 0, "to").flatMap(this::model);
    if (target.isEmpty()) {
      return unknown(name);
    }
    return new FieldInfo(
        keywords.containsKey("through") ? Kind.NOTHING : Kind.TABLE,
        name,
        false,
        target,
        Optional.empty(),
        literals.flag(keywords, "db_constraint", true),
        false,
        false,
        false,
        false,
        false,
        text(keywords, "db_table"));
  }

  /** The model that an expression names. */
  Optional<ModelKey> model(Expression named) {
    Optional<String> text =
        literals.path(named).filter(path -> path.endsWith(".AUTH_USER_MODEL")).isPresent()
            ? Optional.of(userModel)
            : literals.text(named);
    return text.map(
        name -> {
          String lower = name.toLowerCase(Locale.ROOT);
          int dot = name.indexOf('.');
          return dot < 0
              ? new ModelKey(app, lower.equals("self") ? model : lower)
              : new ModelKey(name.substring(0, dot), lower.substring(dot + 1));
        });
  }
}
