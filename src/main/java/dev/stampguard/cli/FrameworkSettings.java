package dev.stampguard.cli;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import io.smallrye.config.SysPropConfigSource;

/**
 * Keeps the environment from the framework: {@code QUARKUS_…} variables are meant for an
 * application, and one of them that this program was not built for would be warned of, or end it.
 */
public final class FrameworkSettings implements SmallRyeConfigBuilderCustomizer {
  /**
   * Set by {@link Main}: the framework's own build, which asks this class as well, may read all.
   */
  static final String ALONE = "stampguard.framework.alone";

  @Override
  public void configBuilder(SmallRyeConfigBuilder builder) {
    if (Boolean.getBoolean(ALONE)) {
      builder
          .setAddDefaultSources(false)
          .setAddSystemSources(false)
          .withSources(new SysPropConfigSource());
    }
  }

  /** After every other, of which some ask for these sources. */
  @Override
  public int priority() {
    return Integer.MAX_VALUE;
  }
}
