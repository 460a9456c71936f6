//! The editor that web/boot.js fetches after the first table. What its verbs mean is said in web/editor/main.js, and what it
//! is made of in web/types.d.ts, `EditorOptions`; what it is told of a text goes over in one string, for there are thousands of marks.

use gloo::events::EventListener;
use js_sys::{Object, Reflect};
use protocol::Place;
use wasm_bindgen::{JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::{Element, HtmlTextAreaElement};

use super::{Listener, measure_keystroke, window};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = NetpolEditor)]
    type JsEditor;
    #[wasm_bindgen(constructor, js_class = NetpolEditor, catch)]
    fn new(options: &Object) -> Result<JsEditor, JsValue>;
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

/// What an editor tells and asks.
pub struct Callbacks {
    on_text: Closure<dyn Fn(String, usize)>,
    on_line: Closure<dyn Fn(usize)>,
    on_hover: Closure<dyn Fn(usize)>,
    vocabulary: Closure<dyn Fn() -> String>,
}

impl Callbacks {
    /// `on_text` hears the changed text with the line of the cursor, `on_line` that only the cursor has moved, `on_hover`
    /// that the pointer rests on another line, or on none; `vocabulary` is asked for what the cluster holds.
    pub fn new(
        on_text: impl Fn(String, usize) + 'static,
        on_line: impl Fn(usize) + 'static,
        on_hover: impl Fn(Option<usize>) + 'static,
        vocabulary: impl Fn() -> String + 'static,
    ) -> Self {
        Self {
            on_text: Closure::new(move |text, line| {
                measure_keystroke();
                on_text(text, line);
            }),
            on_line: Closure::new(on_line),
            on_hover: Closure::new(move |line| on_hover((line > 0).then_some(line))),
            vocabulary: Closure::new(vocabulary),
        }
    }
}

/// An editor on the page; it goes when this is dropped.
pub struct Editor {
    js: JsEditor,
    _callbacks: Callbacks,
}

impl Editor {
    /// Puts one into the page, unless the browser is not up to it.
    pub fn begin(beginning: &Beginning<'_>, callbacks: Callbacks) -> Option<Self> {
        let Beginning { parent, area, id, label, key, text, is_read_only } = *beginning;
        let fields: [(&str, &JsValue); 11] = [
            ("parent", parent.as_ref()),
            ("area", area.as_ref()),
            ("id", &id.into()),
            ("label", &label.into()),
            ("key", &key.into()),
            ("text", &text.into()),
            ("isReadOnly", &is_read_only.into()),
            ("onText", callbacks.on_text.as_ref()),
            ("onLine", callbacks.on_line.as_ref()),
            ("onHover", callbacks.on_hover.as_ref()),
            ("vocabulary", callbacks.vocabulary.as_ref()),
        ];
        let options = Object::new();
        for (name, value) in fields {
            Reflect::set(&options, &name.into(), value).ok()?;
        }
        Some(Self { js: JsEditor::new(&options).ok()?, _callbacks: callbacks })
    }

    /// Shows a text, with the undo history that goes by this key, and what is said about it, as
    /// [`editor_marks`](crate::editor_marks) writes it, or nothing where that is not known yet; a text that cannot be changed
    /// can still be read. Whether that went well: else the editor is not to be trusted any more.
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
