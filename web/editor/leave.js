// Tab indents, and is no trap: it goes on through the page until something was typed or clicked here, and again after
// Escape, for as long as nothing is typed.
import { indentLess, indentMore } from "@codemirror/commands";
import { keymap, ViewPlugin } from "@codemirror/view";

/** @import { Command, EditorView } from "@codemirror/view" */

const NO_WORK = new Set(["Tab", "Shift", "Control", "Alt", "Meta", "Escape", "CapsLock"]);

const passing = ViewPlugin.define(() => ({ isPassing: true, isPressed: false }), {
  // observed, because a key that means something here is heard by nobody else
  eventObservers: {
    focus() {
      this.isPassing = !this.isPressed;
    },
    mousedown() {
      this.isPressed = true;
      this.isPassing = false;
      setTimeout(() => (this.isPressed = false));
    },
    keydown(event) {
      if (!NO_WORK.has(event.key)) this.isPassing = false;
    },
    beforeinput() {
      this.isPassing = false;
    },
  },
});

/** @type {(command: Command) => Command} */
const indent = (command) => (view) => !view.plugin(passing)?.isPassing && command(view);

/** @param {EditorView} view */
function letPass(view) {
  const plugin = view.plugin(passing);
  if (plugin) plugin.isPassing = true;
  return false;
}

export const leaving = [
  passing,
  keymap.of([
    { key: "Tab", run: indent(indentMore), shift: indent(indentLess) },
    { key: "Escape", run: letPass },
  ]),
];
