package io.github.oche.darts;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.CaseFormat;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.oche.data.Dataset;
import io.github.oche.data.ImageData;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Objects;

/** What {@code run.json} says, as trees of maps and lists: all that is needed to repeat a run. */
public final class Provenance {
  private Provenance() {}

  /**
   * All of {@code run.json}.
   *
   * @param what is done, all that decides what it comes to
   * @param threads that do it
   * @return that, what ran, and the threads
   */
  public static ImmutableMap<String, Object> run(Map<String, ?> what, int threads) {
    return ImmutableMap.<String, Object>builder()
        .putAll(what)
        .put("software", software())
        .put("threads", threads)
        .buildOrThrow();
  }

  /**
   * What ran.
   *
   * @return versions of Oche and of Java, and the machine
   */
  public static ImmutableMap<String, Object> software() {
    String version = Provenance.class.getPackage().getImplementationVersion();
    return ImmutableMap.<String, Object>builder()
        .put("oche", Objects.requireNonNullElse(version, "development"))
        .put("java", System.getProperty("java.version", ""))
        .put("java_vm", System.getProperty("java.vm.name", ""))
        .put("os", System.getProperty("os.name", "") + " " + System.getProperty("os.arch", ""))
        .put("cores", Runtime.getRuntime().availableProcessors())
        .buildOrThrow();
  }

  /**
   * What it ran on.
   *
   * @param data as it was read
   * @return name, sizes and SHA-256; reads all pixels
   */
  public static ImmutableMap<String, Object> of(Dataset data) {
    ImageData images = data.train();
    return ImmutableMap.<String, Object>builder()
        .put("name", data.name())
        .put("sha256", data.sha256())
        .put("train_images", images.count())
        .put("test_images", data.test().map(ImageData::count).orElse(0))
        .put("shape", ImmutableList.of(images.channels(), images.height(), images.width()))
        .put("classes", images.classes())
        .put("mean", data.normalisation().mean())
        .put("deviation", data.normalisation().deviation())
        .buildOrThrow();
  }

  /**
   * Settings, component by component, so that none can be forgotten.
   *
   * @param settings a public record; its components may be records too
   * @return names in the form {@code train_images}, with the values
   */
  public static ImmutableMap<String, Object> of(Record settings) {
    ImmutableMap.Builder<String, Object> tree = ImmutableMap.builder();
    for (RecordComponent component : settings.getClass().getRecordComponents()) {
      String name = CaseFormat.LOWER_CAMEL.to(CaseFormat.LOWER_UNDERSCORE, component.getName());
      tree.put(name, value(settings, component));
    }
    return tree.buildOrThrow();
  }

  private static Object value(Record settings, RecordComponent component) {
    try {
      Object value = component.getAccessor().invoke(settings);
      checkArgument(value != null, "%s of %s is null", component.getName(), settings);
      return value instanceof Record record
          ? of(record)
          : value instanceof Enum<?> constant
              ? constant.name().toLowerCase(java.util.Locale.ROOT)
              : value instanceof Map<?, ?> || value instanceof Number || value instanceof Boolean
                  ? value
                  : value.toString();
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalArgumentException(settings.getClass() + " is no public record", e);
    }
  }
}
