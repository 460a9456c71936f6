// The messages between embed.html and the page around it: { netpol: 1, type, … }. What comes in is checked here, and only
// lists of words go on to the widget; what the widget says becomes messages here. Unknown types and fields are ignored, so
// that a later host script can talk to this frame. A page without any script around it loses nothing but its height.

/** @import { Cells, FromFrame, Row } from "../types.d.ts" */
/** What comes in, before anything of it is believed. @typedef {{ theme?: unknown, text?: unknown, cluster?: unknown }} Claims */

const VERSION = 1;
const MOST_BYTES = 64 * 1024;
/** A host makes no frame higher than this; what is longer has to be scrolled to. */
const HIGHEST = 4000;
const THEMES = ["light", "dark", "system"];

const host = globalThis.parent;
const root = document.documentElement;
/**
 * The origin of the first hello; nobody else is listened to, or told anything, after that.
 * @type {string | undefined}
 */
let origin;
/**
 * What was said last before there was anybody to hear it.
 * @type {Map<string, FromFrame>}
 */
const kept = new Map();
/** Whether the widget listens yet, and the last thing that it is to hear then. */
let isReady = false;
/** @type {string[] | undefined} */
let waiting;

/** @type {(message: FromFrame, target: string) => void} */
const send = (message, target) => host.postMessage({ netpol: VERSION, ...message }, target);

/** @param {FromFrame} message */
function tell(message) {
  if (origin === undefined) kept.set(message.type, message);
  else send(message, origin === "null" ? "*" : origin);
}

/** @param {string[]} words */
function pass(words) {
  if (isReady) dispatchEvent(new CustomEvent("netpol-host", { detail: words }));
  else waiting = words;
}

/** @param {unknown} theme */
function setTheme(theme) {
  if (typeof theme !== "string" || !THEMES.includes(theme)) return;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
}

/** @param {string} message */
const fault = (message) => tell({ type: "error", message });

/** @param {Claims} claims */
function put({ text, cluster }) {
  const texts = cluster === undefined ? [text] : [text, cluster];
  if (!texts.every((one) => typeof one === "string")) return fault("`set` takes a text, and perhaps a cluster, as strings");
  const units = texts.reduce((sum, one) => sum + one.length, 0);
  // a text has at least as many bytes as units, so a hostile one is not even encoded
  const bytes = units > MOST_BYTES ? units : new TextEncoder().encode(texts.join("")).length;
  if (bytes > MOST_BYTES) return fault(`\`set\` takes ${MOST_BYTES} bytes at most`);
  pass(["put", ...texts]);
}

/** Whether there is something whose height is worth having: a frame that shrinks while it loads makes the page jump. */
let isShown = false;
let reported = 0;
/** The height of what is there, never that of the window: so a height that was granted changes nothing. */
function reportHeight() {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  root.classList.toggle("framed", height <= HIGHEST);
  if (Math.abs(height - reported) < 2) return;
  reported = height;
  tell({ type: "height", height });
}

function observe() {
  if (isShown && origin !== undefined) new ResizeObserver(reportHeight).observe(document.body);
}

function show() {
  isShown = true;
  observe();
}

/** web/boot.js cannot say by itself that the widget could not start. */
function reportFailure() {
  if (document.getElementById("boot")?.getAttribute("role") !== "alert") return;
  fault("the table could not start");
  show();
}

/** @type {Record<string, (claims: Claims) => void>} */
const heard = {
  hello: ({ theme }) => setTheme(theme),
  theme: ({ theme }) => setTheme(theme),
  set: put,
  reset: () => pass(["reset"]),
};

/** @param {string} from */
function greet(from) {
  origin = from;
  for (const message of kept.values()) tell(message);
  kept.clear();
  observe();
}

/** @param {MessageEvent} event */
function listen({ source, origin: from, data }) {
  if (source !== host || data === null || typeof data !== "object" || data.netpol !== VERSION) return;
  if (origin === undefined && data.type === "hello") greet(from);
  if (origin === undefined || from !== origin || !Object.hasOwn(heard, data.type)) return;
  heard[data.type](data);
}

/**
 * `result`, the direction, three counts, the last row, then a name and three answers for each row.
 * @param {string[]} words
 */
function result([direction, problems, held, failed, ...answers]) {
  /** @type {(answers: string[]) => Cells} */
  const cells = ([same, cross, external]) => ({ same, cross, external });
  /** @type {Row[]} */
  const rows = [];
  for (let at = 3; at < answers.length; at += 4) {
    rows.push({ policy: answers[at], ...cells(answers.slice(at + 1, at + 4)) });
  }
  const counts = { problems: Number(problems), held: Number(held), failed: Number(failed) };
  return { direction, rows, together: cells(answers), ...counts };
}

/** @type {Record<string, (words: string[]) => void>} */
const said = {
  ready() {
    isReady = true;
    show();
    send({ type: "ready" }, "*"); // says nothing of the text
    if (waiting) pass(waiting);
    waiting = undefined;
  },
  result: (words) => tell({ type: "result", ...result(words) }),
  text: ([link, text]) => tell({ type: "text", link, text }),
  solved: () => tell({ type: "solved" }),
  error: ([message]) => tell({ type: "error", message }),
};

const isFramed = host !== window;
globalThis.netpolFrame = { say: ([type, ...words]) => void (isFramed && said[type](words)) };
if (isFramed) {
  addEventListener("message", listen);
  const boot = document.getElementById("boot");
  if (boot) new MutationObserver(reportFailure).observe(boot, { attributes: true });
}
