// What leaves the page by a press of a button in the share dialog: into the clipboard, or into a file. The buttons hold what they
// give away (crates/engine/src/share); the page itself knows nothing of this. And the page itself does not leave
// for a file that was let go beside the editor, which takes files.

/**
 * Says how it went in the button's own place, for a moment.
 * @param {HTMLElement} button
 * @param {string} words
 */
function answer(button, words) {
  button.dataset.name ??= button.textContent;
  button.setAttribute("aria-live", "polite");
  button.textContent = words;
  setTimeout(() => (button.textContent = button.dataset.name ?? ""), 1600);
}

/**
 * @param {string} name
 * @param {Blob} blob
 */
function save(name, blob) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/**
 * A picture of lines and texts as one of dots, twice as fine as it is shown.
 * @param {string} svg
 */
async function painted(svg) {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: picture.naturalWidth * 2, height: picture.naturalHeight * 2 });
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((/** @type {BlobCallback} */ done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new Error("the picture is too large");
  return blob;
}

/** @param {HTMLElement} button */
async function give(button) {
  const { copy, save: name = "", type, text = "" } = button.dataset;
  if (copy !== undefined) {
    await navigator.clipboard.writeText(copy);
    answer(button, "Copied");
  } else {
    save(name, type === "image/png" ? await painted(text) : new Blob([text], { type: `${type};charset=utf-8` }));
    answer(button, "Saved");
  }
}

// a press beside the dialog puts it away, as its own button does
document.addEventListener("pointerdown", ({ target }) => {
  const share = document.querySelector(".share:has(.popover)");
  const close = /** @type {HTMLElement | null | undefined} */ (share?.querySelector(".close"));
  if (!(target instanceof Node && share?.contains(target))) close?.click();
});

document.addEventListener("click", ({ target }) => {
  const button = target instanceof Element && target.closest("[data-copy], [data-save]");
  if (button instanceof HTMLElement) give(button).catch(() => answer(button, "Not allowed here"));
});

/** @param {DragEvent} event */
function refuseFiles(event) {
  const { dataTransfer } = event;
  if (event.defaultPrevented || !dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  dataTransfer.dropEffect = "none";
}
addEventListener("dragover", refuseFiles);
addEventListener("drop", refuseFiles);
