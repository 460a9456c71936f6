// Starts the page without an inline script, and says why in plain words when it cannot start.
// Trunk writes the names of the two built files into this script's own tag (see pattern_script in Trunk.toml).

/** What stands in #boot in place of "loading": text nodes only, whatever the cause says. */
function explain(cause) {
  const boot = document.getElementById("boot") ?? document.createElement("div");
  const paragraphs = [
    "The playground could not start.",
    advice(),
    `What the browser said: ${cause}`,
  ].map((text) => {
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

const { js, wasm, engine, panels } = document.querySelector("script[data-wasm]").dataset;
const address = (name) => new URL(name, import.meta.url);

/** Fetches styles that the page begins without. */
function fetchStyles(name) {
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: address(name) }));
}

/** The one script that may run beside the page. */
const WORKER = address("worker.js").href;
const policy = globalThis.trustedTypes?.createPolicy("netpol-worker", { createScriptURL: () => WORKER });
const scriptOfWorker = () => policy?.createScriptURL("") ?? WORKER;

/** The engine's bytes, fetched and compiled beside the page's own; kept for the worker that comes after this one. */
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

/** The engine in a thread of its own. Resolves once it can be asked. */
function inWorker() {
  const worker = new Worker(scriptOfWorker(), { type: "module", name: "engine" });
  return new Promise((ready, fail) => {
    let waiting;
    const died = (cause) => {
      worker.terminate();
      fail(cause);
      waiting?.fail(cause);
    };
    worker.onerror = (event) => died(new Error(event.message || "the worker could not start"));
    worker.onmessageerror = died;
    worker.onmessage = ({ data }) => {
      if (data.cause) died(new Error(data.cause));
      else if (data.answer) waiting?.done(data.answer);
      else
        ready({
          answer: (question) =>
            new Promise((done, fail) => {
              waiting = { done, fail };
              worker.postMessage({ question }, [question.buffer]);
            }),
          end: () => worker.terminate(),
        });
    };
    engineModule().then((module) => worker.postMessage({ script: address(engine).href, module }), died);
  });
}

/** The engine in the page's own thread, where no worker can be: in a frame without an origin, say. */
async function inThread() {
  const [module, script] = await Promise.all([engineModule(), import(address(engine))]);
  await script.default({ module_or_path: module });
  return { answer: async (question) => script.answer(question), end() {} };
}

/** One engine, and the next where that has ended. */
function engines(begin) {
  let current;
  return {
    ready() {
      current ??= begin().catch((cause) => {
        current = undefined;
        throw cause;
      });
      return current;
    },
    answer: async (question) => (await current).answer(question),
    end() {
      current?.then((one) => one.end(), () => {});
      current = undefined;
    },
  };
}
const canHaveWorker = self.origin !== "null" && typeof Worker !== "undefined";
globalThis.netpolEngine ??= engines(() => (canHaveWorker ? inWorker().catch(inThread) : inThread()));

const DRAFTS = "netpol.draft";
/** Puts what stands in the fields behind the drafts that are kept, as crates/playground/src/draft.rs writes them. */
function keepText() {
  const text = (id) => globalThis.NetpolEditor?.of(id)?.text() ?? document.querySelector(`textarea#${id}`)?.value ?? "";
  const draft = `\u0001${text("policies")}\0${text("cluster")}`;
  const kept = localStorage.getItem(DRAFTS) ?? "";
  if (!kept.endsWith(draft)) localStorage.setItem(DRAFTS, kept + draft);
}

/** Says that the page's own module has died; its last table is not to be taken for that of the text any more. */
function pageDied({ error, reason }) {
  const root = document.documentElement;
  if (!((error ?? reason) instanceof WebAssembly.RuntimeError) || root.classList.contains("dead")) return;
  root.classList.add("dead");
  try {
    keepText();
  } catch {} // storage may be closed; the text can still be copied
  const words = "This page has failed and does not answer any more. Your text is kept: reload the page and restore your draft, or copy it.";
  const bar = Object.assign(document.createElement("p"), { className: "activity", role: "alert", textContent: words });
  document.body.append(bar);
}
addEventListener("error", pageDied);
addEventListener("unhandledrejection", pageDied);

const whenIdle = globalThis.requestIdleCallback ?? setTimeout;

/** Fetches the editor and tells the page, which puts it in the place of its text fields. */
async function fetchEditor() {
  const name = document.querySelector("meta[name=editor]")?.content;
  if (!name || navigator.connection?.saveData) return;
  const { Editor } = await import(address(name));
  globalThis.NetpolEditor = Editor;
  dispatchEvent(new Event("netpol-editor"));
}

/** Only a built site is kept: while the page is worked on, nothing of it may be stale. And none for somebody's article. */
const keepForLater = () => globalThis.IS_BUILT && self === top && import("./offline.js");

try {
  if (typeof WebAssembly === "undefined") throw new Error("WebAssembly is not defined");
  globalThis.netpolEngine.ready().catch(() => {}); // both at once; the page says where it cannot be had
  const { default: init } = await import(js);
  await init({ module_or_path: address(wasm) });
  fetchStyles(panels);
  // the first table before anything else: then what leaves the page, and the editor; where that cannot come, the plain text
  // fields stay. What works without a network is kept last of all, and where that cannot be, nobody misses it before there is none
  await globalThis.netpolEngine.ready().catch(() => {});
  whenIdle(() => import(address("exports.js")).catch(() => {}));
  requestAnimationFrame(() => whenIdle(() => fetchEditor().catch(() => {}).then(keepForLater).catch(() => {})));
} catch (cause) {
  explain(cause);
}
