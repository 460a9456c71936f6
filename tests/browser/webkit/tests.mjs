// The core flows in WebKit. Run them with `cargo xtask test webkit`.
import "./page.mjs";
import "./articles.mjs";
