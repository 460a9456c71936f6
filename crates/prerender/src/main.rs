//! Prints what stands in index.html before any script has run: the page of the landing text, in the page's own markup, and behind
//! it, as data, what the page takes it over with. `cargo xtask site-parts` puts it there.

use engine::Engine;
use playground::{
    app::{Playground, PlaygroundProps},
    start::to_text,
};
use protocol::{StartQuestion, encode};
use yew::LocalServerRenderer;

fn main() -> std::io::Result<()> {
    let start = Engine::default().start(&StartQuestion { address: String::new() });
    let data = to_text(&encode(&start));
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let page = tokio::task::LocalSet::new().block_on(&runtime, async {
        let props = PlaygroundProps { start: start.into() };
        LocalServerRenderer::<Playground>::with_props(props).hydratable(false).render().await
    });
    print!("{page}\n<script type=\"text/plain\" id=\"start\">{data}</script>");
    Ok(())
}
