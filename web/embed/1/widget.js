// One widget, behind a <netpol-play> as behind a data-netpol block: it puts a frame in the place of what stands there and
// takes it away again, and talks with it. Who it believes: only its own frame, and only from the frame's own origin.
import { fragmentOf, isTooLong, linkTo, linkToBuiltIn, refusal } from "./link.js";
import { enter, hasRoom, leave } from "./live.js";
import { makeFrame } from "./stage.js";
import { themeAround } from "./theme.js";

/** @import { FromFrame, ToFrame } from "../../types.d.ts" */
/** @import { Stage } from "./stage.js" */

/**
 * What stands in the page without a widget: its texts, what it is called, and how it gives way to the frame.
 * @typedef {object} Still
 * @property {() => { text: string | undefined, cluster: string | undefined }} texts
 * @property {() => string | undefined} name
 * @property {() => boolean} isEmpty
 * @property {() => number} height
 * @property {() => void} hide
 * @property {() => void} show
 */
/** A message of a frame, before anything of it is believed. @typedef {Record<string, unknown>} Claims */

const EMBED = new URL("../../embed.html", import.meta.url);
const PLAYGROUND = new URL("../../", import.meta.url);
/** Milliseconds after which a frame that says nothing is given up. */
const PATIENCE = 15_000;
const [LOWEST, HIGHEST] = [120, 4000];
/** A height that comes back so often, each time within so many milliseconds, swings with the scrollbar of the page. */
const SWING = { times: 3, within: 500 };
const THEMES = ["light", "dark", "system"];
const VIEWS = ["table", "both", "yaml"];
const DIRECTIONS = ["ingress", "egress"];
/**
 * What a frame says, and what it has to hold; anything else is of a later version, or of somebody else.
 * @type {Record<string, (claims: Claims) => boolean>}
 */
const SOUND = {
  ready: () => true,
  height: ({ height }) => Number.isInteger(height),
  result: ({ rows, together }) => Array.isArray(rows) && together !== null && typeof together === "object",
  text: ({ link, text }) => typeof link === "string" && typeof text === "string",
  solved: () => true,
  error: ({ message }) => typeof message === "string",
};
const EVENTS = ["ready", "result", "solved", "error"];

export class Widget {
  /** What the reader has made of the text while it is not the author's. @type {{ text: string, cluster: string | undefined, link: string } | undefined} */
  kept;
  /** @type {Stage | undefined} */
  stage;
  /** @type {HTMLIFrameElement | undefined} */
  frame;
  /** The fragment that the frame began with. @type {string | undefined} */
  fragment;
  /** The theme that the frame shows. @type {string | undefined} */
  shown;
  /** Why there is no frame any more, in words for the reader. @type {string | undefined} */
  failure;
  /** Of what is to happen once the frame is too late. @type {number | undefined} */
  timer;
  /** @type {Promise<void> | undefined} */
  restarting;
  isReady = false;
  /** Whether the frame began with what the reader had made of the text. */
  continued = false;
  /** Whether the frame has no origin, and to whom its messages go. */
  isOpaque = false;
  target = EMBED.origin;
  /** The frame's height, the one before and since when, and how often it came back. */
  height = 0;
  before = 0;
  resized = 0;
  swings = 0;

  /**
   * @param {HTMLElement} element
   * @param {(name: string) => string | null} option
   * @param {Still} still
   */
  constructor(element, option, still) {
    this.element = element;
    this.option = option;
    this.still = still;
    this.reset = this.reset.bind(this);
    this.toggle = () => (this.frame ? this.stop() : this.start());
  }

  /**
   * Where the bar and the frame go.
   * @param {Stage} stage
   */
  attach(stage) {
    this.stage = stage;
    this.refresh();
  }

  /** Puts the frame into the page; one that is there stays. */
  start() {
    if (this.frame || !this.element.isConnected || this.refusal) return;
    enter(this);
    this.failure = undefined;
    const height = Math.min(Math.max(this.still.height(), LOWEST), 640);
    this.frame = makeFrame({ title: this.title, sandbox: this.option("sandbox"), height });
    Object.assign(this, { height, before: 0, swings: 0, isReady: false, continued: Boolean(this.kept) });
    this.stage?.say("Loading…");
    this.refresh();
    this.#load(this.frame);
  }

  /** Takes the frame away; what stood in its place comes back, and what was edited is kept for the next start. */
  stop() {
    if (!this.frame) return;
    clearTimeout(this.timer);
    this.frame.remove();
    this.frame = undefined;
    leave(this);
    this.still.show();
    this.stage?.say("");
    this.refresh();
  }

  /** Back to the author's text. */
  reset() {
    this.kept = undefined;
    if (this.frame && !this.continued) this.#send({ type: "reset" });
    else if (this.frame) this.#restart();
    else this.refresh();
  }

  /**
   * Replaces the text; shown at once where the widget is live.
   * @param {unknown} text
   * @param {string} [cluster]
   */
  setText(text, cluster = undefined) {
    if (typeof text !== "string" || isTooLong(text, cluster ?? "")) return this.#fail("setText takes a text of 64 KiB at most");
    this.kept = { text, cluster: cluster ?? this.still.texts().cluster, link: "" };
    if (this.isReady) this.#put();
    this.refresh();
  }

  /** The text as it is now; empty where it is a built-in one that nobody has edited. */
  get text() {
    return this.kept?.text ?? (this.source ? "" : this.still.texts().text);
  }

  /** The address of the playground with the text as it is now; empty where it is in no link yet. */
  get link() {
    const fragment = this.kept ? this.kept.link : this.fragment;
    return fragment ? PLAYGROUND.href + fragment : "";
  }

  /** Starts unasked, where that takes nothing away from the reader. */
  startQuietly() {
    if (hasRoom()) this.start();
    return Boolean(this.frame);
  }

  /**
   * An option has another value.
   * @param {string} name
   */
  changed(name) {
    if (name === "theme") return this.followTheme();
    if (name === "title" || name === "load") return this.refresh();
    if (["scenario", "link", "cluster"].includes(name)) this.kept = this.fragment = undefined;
    if (!this.frame) return this.refresh();
    this.#restart();
  }

  /** Several options may change at once. */
  #restart() {
    this.restarting ??= Promise.resolve().then(() => {
      this.restarting = undefined;
      if (!this.frame) return;
      this.stop();
      this.start();
    });
  }

  /** The fragment that the author gave by name or link. */
  get source() {
    const [link, scenario] = [this.option("link"), this.option("scenario")];
    if (link !== null) return fragmentOf(link);
    return scenario === null ? undefined : linkToBuiltIn(scenario);
  }

  /** Why there is nothing to start, in words for the reader. */
  get refusal() {
    return this.kept ? "" : this.#refusal();
  }

  #refusal() {
    if (this.option("link") !== null || this.option("scenario") !== null) return this.source ? "" : "This link leads nowhere.";
    const { text, cluster } = this.still.texts();
    return text === undefined ? "There is no policy here." : (refusal(text, cluster) ?? "");
  }

  /** What it is about, for those who hear twelve buttons of one page. */
  get name() {
    const policy = /\bname:\s*([\w.-]+)/.exec(this.still.texts().text ?? "")?.[1];
    return this.option("title") || this.still.name() || this.option("scenario") || policy || "";
  }

  get title() {
    return this.name ? `Live NetworkPolicy: ${this.name}` : "Live NetworkPolicy";
  }

  get theme() {
    const wanted = this.option("theme");
    return wanted !== null && THEMES.includes(wanted) ? wanted : themeAround(this.element);
  }

  /** Writes the bar anew, and shows or hides what stands in the frame's place. */
  refresh() {
    if (!this.stage) return;
    const refusal = this.frame ? "" : this.refusal;
    const state = this.frame ? "live" : refusal ? "refused" : this.kept ? "kept" : "still";
    if (!this.frame) this.stage.say(this.failure ?? refusal);
    const isKept = Boolean(this.kept) && (!this.frame || this.continued);
    this.stage.label({ state, name: this.name, isEmpty: this.still.isEmpty(), isKept });
    if (!this.frame) return;
    this.still.hide();
    this.frame.title = this.title;
  }

  followTheme() {
    const { theme } = this;
    if (!this.frame || theme === this.shown) return;
    this.shown = theme;
    this.#send({ type: "theme", theme });
  }

  /** The address of the frame: the text in the fragment, presentation in the query. */
  async #address() {
    const query = new URLSearchParams();
    const [view, direction, predict] = ["view", "direction", "predict"].map(this.option);
    this.shown = this.theme;
    query.set("theme", this.shown);
    if (view && VIEWS.includes(view)) query.set("view", view);
    if (direction && DIRECTIONS.includes(direction)) query.set("direction", direction);
    if (predict !== null && predict !== "false") query.set("predict", "1");
    const { text, cluster } = this.still.texts();
    this.fragment = this.source ?? (text === undefined || this.#refusal() ? "#/s/blank" : await linkTo(text, cluster));
    return `${EMBED.href}?${query}${this.kept?.link || this.fragment}`;
  }

  /** @param {HTMLIFrameElement} frame */
  async #load(frame) {
    try {
      const address = await this.#address();
      if (this.frame !== frame) return; // stopped meanwhile
      const sandbox = this.option("sandbox");
      this.isOpaque = EMBED.origin === "null" || (sandbox !== null && !/\ballow-same-origin\b/i.test(sandbox));
      this.target = this.isOpaque ? "*" : EMBED.origin;
      this.timer = setTimeout(() => this.#giveUp("The playground does not answer, so this stays as it is."), PATIENCE);
      frame.addEventListener("load", () => this.#greet());
      frame.src = address;
      this.stage?.show(frame);
    } catch (error) {
      if (this.frame === frame) this.#giveUp(error instanceof Error ? error.message : String(error));
    }
  }

  /** @param {string} words */
  #giveUp(words) {
    this.failure = words;
    this.stop();
    this.#fail(words);
  }

  /** @param {string} message */
  #fail(message) {
    this.#tell("error", { message });
  }

  /**
   * @param {string} type
   * @param {Claims} detail
   */
  #tell(type, detail) {
    this.element.dispatchEvent(new CustomEvent(`netpol-${type}`, { bubbles: true, composed: true, detail }));
  }

  /** @param {ToFrame} message */
  #send(message) {
    // in a page whose own origin is opaque, the frame's may be too; it says so itself when it is ready
    if (self.origin === "null" && !this.isReady && !this.isOpaque) return;
    this.frame?.contentWindow?.postMessage({ netpol: 1, ...message }, this.target);
  }

  #greet() {
    this.#send({ type: "hello", theme: this.shown });
  }

  #put() {
    if (!this.kept) return;
    const { text, cluster } = this.kept;
    this.#send({ type: "set", text, ...(cluster === undefined ? {} : { cluster }) });
  }

  /**
   * A message of this widget's own window.
   * @param {Claims & { type: string }} message
   * @param {string} origin
   */
  hear({ netpol: _, type, ...detail }, origin) {
    const mayBeOpaque = this.isOpaque || self.origin === "null";
    if (origin !== EMBED.origin && !(origin === "null" && mayBeOpaque)) return;
    if (!Object.hasOwn(SOUND, type) || !SOUND[type](detail)) return;
    this.#believe(/** @type {FromFrame} */ ({ type, ...detail }), origin);
    if (EVENTS.includes(type)) this.#tell(type, detail);
  }

  /**
   * @param {FromFrame} message
   * @param {string} origin
   */
  #believe(message, origin) {
    if (message.type === "ready") this.#begin(origin);
    else if (message.type === "height") this.#resize(message.height);
    else if (message.type === "text") this.#keep(fragmentOf(message.link) ?? "", message.text);
  }

  /**
   * The frame listens.
   * @param {string} origin
   */
  #begin(origin) {
    clearTimeout(this.timer);
    // a frame that was moved, or loaded again, has forgotten what was typed
    if (this.isReady && this.kept) return this.#restart();
    this.isReady = true;
    if (origin === "null") this.target = "*";
    this.stage?.say("");
    this.#greet();
    if (this.kept && !this.kept.link) this.#put();
  }

  /**
   * What the frame shows now: the reader's text, or after a reset the author's.
   * @param {string} link
   * @param {string} text
   */
  #keep(link, text) {
    const { text: own, cluster } = this.still.texts();
    const isAuthors = this.source ? link === this.source : text === own;
    this.kept = isAuthors || isTooLong(text) ? undefined : { text, cluster, link };
    this.refresh();
  }

  /** @param {number} height */
  #resize(height) {
    if (!this.frame) return;
    const wanted = Math.min(Math.max(height, LOWEST), HIGHEST);
    if (Math.abs(wanted - this.height) < 2) return;
    const now = performance.now();
    const isBack = Math.abs(wanted - this.before) < 2 && now - this.resized < SWING.within;
    this.swings = isBack ? this.swings + 1 : 0;
    // the higher of the two fits either way
    if (this.swings >= SWING.times && wanted < this.height) return;
    Object.assign(this, { before: this.height, height: wanted, resized: now });
    this.frame.style.height = `${wanted}px`;
  }
}
