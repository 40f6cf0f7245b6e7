package io.github.oche.bilevel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.reflect.ClassPath;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds a contract test to its claim that every class of these packages is under it. */
public final class Claimants {
  private Claimants() {}

  /**
   * Fails if a class implements the type and is not among those that are tested.
   *
   * @param type an interface of this package or below
   * @param tested what the contract test runs over
   */
  public static void assertAllTested(Class<?> type, Stream<?> tested) throws IOException {
    Set<Class<?>> known = tested.map(Object::getClass).collect(Collectors.toSet());
    String production =
        Hypergradient.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    Set<Class<?>> claiming =
        ClassPath.from(type.getClassLoader())
            .getTopLevelClassesRecursive(Hypergradient.class.getPackageName())
            .stream()
            .filter(info -> info.url().getPath().contains(production))
            .map(ClassPath.ClassInfo::load)
            .filter(type::isAssignableFrom)
            .filter(c -> !Modifier.isAbstract(c.getModifiers()))
            .collect(Collectors.toSet());
    assertThat(claiming).isNotEmpty();
    assertThat(known).containsAll(claiming);
  }
}
