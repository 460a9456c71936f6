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

const { js, wasm, links, advice: adviser, panels } = document.querySelector("script[data-wasm]").dataset;
const address = (name) => new URL(name, import.meta.url);

/** Resolves when the styles are there; without them, what they are for is still to be read. */
const styled = (name) =>
  new Promise((done) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address(name), onload: done, onerror: done });
    document.head.append(link);
  });

/** A module apart from the page, with its styles: its functions join the object as soon as they are here. */
function apart(script, names, styles) {
  let fetching;
  const fetchAll = async () => {
    const looks = styles && styled(styles);
    const module = await import(address(script));
    await module.default({ module_or_path: address(script.replace(/\.js$/, "_bg.wasm")) });
    await looks;
    for (const name of names) part[name] = module[name];
  };
  const part = {
    isHere: () => names[0] in part,
    load() {
      fetching ??= fetchAll().catch((cause) => {
        fetching = undefined; // there may be a connection the next time
        throw cause;
      });
      return fetching;
    },
  };
  return part;
}
globalThis.netpolLinks = apart(links, ["read", "write"]);
globalThis.netpolAdvice = apart(adviser, ["answer"], panels);

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

/** Names a built-in text, or nothing: then the page reads its address by itself (`plain` in codec.rs). */
const isPlain = (fragment) => /^(#\/?|#\/s\/[a-z0-9]+(-[a-z0-9]+){0,9})?$/.test(fragment) && fragment.length < 64;

try {
  if (typeof WebAssembly === "undefined") throw new Error("WebAssembly is not defined");
  // both at once; the page knows what to say where its address cannot be read
  const reader = isPlain(location.hash) ? undefined : globalThis.netpolLinks.load().catch(() => {});
  const { default: init } = await import(js);
  await reader;
  await init({ module_or_path: address(wasm) });
  document.getElementById("boot")?.remove();
  // a link is soon asked for, and there may be no connection then
  whenIdle(() => {
    globalThis.netpolLinks.load().catch(() => {});
    import(address("exports.js")).catch(() => {});
  });
  // painted first, with the plain text fields; where the editor cannot come, they stay. What works without a network is
  // kept last of all, and where that cannot be, nobody misses it before there is none
  requestAnimationFrame(() => whenIdle(() => fetchEditor().catch(() => {}).then(keepForLater).catch(() => {})));
} catch (cause) {
  explain(cause);
}
