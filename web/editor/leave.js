// Tab indents, and is no trap: it goes on through the page until something was typed or clicked here, and again after
// Escape, for as long as nothing is typed.
import { indentLess, indentMore } from "@codemirror/commands";
import { EditorView, keymap, ViewPlugin } from "@codemirror/view";

const NO_WORK = new Set(["Tab", "Shift", "Control", "Alt", "Meta", "Escape", "CapsLock"]);

const passing = ViewPlugin.define(() => ({ isPassing: true }), {
  eventHandlers: {
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

const indent = (command) => (view) => !view.plugin(passing)?.isPassing && command(view);

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
  // what follows says how to leave, and CodeMirror's own way ends after two seconds
  EditorView.editorAttributes.of({ class: "tab-indents" }),
];
