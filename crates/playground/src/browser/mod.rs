//! The only place that names the browser's interfaces. Small verbs for the rest of the page; where the browser refuses
//! one (storage blocked, no clipboard), the page goes on without it.

mod editor;
mod engine;
mod frame;
mod sight;

use std::cell::Cell;

use gloo::{events::EventListener, timers::callback::Timeout};
use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, HtmlElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement, Storage,
    Window,
};
use yew::{BaseComponent, Callback, Event, Renderer};

use crate::choices::Theme;

pub use editor::{Beginning, Callbacks, Editor, on_editor};
pub use engine::{Watch, ask, stop, watch_engine};
pub use frame::{NewTab, Wish, is_framed, lead_to, new_tab, on_host, say, whole_link};
pub use sight::{show, show_inside};

const THEME: &str = "netpol.theme";
const DRAFT: &str = "netpol.draft";
/// Marks the entry of the history where a text was edited.
const EDITED: &str = "edited";

/// Ends when it is dropped.
pub type Listener = EventListener;
/// Is called off when it is dropped.
pub type Later = Timeout;

/// None on the host, where pages are only written.
fn window() -> Option<Window> {
    if cfg!(target_arch = "wasm32") { web_sys::window() } else { None }
}

fn document() -> Option<Document> {
    window()?.document()
}

fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

fn storage() -> Option<Storage> {
    window()?.local_storage().ok()?
}

/// Mounts a component into `#app`.
pub fn mount<C>()
where
    C: BaseComponent,
    C::Properties: Default,
{
    if let Some(app) = document().and_then(|document| document.get_element_by_id("app")) {
        Renderer::<C>::with_root(app).render();
    }
}

/// What an element holds.
pub fn text_of_element(id: &str) -> Option<String> {
    document()?.get_element_by_id(id)?.text_content()
}

/// Takes away what stands in the page's place until it is there, and shows the page.
pub fn clear_the_place() {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.class_list().remove_1("elsewhere");
    }
    if let Some(boot) = element("boot") {
        boot.remove();
    }
}

/// The drafts that are stored from earlier visits.
pub fn stored_drafts() -> String {
    storage().and_then(|storage| storage.get_item(DRAFT).ok()?).unwrap_or_default()
}

/// What follows the `?` of the address, with it.
pub fn query() -> String {
    window().and_then(|window| window.location().search().ok()).unwrap_or_default()
}

/// What follows the `#`, with it.
pub fn fragment() -> String {
    window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Tells when the address leads elsewhere: what follows the `#`, with it.
pub fn on_address(told: impl Fn(String) + 'static) -> Option<Listener> {
    Some(EventListener::new(&window()?.into(), "hashchange", move |_| told(fragment())))
}

/// Tells when the page may be about to go: it is left, or a phone has put it out of sight and may never bring it back.
pub fn on_leave(told: impl Fn() + Clone + 'static) -> Option<[Listener; 2]> {
    let (window, document) = (window()?, document()?);
    let when_left = told.clone();
    let leaving = EventListener::new(&window, "pagehide", move |_| when_left());
    let hiding = EventListener::new(&document.clone(), "visibilitychange", move |_| {
        if document.hidden() {
            told();
        }
    });
    Some([leaving, hiding])
}

/// Puts what follows the `#` into the address bar without a new entry in the history; `None` takes it out.
pub fn set_fragment(fragment: Option<&str>) {
    let Some(window) = window() else { return };
    let location = window.location();
    let (Ok(path), Ok(query)) = (location.pathname(), location.search()) else { return };
    let address = format!("{path}{query}{}", fragment.unwrap_or_default());
    if let Ok(history) = window.history() {
        let mark = if fragment.is_none() { JsValue::from_str(EDITED) } else { JsValue::NULL };
        // a sandboxed frame may refuse, and the link is shown all the same
        let _ = history.replace_state_with_url(&mark, "", Some(&address));
    }
}

/// Whether the person has come back to where a text was edited, and not to the start page.
pub fn is_back_at_draft() -> bool {
    let state = window().and_then(|window| window.history().ok()?.state().ok()?.as_string());
    state.as_deref() == Some(EDITED)
}

/// Goes where a `#` leads, with a new entry in the history.
pub fn follow(fragment: &str) {
    if let Some(window) = window() {
        let _ = window.location().set_hash(fragment);
    }
}

/// The whole address for what follows the `#`.
pub fn full_address(fragment: &str) -> String {
    let location = window().map(|window| window.location());
    let part =
        |part: Option<Result<String, JsValue>>| part.and_then(Result::ok).unwrap_or_default();
    let origin = part(location.as_ref().map(web_sys::Location::origin));
    let path = part(location.as_ref().map(web_sys::Location::pathname));
    format!("{origin}{path}{fragment}")
}

/// Puts a text into the clipboard that is still to come, and tells whether that went well. The clipboard opens to a press of a
/// button only, so it is given the promise of the text, where the browser takes one.
pub fn copy(text: Promise, told: Callback<bool>) {
    // an address without https has no clipboard, and reading the property is the way to find out
    let clipboard = window().map(|window| window.navigator()).and_then(|navigator| {
        let clipboard = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard")).ok()?;
        clipboard.is_object().then(|| navigator.clipboard())
    });
    let written = clipboard.as_ref().zip(promised_item(&text));
    let written = written.map(|(clipboard, item)| JsFuture::from(clipboard.write(&item)));
    wasm_bindgen_futures::spawn_local(async move {
        // a clipboard may refuse before there is a text to copy by hand
        let text = JsFuture::from(text).await.ok().and_then(|text| text.as_string());
        let written = match (written, clipboard, text) {
            (Some(written), ..) => written,
            (None, Some(clipboard), Some(text)) => JsFuture::from(clipboard.write_text(&text)),
            (None, ..) => return told.emit(false),
        };
        told.emit(written.await.is_ok());
    });
}

/// What the clipboard takes of a text that is still to come; none where the browser knows no such thing.
fn promised_item(text: &Promise) -> Option<Array> {
    let kind = js_sys::Reflect::get(&js_sys::global(), &"ClipboardItem".into()).ok()?;
    let parts = js_sys::Object::new();
    js_sys::Reflect::set(&parts, &"text/plain".into(), text).ok()?;
    let kind: js_sys::Function = kind.dyn_into().ok()?;
    let item = js_sys::Reflect::construct(&kind, &Array::of1(&parts)).ok()?;
    Some(Array::of1(&item))
}

/// A text that is still to come, and who gives it; it may never come.
pub fn promised_text() -> (Promise, impl FnOnce(&str)) {
    let mut giver = None;
    let promise = Promise::new(&mut |done, _| giver = Some(done));
    let give = move |text: &str| {
        if let Some(giver) = giver {
            let _ = giver.call1(&JsValue::NULL, &text.into());
        }
    };
    (promise, give)
}

/// The theme that web/theme.js has set before the page was drawn; here it is only remembered which one that was.
pub fn theme() -> Theme {
    let query = query();
    let asked =
        query.trim_start_matches('?').split('&').find_map(|pair| pair.strip_prefix("theme="));
    let known = |word: &str| match word {
        "light" => Some(Theme::Light),
        "dark" => Some(Theme::Dark),
        "system" => Some(Theme::System),
        _ => None,
    };
    let stored = || storage().and_then(|storage| storage.get_item(THEME).ok()?);
    asked.and_then(known).or_else(|| stored().as_deref().and_then(known)).unwrap_or_default()
}

/// Shows a theme and remembers it for the next visit.
pub fn set_theme(theme: Theme) {
    let word = match theme {
        Theme::System => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    let root = document().and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = match theme {
            Theme::System => root.remove_attribute("data-theme"),
            Theme::Light | Theme::Dark => root.set_attribute("data-theme", word),
        };
    }
    if let Some(storage) = storage() {
        let _ = storage.set_item(THEME, word);
    }
}

/// Remembers drafts for the next visit, or forgets them.
pub fn store_drafts(drafts: Option<&str>) {
    let Some(storage) = storage() else { return };
    let _ = match drafts {
        Some(drafts) => storage.set_item(DRAFT, drafts),
        None => storage.remove_item(DRAFT),
    };
}

/// Calls back after some milliseconds.
pub fn later(milliseconds: u32, call: impl FnOnce() + 'static) -> Later {
    Timeout::new(milliseconds, call)
}

/// The text that a textarea holds after an event.
pub fn text_of(event: &Event) -> Option<String> {
    Some(target::<HtmlTextAreaElement>(event)?.value())
}

/// The line of a textarea, from 1, that the cursor is in.
pub fn line_of(event: &Event) -> Option<usize> {
    let area = target::<HtmlTextAreaElement>(event)?;
    let cursor = area.selection_end().ok()?? as usize;
    let mut units = 0;
    let mut line = 1;
    for c in area.value().chars() {
        if units >= cursor {
            break;
        }
        units += c.len_utf16();
        line += usize::from(c == '\n');
    }
    Some(line)
}

/// What stands in a field.
pub fn value_of(id: &str) -> String {
    let field = element(id).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    field.map(|field| field.value()).unwrap_or_default()
}

/// What a select was set to.
pub fn choice_of(event: &Event) -> Option<String> {
    Some(target::<HtmlSelectElement>(event)?.value())
}

fn target<T: JsCast>(event: &Event) -> Option<T> {
    event.target()?.dyn_into().ok()
}

/// Moves the focus.
pub fn focus(id: &str) {
    if let Some(element) = element(id) {
        let _ = element.focus();
    }
}

/// Whether nothing has the focus any more, as when a button that had it is gone.
pub fn has_lost_focus() -> bool {
    let body = document().and_then(|document| document.body());
    let active = document().and_then(|document| document.active_element());
    active.is_none() || active == body.map(Into::into)
}

/// Moves the focus into a field and selects what it holds.
pub fn select_all(id: &str) {
    let field = element(id).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    if let Some(field) = field {
        let _ = field.focus();
        field.select();
    }
}

thread_local!(static KEYSTROKES: Cell<(u32, bool)> = const { Cell::new((0, false)) });

fn mark_of(keystroke: u32) -> String {
    format!("netpol:keystroke-{keystroke}")
}

/// Notes when a key was pressed: what is measured from there ends with [`measure_answer`].
pub fn measure_keystroke() {
    let Some(performance) = window().and_then(|window| window.performance()) else { return };
    let (before, is_unanswered) = KEYSTROKES.get();
    if is_unanswered {
        performance.clear_marks_with_mark_name(&mark_of(before));
    }
    let count = before.wrapping_add(1);
    KEYSTROKES.set((count, true));
    let _ = performance.mark(&mark_of(count));
}

/// Measures from the last keystroke until the page is painted with the table of what was typed.
pub fn measure_answer() {
    let (count, is_unanswered) = KEYSTROKES.replace((KEYSTROKES.get().0, false));
    let performance = window().and_then(|window| window.performance());
    let Some(performance) = performance.filter(|_| is_unanswered) else { return };
    after_paint(move || {
        let mark = mark_of(count);
        let _ = performance.measure_with_start_mark("netpol:keystroke-to-paint", &mark);
        performance.clear_marks_with_mark_name(&mark);
    });
}

/// Notes when the first table was painted.
pub fn measure_first_table() {
    after_paint(|| {
        if let Some(performance) = window().and_then(|window| window.performance()) {
            let _ = performance.measure("netpol:first-table");
        }
    });
}

/// A frame's callback runs before it is painted, a timer set in it runs after.
fn after_paint(call: impl FnOnce() + 'static) {
    let Some(window) = window() else { return };
    let frame = Closure::once_into_js(move || later(0, call).forget());
    let _ = window.request_animation_frame(frame.unchecked_ref());
}
