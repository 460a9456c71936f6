//! The widget's ways to its address and to the page around its frame: web/embed/frame.js stands between, checks every
//! message, and hands on nothing but lists of words.

use gloo::events::EventListener;
use js_sys::{Array, Reflect};
use permalink::{Route, Shared};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use yew::Renderer;

use super::{Listener, document, full_address, route, window};
use crate::{
    address::Notice,
    embed::{Embed, state::Widget, wishes::Wishes},
};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = netpolFrame, js_name = say, catch)]
    fn say_words(words: Vec<String>) -> Result<(), JsValue>;
}

/// Mounts the widget into `#app`.
pub fn mount_embed() {
    if let Some(app) = document().and_then(|document| document.get_element_by_id("app")) {
        Renderer::<Embed>::with_root(app).render();
    }
}

/// Whether a page is around it, which has headings of its own.
pub fn is_framed() -> bool {
    let parent = window().and_then(|window| window.parent().ok()?);
    parent.is_some_and(|parent| window().is_some_and(|window| window != parent))
}

/// The widget that the address asks for.
pub fn first_widget() -> Widget {
    let query = window().and_then(|window| window.location().search().ok()).unwrap_or_default();
    Widget::begin(route(), Wishes::of(&query))
}

/// What follows the `#` of the frame's address, with it.
pub fn fragment_of_address() -> String {
    super::fragment()
}

/// Where the address leads, asked for once more.
pub fn reset(told: impl FnOnce(Result<Route, Notice>) + 'static) {
    super::when_codec_is_here(move || told(route()));
}

/// Tells the page around the frame, if it listens.
pub fn say(words: Vec<String>) {
    // a frame without its script still shows its table
    let _ = say_words(words);
}

/// What the page around the frame wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Another text.
    Put(Shared),
    /// What the address says.
    Reset,
}

/// Tells what the page around the frame wants.
pub fn on_host(told: impl Fn(Wish) + 'static) -> Option<Listener> {
    Some(EventListener::new(&window()?.into(), "netpol-host", move |event| {
        let words = Reflect::get(event, &"detail".into()).unwrap_or_default();
        let Ok(words) = words.dyn_into::<Array>() else { return };
        let mut words = words.iter().filter_map(|word| word.as_string());
        match words.next().as_deref() {
            Some("put") => {
                let policies = words.next().unwrap_or_default();
                told(Wish::Put(Shared { policies, cluster: words.next(), ..Shared::default() }));
            }
            Some("reset") => told(Wish::Reset),
            _ => {}
        }
    }))
}

/// The whole address of the playground, which lies in the same folder, for what follows the `#`.
pub fn whole_link(fragment: &str) -> String {
    let here = full_address("");
    let folder = here.rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{folder}/{fragment}")
}

/// Makes a link lead elsewhere, at once.
pub fn lead_to(id: &str, address: &str) {
    if let Some(link) = super::element(id) {
        let _ = link.set_attribute("href", address);
    }
}
