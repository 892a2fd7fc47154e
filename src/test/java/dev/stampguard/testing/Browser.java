package dev.stampguard.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.opentest4j.TestAbortedException;

/**
 * A real Chromium without a window, driven through ChromeDriver's own protocol: plain HTTP and JSON
 * (https://www.w3.org/TR/webdriver2/), so that no client library is needed.
 */
public final class Browser implements AutoCloseable {
  /** Keys as the protocol writes them. */
  public static final String TAB = "\ue004";

  public static final String ENTER = "\ue007";
  public static final String DOWN = "\ue015";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process driver;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String session;

  private Browser(Process driver, int port, boolean dark) throws IOException, InterruptedException {
    this.driver = driver;
    String root = "http://127.0.0.1:" + port + "/session";
    JsonNode created = post(root, wanted(dark));
    this.session = root + "/" + created.path("sessionId").asText();
  }

  /**
   * Starts one.
   *
   * @param dark whether its user prefers dark pages
   */
  public static Browser start(boolean dark) throws IOException, InterruptedException {
    Path program = Path.of("/usr/bin/chromedriver");
    if (!Files.isExecutable(program)) {
      String reason =
          "The page was NOT looked at in a browser: install Debian's chromium and chromium-driver";
      if (System.getenv("CI") != null) {
        Assertions.fail(reason);
      }
      System.err.println("SKIPPED: " + reason);
      throw new TestAbortedException(reason);
    }
    Process driver =
        new ProcessBuilder(program.toString(), "--port=0").redirectErrorStream(true).start();
    try {
      return new Browser(driver, port(driver), dark);
    } catch (IOException | InterruptedException | RuntimeException e) {
      driver.destroy();
      throw e;
    }
  }

  private static int port(Process driver) throws IOException {
    BufferedReader said = driver.inputReader(StandardCharsets.UTF_8);
    var all = new StringBuilder();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        return Integer.parseInt(started.group(1));
      }
      all.append(line).append('\n');
    }
    throw new IOException("ChromeDriver did not start: " + all);
  }

  private static ObjectNode wanted(boolean dark) {
    var body = MAPPER.createObjectNode();
    ObjectNode wanted = body.putObject("capabilities").putObject("alwaysMatch");
    wanted.put("browserName", "chrome");
    wanted.putObject("goog:loggingPrefs").put("browser", "ALL");
    var arguments = wanted.putObject("goog:chromeOptions").putArray("args");
    List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--blink-settings=preferredColorScheme=" + (dark ? 0 : 1))
        .forEach(arguments::add);
    return body;
  }

  /** Opens a file in a window of this width. */
  public void open(Path page, int width) throws IOException, InterruptedException {
    var metrics = MAPPER.createObjectNode();
    metrics.put("width", width).put("height", 900).put("deviceScaleFactor", 1);
    metrics.put("mobile", width < 600);
    devTools("Emulation.setDeviceMetricsOverride", metrics);
    post(session + "/url", MAPPER.createObjectNode().put("url", page.toUri().toString()));
    // On a busy machine the driver answers while a long page is still being read.
    while (!run("return document.readyState").asText().equals("complete")) {
      Thread.sleep(20);
    }
  }

  /** What a piece of script answers. */
  public JsonNode run(String script) throws IOException, InterruptedException {
    var body = MAPPER.createObjectNode().put("script", script);
    body.putArray("args");
    return post(session + "/execute/sync", body);
  }

  /** Presses keys where the focus is, one after another. */
  public void press(String keys) throws IOException, InterruptedException {
    var body = MAPPER.createObjectNode();
    ObjectNode keyboard = body.putArray("actions").addObject();
    keyboard.put("type", "key").put("id", "keyboard");
    var actions = keyboard.putArray("actions");
    keys.codePoints()
        .mapToObj(Character::toString)
        .forEach(
            key -> {
              actions.addObject().put("type", "keyDown").put("value", key);
              actions.addObject().put("type", "keyUp").put("value", key);
            });
    post(session + "/actions", body);
  }

  /** Clicks the middle of the first element that a selector finds. */
  public void click(String selector) throws IOException, InterruptedException {
    JsonNode found =
        post(
            session + "/element",
            MAPPER.createObjectNode().put("using", "css selector").put("value", selector));
    post(
        session + "/element/" + found.elements().next().asText() + "/click",
        MAPPER.createObjectNode());
  }

  /** What the console said since it was last asked, violations of the page's policy included. */
  public List<String> console() throws IOException, InterruptedException {
    var said = new ArrayList<String>();
    post(session + "/se/log", MAPPER.createObjectNode().put("type", "browser"))
        .forEach(
            entry -> said.add(entry.path("level").asText() + " " + entry.path("message").asText()));
    return said;
  }

  /** The whole page, however long, as a PNG. */
  public byte[] picture() throws IOException, InterruptedException {
    var options = MAPPER.createObjectNode().put("captureBeyondViewport", true);
    JsonNode size =
        run("return [document.documentElement.scrollWidth, document.documentElement.scrollHeight]");
    options
        .putObject("clip")
        .put("x", 0)
        .put("y", 0)
        .put("scale", 1)
        .put("width", size.path(0).asInt())
        .put("height", Math.min(size.path(1).asInt(), 8000));
    return Base64.getDecoder()
        .decode(devTools("Page.captureScreenshot", options).path("data").asText());
  }

  private JsonNode devTools(String command, ObjectNode parameters)
      throws IOException, InterruptedException {
    var body = MAPPER.createObjectNode().put("cmd", command);
    body.set("params", parameters);
    return post(session + "/goog/cdp/execute", body);
  }

  private JsonNode post(String url, ObjectNode body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            request.header("Content-Type", "application/json").timeout(PATIENCE).build(),
            HttpResponse.BodyHandlers.ofString());
    JsonNode value = MAPPER.readTree(response.body()).path("value");
    if (response.statusCode() != 200) {
      throw new IOException("ChromeDriver: " + value.path("message").asText());
    }
    return value;
  }

  /** Ends the browser and its driver. */
  @Override
  public void close() throws IOException {
    try {
      send(HttpRequest.newBuilder(URI.create(session)).DELETE());
      driver.destroy();
      driver.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      driver.destroyForcibly();
      http.close();
    }
  }
}
