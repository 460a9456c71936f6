// WebKit, steered by its own WebDriver over plain HTTP (https://www.w3.org/TR/webdriver2/): its small browser on a screen that
// nobody sees. WEBKIT_DRIVER and XVFB name the two programs; without them they are looked for on PATH.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** The name that the protocol gives to what identifies an element. */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
/** A machine that compiles something beside this is slow; a condition that holds is waited for no longer than it takes. */
const PATIENCE = 20_000;

export const KEYS = { backspace: "\uE003", delete: "\uE017", enter: "\uE007", left: "\uE012", shift: "\uE008", right: "\uE014" };

/** Starts the screen and the driver; `session` opens a browser that has never seen any page. */
export async function start() {
  const children = [];
  const run = (program, args, options) => {
    const child = spawn(program, args, options);
    children.push(child);
    const failed = new Promise((_, fail) => {
      child.once("error", fail);
      child.once("exit", (code) => fail(new Error(`${program} ended (${code})`)));
    });
    failed.catch(() => {}); // it ends when it is told to
    return { child, failed };
  };
  const stop = () => {
    for (const child of children) child.kill();
  };
  process.once("exit", stop);
  const screen = run(process.env.XVFB || "Xvfb", ["-displayfd", "3", "-screen", "0", "1280x1600x24", "-nolisten", "tcp", "-noreset"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const display = await Promise.race([new Promise((told) => screen.child.stdio[3].once("data", (text) => told(`${text}`.trim()))), screen.failed]);
  const port = await freePort();
  const { failed } = run(process.env.WEBKIT_DRIVER || "WebKitWebDriver", [`--port=${port}`], {
    stdio: ["ignore", "ignore", "inherit"],
    // no session of a desktop is there to be asked for settings and helpers
    env: {
      ...process.env,
      DISPLAY: `:${display}`,
      WAYLAND_DISPLAY: "",
      GDK_BACKEND: "x11",
      NO_AT_BRIDGE: "1",
      GSETTINGS_BACKEND: "memory",
      GIO_USE_VFS: "local",
    },
  });
  const ask = asker(`http://127.0.0.1:${port}`);
  await Promise.race([
    until("the driver answers", () =>
      ask("GET", "/status").then(
        () => true,
        () => false,
      ),
    ),
    failed,
  ]);
  return { session: () => Session.open(ask), stop };
}

/** Asks again and again until there is an answer that counts; an error counts as no answer until patience ends. */
export async function until(what, ask) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    let last;
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`not within ${PATIENCE / 1000} s: ${what}`, { cause: last });
    await sleep(40);
  }
}

function freePort() {
  const server = createServer();
  return new Promise((found) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

function asker(address) {
  return async (method, path, body) => {
    const response = await fetch(address + path, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
}

class Session {
  #ask;

  constructor(ask) {
    this.#ask = ask;
  }

  static async open(ask) {
    const { sessionId } = await ask("POST", "/session", { capabilities: { alwaysMatch: {} } });
    return new Session((method, path, body) => ask(method, `/session/${sessionId}${path}`, body));
  }

  go = (url) => this.#ask("POST", "/url", { url });
  reload = () => this.#ask("POST", "/refresh", {});
  address = () => this.#ask("GET", "/url");
  title = () => this.#ask("GET", "/title");
  close = () => this.#ask("DELETE", "");

  /** Runs a function in the page and hands back what it returns. */
  run(script, ...args) {
    return this.#ask("POST", "/execute/sync", { script: `return (${script}).apply(null, arguments)`, args });
  }

  /** The same for one that calls its last argument with the answer. */
  runAndWait(script, ...args) {
    return this.#ask("POST", "/execute/async", { script: `(${script}).apply(null, arguments)`, args });
  }

  /** The element that a function finds in the page, or an XPath, as soon as it is there; it can be handed to scripts. */
  find(place) {
    return until(`there is ${place}`, () => (typeof place === "function" ? this.run(place) : this.#ask("POST", "/element", { using: "xpath", value: place })));
  }

  /** Clicks as a person does: where it can be seen, and not through something else. */
  async click(place) {
    await until(`${place} can be clicked`, async () => {
      const { [ELEMENT]: id } = await this.find(place);
      await this.#ask("POST", `/element/${id}/click`, {});
      return true;
    });
  }

  /** The text as it is seen, or nothing where there is no such element. */
  text = (xpath) => this.run((xpath) => document.evaluate(xpath, document, null, 9).singleNodeValue?.innerText.replace(/\s+/g, " ").trim() ?? "", xpath);

  /** Presses keys one after the other; what is in `held` stays down meanwhile. */
  async press(keys, held = []) {
    const of = (type) => (value) => ({ type, value });
    const strokes = [...keys].flatMap((key) => [of("keyDown")(key), of("keyUp")(key)]);
    const actions = [...held.map(of("keyDown")), ...strokes, ...held.map(of("keyUp"))];
    await this.#ask("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  /** Does something inside a frame of the page that is at hand. */
  async inside(frame, task) {
    await this.#ask("POST", "/frame", { id: frame });
    try {
      return await task();
    } finally {
      await this.#ask("POST", "/frame/parent", {});
    }
  }
}
