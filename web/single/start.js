// Starts the playground from one file: what web/boot.js fetches for the site stands in the page itself, packed.
// web/single/build.mjs puts the scripts of the site behind the names that are imported here.
import { Editor } from "netpol:editor";
import begin, { answer } from "netpol:engine";
import "netpol:exports";
import start from "netpol:playground";

const element = (id) => document.getElementById(id);

/** A module's bytes: gzip in base64, in a script element that no browser runs. */
async function unpacked(name) {
  const packed = Uint8Array.from(atob(element(`packed-${name}`).textContent), (unit) => unit.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

let beginning;
/** The engine in the page's own thread: a file has no other. What `engines` in web/boot.js makes, without the way over the network. */
const engine = {
  ready: () => (beginning ??= unpacked("engine").then((bytes) => begin({ module_or_path: bytes }))),
  answer: async (question) => answer(question),
  end() {},
};

/** The page of the codes is a page of its own in the site; here it comes over the table, at the code that was asked for. */
function openCodes(event) {
  const code = event.target.closest?.("a[href^='codes.html#']")?.hash.slice(1);
  const inside = event.target.closest?.("dialog.codes a[href^='#']")?.hash.slice(1);
  if (!code && !inside) return;
  event.preventDefault();
  const dialog = element("codes");
  if (!dialog.hasChildNodes()) dialog.append(closer(dialog), element("codes-text").content);
  if (!dialog.open) dialog.showModal();
  dialog.querySelector(`section[id="${CSS.escape(code ?? inside)}"]`)?.scrollIntoView();
}

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
