//! The editor that web/boot.js fetches after the first table. What its verbs mean is said in web/editor/main.js; all that
//! it is told goes over in strings, which costs the page fewer bytes than objects do.

use gloo::events::EventListener;
use protocol::Place;
use wasm_bindgen::{JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::{Element, HtmlTextAreaElement};

use super::{Listener, measure_keystroke, window};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = NetpolEditor)]
    type JsEditor;
    #[wasm_bindgen(constructor, js_class = NetpolEditor, catch)]
    fn new(
        parent: &Element,
        area: &HtmlTextAreaElement,
        id: &str,
        label: &str,
        key: &str,
        text: &str,
        is_read_only: bool,
        told: &Closure<dyn Fn(Option<String>, usize, bool)>,
        vocabulary: &Closure<dyn Fn() -> String>,
    ) -> Result<JsEditor, JsValue>;
    #[wasm_bindgen(static_method_of = JsEditor, js_class = NetpolEditor, catch)]
    fn of(id: &str) -> Result<Option<JsEditor>, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn update(
        this: &JsEditor,
        key: &str,
        text: &str,
        is_read_only: bool,
        marks: Option<String>,
    ) -> Result<(), JsValue>;
    #[wasm_bindgen(method)]
    fn reveal(this: &JsEditor, first: usize, last: usize, how: &str);
    #[wasm_bindgen(method, catch)]
    fn destroy(this: &JsEditor) -> Result<(), JsValue>;
}

/// Tells when the editor has come; at once where it is here already.
pub fn on_editor(told: impl Fn() + 'static) -> Option<Listener> {
    if JsEditor::of("").is_ok() {
        told();
        return None;
    }
    Some(EventListener::new(&window()?.into(), "netpol-editor", move |_| told()))
}

/// What an editor is made of.
pub struct Beginning<'t> {
    /// The element that it is put into.
    pub parent: &'t Element,
    /// The text field that it takes over from.
    pub area: &'t HtmlTextAreaElement,
    /// The name by which [`Editor::reveal`] finds it.
    pub id: &'t str,
    /// What the text is, for screen readers.
    pub label: &'t str,
    /// Whose undo history this is.
    pub key: &'t str,
    /// The text.
    pub text: &'t str,
    /// Whether it can only be read.
    pub is_read_only: bool,
}

/// An editor on the page; it goes when this is dropped.
pub struct Editor {
    js: JsEditor,
    _told: Closure<dyn Fn(Option<String>, usize, bool)>,
    _vocabulary: Closure<dyn Fn() -> String>,
}

impl Editor {
    /// Puts one into the page, unless the browser is not up to it. `told` hears the changed text, or that only the cursor
    /// has moved, with its line, or, where it is told `true`, that the pointer rests on another line, 0 for none;
    /// `vocabulary` is asked for what the cluster holds.
    pub fn begin(
        beginning: &Beginning<'_>,
        told: impl Fn(Option<String>, usize, bool) + 'static,
        vocabulary: impl Fn() -> String + 'static,
    ) -> Option<Self> {
        let told =
            Closure::<dyn Fn(_, _, _)>::new(move |text: Option<String>, line, is_pointer| {
                if text.is_some() {
                    measure_keystroke();
                }
                told(text, line, is_pointer);
            });
        let vocabulary = Closure::<dyn Fn() -> String>::new(vocabulary);
        let Beginning { parent, area, id, label, key, text, is_read_only } = *beginning;
        let js =
            JsEditor::new(parent, area, id, label, key, text, is_read_only, &told, &vocabulary);
        Some(Self { js: js.ok()?, _told: told, _vocabulary: vocabulary })
    }

    /// Shows a text, with the undo history that goes by this key, and what is said about it, as [`editor_marks`](crate::editor_marks) writes it, or nothing where that is not
    /// known yet; a text
    /// that cannot be changed can still be read. Whether that went well: else the editor is not to be trusted any more.
    pub fn update(&self, key: &str, text: &str, is_read_only: bool, marks: Option<String>) -> bool {
        self.js.update(key, text, is_read_only, marks).is_ok()
    }

    /// Brings lines into sight in the editor of that name, if there is one: see `reveal` in web/editor/reveal.js.
    pub(super) fn reveal(id: &str, lines: Place, how: &str) -> bool {
        let Ok(Some(editor)) = JsEditor::of(id) else { return false };
        editor.reveal(lines.first, lines.last, how);
        true
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.js.destroy();
    }
}
