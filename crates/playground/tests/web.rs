//! The page in a browser: what is shown, and what happens when it is used.
#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that unwraps fails where it should"
)]

use std::cell::RefCell;

use engine::Engine;
use js_sys::Promise;
use playground::App;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, Event, EventInit, HtmlElement, HtmlTextAreaElement};
use yew::{AppHandle, Renderer};

wasm_bindgen_test_configure!(run_in_browser);

/// One page, taken down at the end of its test.
struct Page {
    host: Element,
    app: Option<AppHandle<App>>,
}

impl Page {
    /// With an engine in this thread, as web/boot.js puts it there where no worker can be.
    async fn open() -> Self {
        let engine = RefCell::new(Engine::default());
        let answer = move |question: Vec<u8>| {
            let bytes = engine.borrow_mut().answer(&question).unwrap();
            Promise::resolve(&JsValue::from(js_sys::Uint8Array::from(bytes.as_slice())))
        };
        let answer = Closure::<dyn Fn(Vec<u8>) -> Promise>::new(answer);
        Self::open_with(answer.into_js_value()).await
    }

    async fn open_with(answer: JsValue) -> Self {
        let module = js_sys::Object::new();
        let set = |name: &str, value: &JsValue| {
            js_sys::Reflect::set(&module, &name.into(), value).unwrap();
        };
        set("ready", &js_sys::Function::new_no_args("return Promise.resolve()"));
        set("answer", &answer);
        set("end", &js_sys::Function::new_no_args(""));
        js_sys::Reflect::set(&js_sys::global(), &"netpolEngine".into(), &module).unwrap();
        let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
        storage.clear().unwrap();
        let host = document().create_element("div").unwrap();
        document().body().unwrap().append_child(&host).unwrap();
        let app = Some(Renderer::<App>::with_root(host.clone()).render());
        yew::scheduler::flush().await;
        answered().await;
        Self { host, app }
    }

    fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let found = self.host.query_selector_all(selector).unwrap();
        (0..found.length()).map(|at| found.get(at).unwrap().unchecked_into()).collect()
    }

    fn one(&self, selector: &str) -> HtmlElement {
        let found = self.all(selector);
        assert_eq!(found.len(), 1, "{selector}");
        found[0].clone()
    }

    fn text(&self, selector: &str) -> String {
        self.one(selector).text_content().unwrap()
    }

    /// The words of a row's cells.
    fn row(&self, at: usize) -> Vec<String> {
        let cells = format!("tbody tr:nth-child({at}) .cell .answer");
        self.all(&cells).iter().map(|cell| cell.text_content().unwrap()).collect()
    }

    fn policies(&self) -> HtmlTextAreaElement {
        self.one("textarea#policies").unchecked_into()
    }

    async fn type_over(&self, text: &str) {
        let area = self.policies();
        area.set_value(text);
        let bubbles = EventInit::new();
        bubbles.set_bubbles(true);
        let event = Event::new_with_event_init_dict("input", &bubbles).unwrap();
        area.dispatch_event(&event).unwrap();
        yew::scheduler::flush().await;
        answered().await;
    }

    async fn click(&self, selector: &str) {
        self.one(selector).click();
        yew::scheduler::flush().await;
        answered().await;
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
        self.host.remove();
        document().document_element().unwrap().remove_attribute("data-theme").unwrap();
    }
}

/// An engine in this thread answers within a few turns.
async fn answered() {
    for _ in 0..12 {
        JsFuture::from(js_sys::Promise::resolve(&JsValue::NULL)).await.unwrap();
        yew::scheduler::flush().await;
    }
}

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

#[wasm_bindgen_test]
async fn the_first_page_is_the_articles_table() {
    let page = Page::open().await;
    assert_eq!(page.all("tbody tr").len(), 9);
    assert_eq!(page.row(1), ["Allowed", "Allowed", "Allowed"]);
    assert_eq!(page.row(2), ["Denied", "Denied", "Denied"]);
    assert_eq!(page.row(5), ["Allowed", "Allowed", "Denied"]);
    assert_eq!(page.row(7), ["Denied", "Partly: ml-ops only", "Denied"]);
    assert_eq!(page.row(8), ["Denied", "Partly: model-monitor only", "Denied"]);
    assert_eq!(page.row(9), ["Allowed", "Allowed", "Allowed"]);
    assert_eq!(page.text(".headline"), "Only model-monitor of ml-ops gets in.");
}

#[wasm_bindgen_test]
async fn one_dash_changes_the_row_while_typing() {
    let page = Page::open().await;
    let text = page.policies().value();
    let (before, last) = text.split_at(text.find("name: specific-pod-ns").unwrap());
    let last = last.replace("      podSelector:", "    - podSelector:");
    page.type_over(&format!("{before}{last}")).await;
    // ai-platform has no model-monitor, so one is assumed to show what the second item means
    assert_eq!(
        page.row(8),
        ["Partly: model-monitor (assumed) only", "Partly: ml-ops only", "Denied"]
    );
    assert_eq!(page.row(7), ["Denied", "Partly: ml-ops only", "Denied"]);
}

#[wasm_bindgen_test]
async fn an_error_keeps_the_last_table_and_says_where_it_is() {
    let page = Page::open().await;
    let text = page.policies().value();
    page.type_over(&text.replacen("podSelector", "podSelectr", 1)).await;
    assert_eq!(page.all("tbody tr").len(), 9);
    assert_eq!(page.all(".board.stale").len(), 1);
    assert!(page.text(".headline").starts_with("Showing the result before the error on line"));
    assert!(page.text(".subline").contains("podSelector"));
    page.type_over(&text).await;
    assert_eq!(page.all(".stale").len(), 0);
}

#[wasm_bindgen_test]
async fn a_text_that_never_could_be_read_shows_what_can_be() {
    let page = Page::open().await;
    let policy = |name: &str, rule: &str| {
        format!(
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: {name}, namespace: shop}}\nspec: {{{rule}}}\n"
        )
    };
    let text = format!("{}---\n{}", policy("one", "ingress: []"), policy("two", "ingres: []"));
    page.type_over(&text).await;
    assert!(page.text(".headline").starts_with("Incomplete"));
    assert_eq!(page.all("tbody tr").len(), 2);
}

#[wasm_bindgen_test]
async fn a_cell_opens_its_why_and_closes_it_again() {
    let page = Page::open().await;
    let cell = "tbody tr:nth-child(2) td:nth-child(3) .cell";
    page.click(cell).await;
    assert_eq!(page.one(cell).get_attribute("aria-expanded").as_deref(), Some("true"));
    assert_eq!(page.all(".cell[aria-expanded=true]").len(), 1);
    assert!(page.text("#why").contains("no ingress rule"));
    page.click(cell).await;
    assert_eq!(page.all(".cell[aria-expanded=true]").len(), 0);
    assert!(page.text("#why").contains("Choose a cell"));
}

#[wasm_bindgen_test]
async fn a_connection_that_is_chosen_is_drawn_question_by_question() {
    let page = Page::open().await;
    let chips = page.all(".example");
    assert!(chips[1].text_content().unwrap().contains("ml-ops/drift-detector -> "));
    chips[1].click();
    yew::scheduler::flush().await;
    answered().await;
    let taken = page.all(".funnel .way.taken");
    assert_eq!(taken[0].text_content().unwrap(), "no → denied");
    assert!(page.text("#why").contains("With all policies, "));
}

#[wasm_bindgen_test]
async fn a_page_whose_engine_fails_says_so() {
    let fails = js_sys::Function::new_no_args("return Promise.reject(new Error('unreachable'))");
    let page = Page::open_with(fails.into()).await;
    assert!(page.text("[role=alert]").contains("has failed"));
    assert_eq!(page.all("tbody tr").len(), 0);
}

#[wasm_bindgen_test]
async fn the_other_direction_has_its_own_table() {
    let page = Page::open().await;
    page.click(".top .seg button:nth-child(2)").await;
    assert_eq!(page.row(2), ["Not restricted", "Not restricted", "Not restricted"]);
    assert!(page.text("caption").contains("may connect to"));
}

#[wasm_bindgen_test]
async fn the_theme_goes_round_from_the_systems_over_light_to_dark() {
    let page = Page::open().await;
    let theme = || document().document_element().unwrap().get_attribute("data-theme");
    assert_eq!(theme(), None);
    page.click(".theme").await;
    assert_eq!(theme().as_deref(), Some("light"));
    page.click(".theme").await;
    assert_eq!(theme().as_deref(), Some("dark"));
    page.click(".theme").await;
    assert_eq!(theme(), None);
}

#[wasm_bindgen_test]
async fn expectations_are_checked_in_the_text_and_below_it() {
    let page = Page::open().await;
    let text = page.policies().value();
    let lines = "#? default/web -> ai-platform/rag-api:8000 allowed\n#? default/web -> ai-platform/rag-api:8000 denied\n";
    page.type_over(&format!("{lines}{text}")).await;
    assert_eq!(page.text(".expectations summary"), "1 of 2 checks hold");
    assert_eq!(page.all("#panel-policies .line.holds").len(), 1);
    assert_eq!(page.all("#panel-policies .line.fails").len(), 1);
}

#[wasm_bindgen_test]
async fn a_strangers_policy_gets_what_it_names_and_an_empty_text_an_invitation() {
    let page = Page::open().await;
    page.type_over("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: shop}\nspec: {podSelector: {matchLabels: {app: db}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]}\n").await;
    assert_eq!(page.row(1)[0], "Partly: web (assumed) only");
    answered().await;
    assert!(page.text(".added-part pre").contains("namespace: shop"));
    page.click(".switch").await;
    assert_eq!(page.all(".added-part pre").len(), 0);
    page.type_over("").await;
    assert_eq!(page.all("table").len(), 0);
    assert!(page.text(".invitation").contains("Paste a NetworkPolicy"));
}
