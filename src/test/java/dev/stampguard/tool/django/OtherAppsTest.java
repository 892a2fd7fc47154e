package dev.stampguard.tool.django;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stampguard.tool.python.PythonModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which apps are installed, and where the packages are that are not the project's. */
class OtherAppsTest {
  @TempDir private Path root;

  private void write(String file, String text) throws Exception {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private InstalledApps read(String file) throws Exception {
    var apps = new InstalledApps(root);
    Path path = root.resolve(file);
    apps.read(path, PythonModule.parse(Files.readString(path)));
    return apps;
  }

  @Test
  void listsArePutTogether() throws Exception {
    write("conf/base.py", "THEIRS = ['a.b', \"c\"]\nINSTALLED_APPS: list = THEIRS + ('d',)\n");
    write(
        "conf/local/__init__.py",
        """
        from ..base import *
        INSTALLED_APPS += ["e"]
        INSTALLED_APPS = ["first", *INSTALLED_APPS]
        INSTALLED_APPS.append("f")
        INSTALLED_APPS.remove("c")
        if DEBUG:
            INSTALLED_APPS.append("toolbar")
        AUTH_USER_MODEL = "d.Person"
        """);

    InstalledApps apps = read("conf/local/__init__.py");

    assertThat(apps.names()).containsExactlyInAnyOrder("first", "a.b", "d", "e", "f");
    assertThat(apps.text("AUTH_USER_MODEL")).contains("d.Person");
    assertThat(apps.text("INSTALLED_APPS")).isEmpty();
  }

  @Test
  void modulesThatImportEachOtherAreReadOnce() throws Exception {
    write("a.py", "from b import *\nINSTALLED_APPS += ['y']\n");
    write("b.py", "from a import *\nINSTALLED_APPS = ['x']\n");

    assertThat(read("a.py").names()).containsExactlyInAnyOrder("x", "y");
  }

  @Test
  void theFirstEnvironmentWithDjangoCounts() throws Exception {
    Path old = root.resolve("venv/lib/python3.9/site-packages");
    Path young = root.resolve("venv/lib/python3.12/site-packages");
    write(".venv/lib/python3.12/site-packages/flask/__init__.py", "");
    write("venv/lib/python3.9/site-packages/django/__init__.py", "");
    write("venv/lib/python3.12/site-packages/other/__init__.py", "");
    write("active/lib/python3.12/site-packages/django/__init__.py", "");

    assertThat(SitePackages.of(List.of(root), Map.of())).containsExactly(young, old);
    assertThat(
            SitePackages.of(
                List.of(root), Map.of("VIRTUAL_ENV", root.resolve("active").toString())))
        .containsExactly(root.resolve("active/lib/python3.12/site-packages"));
  }

  @Test
  void packagesAreFoundByNameOrConfiguration() throws Exception {
    write("site/shop/migrations/0001_initial.py", "");
    write("site/tags/apps.py", "class C(AppConfig):\n    name = 'tags'\n    label = 'taggit'\n");
    write("site/tags/migrations/__init__.py", "");
    write("site/plain/__init__.py", "");
    write("site/moved/migrations/0001_initial.py", "");
    write("blog/__init__.py", "");
    Path site = root.resolve("site");

    OtherApps found =
        OtherApps.find(
            List.of(
                "shop", "tags.apps.C", "plain", "blog", "gone.apps.Gone", "../x", "mine", "moved"),
            root,
            Set.of("mine"),
            Set.of("moved"),
            List.of(site));

    assertThat(found.apps())
        .extracting(AppFinder.App::label, app -> app.shown().orElseThrow())
        .containsExactly(tuple("shop", "shop/migrations"), tuple("taggit", "tags/migrations"));
    assertThat(found.missing()).containsExactly("gone.apps.Gone", "moved");
  }
}
