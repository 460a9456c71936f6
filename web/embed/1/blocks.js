// <figure data-netpol>, <div data-netpol>, <pre data-netpol>: a block of the article that is readable as it stands, and
// gets a bar with which it becomes live.
import { whenParsed, whenVisible } from "./begin.js";
import { sweep } from "./live.js";
import { Stage } from "./stage.js";
import { clusterOf, policiesOf } from "./texts.js";
import { Widget } from "./widget.js";

/** @import { Still } from "./widget.js" */

const BLOCKS = "[data-netpol]";
const OPTIONS = ["view", "direction", "theme", "predict", "cluster", "load", "scenario", "link", "title", "sandbox"];

/**
 * What controls each block.
 * @type {WeakMap<Node, Widget>}
 */
const widgets = new WeakMap();

/**
 * The parts of a block that give way to the frame: where its text and its table are.
 * @param {HTMLElement} block
 */
function partsOf(block) {
  if (block.matches("pre")) return [block];
  /** @param {Element} child */
  const holds = (child) => child.matches("pre, table") || child.querySelector("pre, table");
  const children = /** @type {HTMLElement[]} */ ([...block.children]);
  return children.filter((child) => holds(child) && !child.matches("[hidden]"));
}

/**
 * @param {HTMLElement} block
 * @returns {Still}
 */
function stillOf(block) {
  /** @type {Map<HTMLElement, [string, string]>} */
  const hidden = new Map();
  /** @param {HTMLElement} part */
  const hide = (part) => {
    if (hidden.has(part)) return;
    hidden.set(part, [part.style.getPropertyValue("display"), part.style.getPropertyPriority("display")]);
    // an article's own rule for `pre` beats the `hidden` attribute
    part.style.setProperty("display", "none", "important");
  };
  return {
    texts: () => ({ text: policiesOf(block), cluster: clusterOf(block) }),
    name: () => block.querySelector("figcaption")?.textContent.trim().slice(0, 80),
    isEmpty: () => partsOf(block).length === 0,
    height: () => partsOf(block).reduce((sum, part) => sum + part.offsetHeight, 0),
    hide: () => partsOf(block).forEach(hide),
    show() {
      for (const [part, [value, priority]] of hidden) part.style.setProperty("display", value, priority);
      hidden.clear();
    },
  };
}

/** @param {string | null} name */
const words = (name) => name?.replace(/^data-/, "") ?? "";
const observer = new MutationObserver((changes) => {
  for (const { target, attributeName } of changes) widgets.get(target)?.changed(words(attributeName));
});

/** @param {HTMLElement} block */
function makeLive(block) {
  const known = widgets.get(block);
  if (known) return known;
  /** @param {string} name */
  const option = (name) => block.getAttribute(`data-${name}`);
  const widget = new Widget(block, option, stillOf(block));
  widgets.set(block, widget);
  // a figure can have no shadow root of its own
  const place = document.createElement("div");
  const [first] = partsOf(block);
  if (first) first.before(place);
  else block.append(place);
  widget.attach(new Stage(place.attachShadow({ mode: "open" }), { start: widget.toggle, again: widget.reset }));
  observer.observe(block, { attributes: true, attributeFilter: OPTIONS.map((name) => `data-${name}`) });
  if (option("load") === "visible") whenVisible(block, () => widget.startQuietly());
  return widget;
}

/**
 * Makes the blocks in a part of the page live; a block in a block is its text.
 * @param {Element | Document | DocumentFragment} [root]
 */
export function upgrade(root = document) {
  const blocks = /** @type {HTMLElement[]} */ ([...root.querySelectorAll(BLOCKS)]);
  if (root instanceof HTMLElement && root.matches(BLOCKS)) blocks.unshift(root);
  return blocks.filter((block) => !block.parentElement?.closest(BLOCKS)).map(makeLive);
}

/** Blocks that are there, and those that are added later. */
export function watchBlocks() {
  whenParsed(() => {
    upgrade();
    new MutationObserver((changes) => {
      const added = changes.flatMap(({ addedNodes }) => [...addedNodes]);
      for (const node of added) if (node instanceof Element) upgrade(node);
      if (changes.some(({ removedNodes }) => removedNodes.length)) sweep();
    }).observe(document.documentElement, { childList: true, subtree: true });
  });
}
