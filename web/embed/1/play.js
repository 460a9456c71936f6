// <netpol-play>: attributes, properties and methods around a widget. What stands inside is there without any script:
// a table, a picture, or the YAML itself in a <pre> or a <script type="text/yaml">.
import { cancelVisible, whenParsed, whenVisible } from "./begin.js";
import { Stage } from "./stage.js";
import { clusterOf, policiesOf } from "./texts.js";
import { Widget } from "./widget.js";

/** @import { Still } from "./widget.js" */

const NAME = "netpol-play";
const WORDS = ["scenario", "link", "view", "direction", "theme", "load", "cluster", "sandbox"];

/**
 * How the content of the element gives way to the frame.
 * @param {HTMLElement} element
 * @param {HTMLSlotElement} slot
 * @returns {Still}
 */
function stillOf(element, slot) {
  return {
    texts: () => ({ text: policiesOf(element), cluster: clusterOf(element) }),
    name: () => element.querySelector("figcaption")?.textContent.trim().slice(0, 80),
    isEmpty: () => ![...element.children].some((child) => !child.matches("script, template, [hidden]")),
    height: () => /** @type {HTMLElement[]} */ ([...element.children]).reduce((sum, child) => sum + child.offsetHeight, 0),
    hide() {
      slot.hidden = true;
    },
    show() {
      slot.hidden = false;
    },
  };
}

export function definePlay() {
  // made here and not above, so that a browser without custom elements still has its data-netpol blocks
  class NetpolPlay extends HTMLElement {
    static observedAttributes = [...WORDS, "predict", "title"];
    #widget;

    constructor() {
      super();
      const slot = document.createElement("slot");
      this.#widget = new Widget(this, (name) => this.getAttribute(name), stillOf(this, slot));
      const root = this.attachShadow({ mode: "open" });
      root.append(slot);
      const { toggle, reset } = this.#widget;
      this.#widget.attach(new Stage(root, { start: toggle, again: reset }));
      slot.addEventListener("slotchange", () => this.#widget.refresh());
    }

    connectedCallback() {
      for (const name of [...WORDS, "predict"]) this.#take(name);
      this.#widget.refresh();
      this.#begin();
    }

    disconnectedCallback() {
      cancelVisible(this);
      this.stop();
    }

    /**
     * @param {string} name
     * @param {string | null} old
     * @param {string | null} value
     */
    attributeChangedCallback(name, old, value) {
      if (old === value || !this.isConnected) return;
      this.#widget.changed(name);
      if (name === "load") this.#begin();
    }

    /**
     * What was set on the element before its class was here.
     * @param {string} name
     */
    #take(name) {
      if (!Object.hasOwn(this, name)) return;
      const value = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }

    #begin() {
      cancelVisible(this);
      const load = this.getAttribute("load");
      if (load === "visible") whenVisible(this, () => this.#widget.startQuietly());
      if (load === "eager") whenParsed(() => this.#widget.startQuietly());
    }

    start() {
      this.#widget.start();
    }

    stop() {
      this.#widget.stop();
    }

    reset() {
      this.#widget.reset();
    }

    /**
     * @param {string} text
     * @param {string} [cluster]
     */
    setText(text, cluster) {
      this.#widget.setText(text, cluster);
    }

    get text() {
      return this.#widget.text;
    }

    get link() {
      return this.#widget.link;
    }

    set link(value) {
      this.setAttribute("link", value);
    }

    get predict() {
      return this.hasAttribute("predict");
    }

    set predict(value) {
      this.toggleAttribute("predict", Boolean(value));
    }
  }
  for (const name of WORDS.filter((word) => word !== "link")) {
    Object.defineProperty(NetpolPlay.prototype, name, {
      configurable: true,
      enumerable: true,
      get() {
        return this.getAttribute(name) ?? "";
      },
      set(value) {
        this.setAttribute(name, value);
      },
    });
  }
  if (!customElements.get(NAME)) customElements.define(NAME, NetpolPlay);
  return customElements.get(NAME);
}
