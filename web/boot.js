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

try {
  if (typeof WebAssembly === "undefined") throw new Error("WebAssembly is not defined");
  const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
  const { default: init } = await import(js);
  await init({ module_or_path: new URL(wasm, import.meta.url) });
  document.getElementById("boot")?.remove();
} catch (cause) {
  explain(cause);
}
