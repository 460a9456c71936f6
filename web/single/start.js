// Starts the playground from one file: what web/boot.js fetches for the site stands in the page itself, packed.
// web/single/build.mjs puts the scripts of the site behind the names that are imported here.
import { Editor } from "netpol:editor";
import begin, { answer } from "netpol:engine";
import "netpol:exports";
import start from "netpol:playground";

/** @param {string} id */
const element = (id) => document.getElementById(id);

/**
 * A module's bytes: gzip in base64, in a script element that no browser runs.
 * @param {string} name
 */
async function unpacked(name) {
  const packed = Uint8Array.from(atob(element(`packed-${name}`)?.textContent ?? ""), (unit) => unit.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

/** @type {Promise<unknown> | undefined} */
let beginning;
/**
 * The engine in the page's own thread: a file has no other. What `engines` in web/boot.js makes, without the way over the network.
 * @type {import("../types.d.ts").Engines}
 */
const engine = {
  ready: () => (beginning ??= unpacked("engine").then((bytes) => begin({ module_or_path: bytes }))),
  answer: async (question) => answer(question),
  end() {},
};

/**
 * The page of the codes is a page of its own in the site; here it comes over the table, at the code that was asked for.
 * @param {MouseEvent} event
 */
function openCodes(event) {
  const { target } = event;
  const links = "a[href^='codes.html#'], dialog.codes a[href^='#']";
  const link = /** @type {HTMLAnchorElement | null} */ (target instanceof Element ? target.closest(links) : null);
  const code = link?.hash.slice(1);
  if (!code) return;
  event.preventDefault();
  const dialog = /** @type {HTMLDialogElement} */ (element("codes"));
  const text = /** @type {HTMLTemplateElement} */ (element("codes-text"));
  if (!dialog.hasChildNodes()) dialog.append(closer(dialog), text.content);
  if (!dialog.open) dialog.showModal();
  dialog.querySelector(`section[id="${CSS.escape(code)}"]`)?.scrollIntoView();
}

/** @param {HTMLDialogElement} dialog */
function closer(dialog) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Close" });
  button.addEventListener("click", () => dialog.close());
  return button;
}

globalThis.netpolEngine = engine;
globalThis.NetpolEditor = Editor;
addEventListener("click", openCodes);

try {
  await start({ module_or_path: await unpacked("playground") });
} catch (cause) {
  const boot = element("boot");
  boot?.setAttribute("role", "alert");
  if (boot) boot.textContent = `The playground could not start. What the browser said: ${cause}`;
}
