//! The widget's ways to its address and to the page around its frame: web/embed/frame.js stands between, checks every
//! message, and hands on nothing but lists of words.

use gloo::events::EventListener;
use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::Window;

use super::{Listener, full_address, window};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = netpolFrame, js_name = say, catch)]
    fn say_words(words: Vec<String>) -> Result<(), JsValue>;
}

/// Whether a page is around it, which has headings of its own.
pub fn is_framed() -> bool {
    let parent = window().and_then(|window| window.parent().ok()?);
    parent.is_some_and(|parent| window().is_some_and(|window| window != parent))
}

/// Tells the page around the frame, if it listens.
pub fn say(words: Vec<String>) {
    // a frame without its script still shows its table
    let _ = say_words(words);
}

/// What the page around the frame wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Another text, with a cluster of its own or the example.
    Put {
        /// The policies.
        policies: String,
        /// The cluster.
        cluster: Option<String>,
    },
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
                told(Wish::Put { policies, cluster: words.next() });
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

/// A new tab that leads nowhere yet.
pub struct NewTab(Window);

/// Opens one, which a press of a button allows; none where the frame may open none.
pub fn new_tab() -> Option<NewTab> {
    window()?.open_with_url_and_target("", "_blank").ok()?.map(NewTab)
}

impl NewTab {
    /// Leads it to an address; it knows nothing of the page that it came from.
    pub fn lead_to(self, address: &str) {
        let _ = self.0.set_opener(&JsValue::NULL);
        let _ = self.0.location().replace(address);
    }
}

/// Makes a link lead elsewhere, at once.
pub fn lead_to(id: &str, address: &str) {
    if let Some(link) = super::element(id) {
        let _ = link.set_attribute("href", address);
    }
}
