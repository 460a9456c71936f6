// What the widget itself puts into the page: a bar with its buttons and a word, and below it the frame. It lives in a
// shadow root, so that the article's styles and these leave each other alone; all styles come from one constructed sheet.
// Its ink is the article's own, so that it is as easy to read as the article, in any theme.

const STYLES = `
:host { display: block; }
:host([hidden]) { display: none; }
.bar { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 8px; margin: 0 0 6px; font: 500 14px/1.4 system-ui, sans-serif; }
.bar.empty { padding: 14px; border: 1px dashed; border-radius: 10px; margin: 0; }
button { box-sizing: border-box; min-height: 32px; min-width: 32px; margin: 0; padding: 4px 14px; border: 1px solid color-mix(in srgb, currentColor 45%, transparent); border-radius: 8px; background: none; color: inherit; font: 600 13.5px/1.4 system-ui, sans-serif; cursor: pointer; }
button:hover { border-color: currentColor; text-decoration: underline; text-underline-offset: 3px; }
button:focus-visible { outline: 3px solid; outline-offset: 2px; }
button[hidden], p:empty, .name:empty { display: none; }
p, .name { margin: 0; color: inherit; overflow-wrap: anywhere; }
iframe { display: block; box-sizing: border-box; width: 100%; min-width: 0; margin: 0; border: 0; }
@media print { .bar { display: none; } }
`;

/** @type {CSSStyleSheet | undefined} */
let sheet;
function styles() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
  }
  return sheet;
}

/**
 * @template {"button" | "span" | "p" | "div" | "iframe"} Name
 * @param {Name} name
 * @param {Partial<HTMLElementTagNameMap[Name]>} properties
 * @returns {HTMLElementTagNameMap[Name]}
 */
function made(name, properties) {
  return Object.assign(document.createElement(name), properties);
}

export class Stage {
  /**
   * @param {ShadowRoot} root - an empty one
   * @param {{ start(): void, again(): void }} pressed - a function for each of the two buttons
   */
  constructor(root, pressed) {
    this.root = root;
    root.adoptedStyleSheets = [styles()];
    this.start = made("button", { type: "button", onclick: pressed.start });
    this.again = made("button", { type: "button", textContent: "Start over", hidden: true, onclick: pressed.again });
    this.name = made("span", { className: "name" });
    this.word = made("p", {});
    this.word.setAttribute("role", "status");
    this.bar = made("div", { className: "bar" });
    this.bar.append(this.start, this.again, this.name, this.word);
    root.prepend(this.bar);
  }

  /**
   * Writes the bar anew. `state` says what can be done; where it is "kept", an edited text waits.
   * @param {{ state: "refused" | "still" | "kept" | "live", name: string, isEmpty: boolean, isKept: boolean }} what
   */
  label({ state, name, isEmpty, isKept }) {
    const label = { refused: "", still: "Try it live", kept: "Continue live", live: "Close" }[state];
    this.start.hidden = !label;
    this.start.textContent = label;
    // twelve buttons of one page are told apart by what they are about
    this.start.setAttribute("aria-label", name ? `${label}: ${name}` : label);
    this.again.setAttribute("aria-label", name ? `Start over: ${name}` : "Start over");
    this.again.hidden = !isKept;
    this.name.textContent = isEmpty && state !== "live" ? name || "Live NetworkPolicy" : "";
    this.bar.classList.toggle("empty", isEmpty && state !== "live");
  }

  /**
   * What there is to say; a screen reader says it.
   * @param {string} words
   */
  say(words) {
    if (this.word.textContent !== words) this.word.textContent = words;
  }

  /** @param {HTMLIFrameElement} frame */
  show(frame) {
    this.bar.after(frame);
  }
}

/**
 * A frame that is still to get its address. It never takes the focus, and says of the article only that it is there.
 * @param {{ title: string, sandbox: string | null, height: number }} options
 */
export function makeFrame({ title, sandbox, height }) {
  const frame = made("iframe", { title, referrerPolicy: "no-referrer", allow: "clipboard-write", loading: "eager" });
  // with an attribute of its own, not from what it holds: a frame without any sandbox is another thing than an empty one
  if (sandbox !== null) frame.setAttribute("sandbox", sandbox);
  frame.style.height = `${height}px`;
  return frame;
}
