// Starts the page without an inline script, and says why in plain words when it cannot start.
// Trunk writes the names of the two built files into this script's own tag (see pattern_script in Trunk.toml).

/** @import { EngineScript, FromWorker, ModuleScript } from "./messages.d.ts" */
/** @import { Engines } from "./types.d.ts" */
/** @typedef {{ answer: Engines["answer"], end(): void }} Engine */

/**
 * What stands in #boot in place of "loading": text nodes only, whatever the cause says.
 * @param {unknown} cause
 */
function explain(cause) {
  const boot = document.getElementById("boot") ?? document.createElement("div");
  const paragraphs = ["The playground could not start.", advice(), `What the browser said: ${cause}`].map((text) => {
    const paragraph = document.createElement("p");
    paragraph.textContent = text;
    return paragraph;
  });
  boot.setAttribute("role", "alert");
  boot.replaceChildren(...paragraphs);
  if (!boot.isConnected) document.body.append(boot);
}

function advice() {
  if (typeof WebAssembly === "undefined") {
    return "It computes everything in your browser with WebAssembly, which is missing or switched off here (some hardened profiles do that). Any other current browser will do.";
  }
  return "Reloading often helps: a file may have been lost on the way. If it does not, a content blocker or an old browser may be in the way.";
}

const own = /** @type {HTMLElement} */ (document.querySelector("script[data-wasm]"));
const { js = "", wasm = "", engine = "", panels = "" } = own.dataset;
/** @param {string} name */
const address = (name) => new URL(name, import.meta.url).href;

/**
 * Fetches styles that the page begins without.
 * @param {string} name
 */
function fetchStyles(name) {
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: address(name) }));
}

/** The one script that may run beside the page. */
const WORKER = address("worker.js");
const policy = globalThis.trustedTypes?.createPolicy("netpol-worker", { createScriptURL: () => WORKER });
const scriptOfWorker = () => policy?.createScriptURL("") ?? WORKER;

/**
 * The engine's bytes, fetched and compiled beside the page's own; kept for the worker that comes after this one.
 * @type {Promise<WebAssembly.Module> | undefined}
 */
let compiled;
function engineModule() {
  compiled ??= fetch(address(engine.replace(/\.js$/, "_bg.wasm")))
    .then((response) => response.arrayBuffer())
    .then((bytes) => WebAssembly.compile(bytes))
    .catch((cause) => {
      compiled = undefined; // there may be a connection the next time
      throw cause;
    });
  return compiled;
}

/**
 * The engine in a thread of its own. Resolves once it can be asked; `ended` hears when it has died.
 * @param {() => void} ended
 * @returns {Promise<Engine>}
 */
function inWorker(ended) {
  const worker = new Worker(scriptOfWorker(), { type: "module", name: "engine" });
  return new Promise((ready, fail) => {
    /** @type {{ done(answer: Uint8Array): void, fail(cause: unknown): void } | undefined} */
    let waiting;
    let isReady = false;
    /** @param {unknown} cause */
    const died = (cause) => {
      worker.terminate();
      if (isReady) ended();
      fail(cause);
      waiting?.fail(cause);
    };
    worker.onerror = (event) => died(new Error(event.message || "the worker could not start"));
    worker.onmessageerror = died;
    worker.onmessage = (/** @type {MessageEvent<FromWorker>} */ { data }) => {
      if (data.cause) died(new Error(data.cause));
      else if (data.answer) waiting?.done(data.answer);
      else {
        isReady = true;
        ready({
          answer: (question) =>
            new Promise((done, fail) => {
              waiting = { done, fail };
              worker.postMessage({ question }, [question.buffer]);
            }),
          end: () => worker.terminate(),
        });
      }
    };
    engineModule().then((module) => worker.postMessage({ script: address(engine), module }), died);
  });
}

let instances = 0;
/**
 * The engine in the page's own thread, where no worker can be: in a frame without an origin, say. There nothing can end it.
 * @returns {Promise<Engine>}
 */
async function inThread() {
  // a script has one instance of its module, which is of no use any more once it has died
  instances += 1;
  const [module, imported] = await Promise.all([engineModule(), import(instances > 1 ? `${address(engine)}?${instances}` : address(engine))]);
  const script = /** @type {EngineScript} */ (imported);
  await script.default({ module_or_path: module });
  return { answer: async (question) => script.answer(question), end() {} };
}

/** @type {boolean | undefined} */
let hadWorker = self.origin !== "null" && typeof Worker !== "undefined" ? undefined : false;
/**
 * A worker, or, where the first one could not start, the page's thread. What was ended in a worker never comes back into it.
 * @param {() => void} ended
 * @returns {Promise<Engine>}
 */
async function begin(ended) {
  if (hadWorker === false) return inThread();
  try {
    const one = await inWorker(ended);
    hadWorker = true;
    return one;
  } catch (cause) {
    if (hadWorker || !compiled) throw cause; // without the module there is no engine anywhere
    hadWorker = false;
    return inThread();
  }
}

/**
 * One engine, and the next where that has ended.
 * @returns {Engines}
 */
function engines() {
  /** @type {Promise<Engine> | undefined} */
  let current;
  const next = () => {
    /** @type {Promise<Engine>} */
    const one = begin(() => forget(one));
    one.catch(() => forget(one));
    return one;
  };
  /** @param {Promise<Engine>} one */
  const forget = (one) => {
    if (current === one) current = undefined;
  };
  return {
    ready: () => (current ??= next()),
    async answer(question) {
      const one = await current;
      if (!one) throw new Error("the engine has ended");
      return one.answer(question);
    },
    end() {
      current?.then(
        (one) => one.end(),
        () => {},
      );
      current = undefined;
    },
  };
}
globalThis.netpolEngine ??= engines();

const DRAFTS = "netpol.draft";
/** Puts what stands in the fields behind the drafts that are kept, as crates/playground/src/draft.rs writes them. */
function keepText() {
  /** @param {string} id */
  const area = (id) => /** @type {HTMLTextAreaElement | null} */ (document.querySelector(`textarea#${id}`));
  /** @param {string} id */
  const field = (id) => globalThis.NetpolEditor?.of(id)?.text() ?? area(id)?.value ?? "";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what keeps drafts apart
  const text = (/** @type {string} */ id) => field(id).replace(/[\0-\u0002]/g, (unit) => `\u0002${unit.charCodeAt(0)}`);
  const draft = `\u0001${text("policies")}\0${text("cluster")}`;
  const kept = localStorage.getItem(DRAFTS) ?? "";
  if (!kept.endsWith(draft)) localStorage.setItem(DRAFTS, kept + draft);
}

/**
 * A trap, or a stack that has run over: after either the module's memory is not to be trusted.
 * @param {unknown} cause
 */
const isDeadly = (cause) => cause instanceof WebAssembly.RuntimeError || (cause instanceof Error && /call stack|recursion/.test(cause.message));

/**
 * Says that the page's own module has died; its last table is not to be taken for that of the text any more.
 * @param {unknown} cause
 */
function pageDied(cause) {
  const root = document.documentElement;
  if (!isDeadly(cause) || root.classList.contains("dead")) return;
  root.classList.add("dead");
  let help = "Your text can be copied; then reload the page.";
  try {
    if (!document.body.classList.contains("embed")) {
      keepText();
      help = "Your text is kept: reload the page and restore your draft, or copy it.";
    }
  } catch {} // storage may be closed
  const words = `This page has failed and does not answer any more. ${help}`;
  document.body.append(Object.assign(document.createElement("p"), { className: "activity", role: "alert", textContent: words }));
}
addEventListener("error", ({ error }) => pageDied(error));
addEventListener("unhandledrejection", ({ reason }) => pageDied(reason));

const whenIdle = globalThis.requestIdleCallback ?? setTimeout;

/** Fetches the editor and tells the page, which puts it in the place of its text fields. */
async function fetchEditor() {
  const name = document.querySelector("meta[name=editor]")?.getAttribute("content");
  if (!name || navigator.connection?.saveData) return;
  const script = /** @type {typeof import("./editor/main.js")} */ (await import(address(name)));
  globalThis.NetpolEditor = script.Editor;
  dispatchEvent(new Event("netpol-editor"));
}

/** Only a built site is kept: while the page is worked on, nothing of it may be stale. And none for somebody's article. */
const keepForLater = () => globalThis.IS_BUILT && self === top && import(address("offline.js"));

try {
  if (typeof WebAssembly === "undefined") throw new Error("WebAssembly is not defined");
  // the page's module first: it shows what is there; the engine's is larger, and nobody waits for it to read
  const module = fetch(address(wasm));
  module.catch(() => {}); // `init` says so
  globalThis.netpolEngine.ready().catch(() => {}); // the page says where it cannot be had
  const { default: init } = /** @type {ModuleScript} */ (await import(js));
  await init({ module_or_path: module });
  fetchStyles(panels);
  // the first table before anything else: then what leaves the page, and the editor; where that cannot come, the plain text
  // fields stay. What works without a network is kept last of all, and where that cannot be, nobody misses it before there is none
  await globalThis.netpolEngine.ready().catch(() => {});
  whenIdle(() => import(address("exports.js")).catch(() => {}));
  requestAnimationFrame(() =>
    whenIdle(() =>
      fetchEditor()
        .catch(() => {})
        .then(keepForLater)
        .catch(() => {}),
    ),
  );
} catch (cause) {
  explain(cause);
}
