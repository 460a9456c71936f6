//! The editor that web/boot.js fetches after the first table. What its verbs mean is said in web/editor/main.js; all that
//! it is told goes over in strings, which costs the page fewer bytes than objects do.

use std::fmt::Write;

use gloo::events::EventListener;
use wasm_bindgen::{JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::{Element, HtmlTextAreaElement};

use super::{Listener, measure_keystroke, window};
use crate::{
    components::editor::EditorProps,
    mend::Mend,
    place::{Place, Tab},
    problem::Problem,
};

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
        told: &Closure<dyn Fn(Option<String>, usize)>,
        vocabulary: &Closure<dyn Fn() -> String>,
    ) -> Result<JsEditor, JsValue>;
    #[wasm_bindgen(static_method_of = JsEditor, js_class = NetpolEditor, catch)]
    fn of(id: &str) -> Result<Option<JsEditor>, JsValue>;
    #[wasm_bindgen(method)]
    fn update(this: &JsEditor, key: &str, text: &str, is_read_only: bool, marks: &str);
    #[wasm_bindgen(method)]
    fn reveal(this: &JsEditor, first: usize, last: usize, how: &str);
    #[wasm_bindgen(method)]
    fn destroy(this: &JsEditor);
}

/// Problems shown in a text; nobody reads more, and a hostile text has thousands.
const MOST_DIAGNOSTICS: usize = 200;

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
    _told: Closure<dyn Fn(Option<String>, usize)>,
    _vocabulary: Closure<dyn Fn() -> String>,
}

impl Editor {
    /// Puts one into the page, unless the browser is not up to it. `told` hears the changed text, or that only the cursor
    /// has moved, with its line; `vocabulary` is asked for what the cluster holds.
    pub fn begin(
        beginning: &Beginning<'_>,
        told: impl Fn(Option<String>, usize) + 'static,
        vocabulary: impl Fn() -> String + 'static,
    ) -> Option<Self> {
        let told =
            Closure::<dyn Fn(Option<String>, usize)>::new(move |text: Option<String>, line| {
                if text.is_some() {
                    measure_keystroke();
                }
                told(text, line);
            });
        let vocabulary = Closure::<dyn Fn() -> String>::new(vocabulary);
        let Beginning { parent, area, id, label, key, text, is_read_only } = *beginning;
        let js =
            JsEditor::new(parent, area, id, label, key, text, is_read_only, &told, &vocabulary);
        Some(Self { js: js.ok()?, _told: told, _vocabulary: vocabulary })
    }

    /// Shows a text, with the undo history that goes by this key, and what is said about it, as [`marks`] writes it; a text
    /// that cannot be changed can still be read.
    pub fn update(&self, key: &str, text: &str, is_read_only: bool, marks: &str) {
        self.js.update(key, text, is_read_only, marks);
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
        self.js.destroy();
    }
}

/// What `readMarks` in web/editor/text.js reads: a record for each mark, its fields cut by a character that no YAML may
/// hold and no message has reason to. Lints of an earlier text are left out, and then the editor keeps what it has of them.
pub fn marks(props: &EditorProps) -> String {
    let mut marks = String::new();
    for (first, last) in &props.marks.behind {
        let _ = write!(marks, "behind\x1f{first}\x1f{last}\x1e");
    }
    for (line, contradiction) in &props.marks.expectations {
        let is = contradiction.as_deref().unwrap_or_default();
        let _ = write!(marks, "expectation\x1f{line}\x1f{is}\x1e");
    }
    put_problems(&mut marks, &props.problems.read, props.tab);
    let advice = props.problems.advice.as_ref();
    if let Some(advice) = advice.filter(|advice| advice.analysis == props.analysis) {
        marks.push_str("advice\x1e");
        put_problems(&mut marks, &advice.lints, props.tab);
    }
    marks
}

fn put_problems(marks: &mut String, problems: &[Problem], tab: Tab) {
    let here = problems.iter().filter(|problem| problem.place.tab == tab);
    for problem in here.take(MOST_DIAGNOSTICS) {
        let Problem { message, start, end, .. } = problem;
        let help = problem.help.as_deref().unwrap_or_default();
        let severity = problem.severity();
        let _ = write!(marks, "{severity}\x1f{start}:{end}\x1f{message}\x1f{help}");
        if let Some(mend) = &problem.mend {
            put_mend(marks, mend, tab);
        }
        marks.push('\x1e');
    }
}

/// A button in one text for an edit of the other would surprise.
fn put_mend(marks: &mut String, mend: &Mend, tab: Tab) {
    let Mend { title, rewrite, analysis } = mend;
    let Some(source) = analysis.manifest.sources.get(rewrite.source) else { return };
    if Tab::of_source(rewrite.source) != tab {
        return;
    }
    let _ = write!(marks, "\x1f{title}");
    for edit in &rewrite.edits {
        let (start, end) = (source.line_column(edit.span.start), source.line_column(edit.span.end));
        let _ = write!(marks, "\x1f{start}:{end}\x1f{}", edit.text);
    }
}
