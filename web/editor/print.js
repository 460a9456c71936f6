// On paper the whole text: the editor draws only the lines that are in sight, so a plain copy stands in for it while the
// page is printed. web/panels.css knows it by its part, since no style sheet reaches into a shadow root.

/**
 * @param {ShadowRoot} root - of the editor
 * @param {import("@codemirror/view").EditorView} view
 */
export function printWhole(root, view) {
  const copy = document.createElement("pre");
  copy.part = "paper";
  const show = () => {
    if (!view.dom.isConnected) return; // another editor has come in its place
    // the why names lines by their numbers
    const lines = [...view.state.doc.iterLines()].map((line, index) => `${String(index + 1).padStart(4)}  ${line}`);
    copy.textContent = lines.join("\n");
    root.append(copy);
    // it insists on being seen
    view.dom.style.setProperty("display", "none", "important");
  };
  const leave = () => {
    copy.remove();
    view.dom.style.removeProperty("display");
  };
  const paper = matchMedia("print");
  paper.addEventListener("change", () => (paper.matches ? show() : leave()));
  // some browsers tell of it only so
  addEventListener("beforeprint", show);
  addEventListener("afterprint", leave);
}
