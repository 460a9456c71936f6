// Typing over a selection. Browsers do that by themselves, and where it spans lines Chromium puts style attributes into
// what is left over, which a strict Content-Security-Policy reports. So it is done here, before the browser does.
import { EditorView } from "@codemirror/view";

export const typingOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { state } = view;
    const isTyped = event.inputType === "insertText" && event.data && !view.composing && !event.isComposing;
    if (!isTyped || state.readOnly || state.selection.main.empty) return false;
    event.preventDefault();
    view.dispatch(state.replaceSelection(event.data), { scrollIntoView: true, userEvent: "input.type" });
    return true;
  },
});
