//! Remedies, lints and neighbours come from a module of their own, which web/boot.js puts beside the page once it is there.

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = netpolAdvice, catch)]
    async fn load() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = netpolAdvice, catch)]
    fn problems(texts: Vec<String>) -> Result<Vec<String>, JsValue>;
    #[wasm_bindgen(js_namespace = netpolAdvice, catch)]
    fn neighbours(texts: Vec<String>, policy: &str) -> Result<Vec<String>, JsValue>;
}

/// Asks for remedies and lints; nothing is told where the module does not come.
pub fn ask_problems(texts: Vec<String>, told: impl FnOnce(Vec<String>) + 'static) {
    wasm_bindgen_futures::spawn_local(async move {
        if load().await.is_ok()
            && let Ok(answer) = problems(texts)
        {
            told(answer);
        }
    });
}

/// Asks for the neighbours of a policy; `None` where the module does not come.
pub fn ask_neighbours(
    texts: Vec<String>,
    policy: String,
    told: impl FnOnce(Option<Vec<String>>) + 'static,
) {
    wasm_bindgen_futures::spawn_local(async move {
        let is_here = load().await.is_ok();
        told(is_here.then(|| neighbours(texts, &policy).ok()).flatten());
    });
}
