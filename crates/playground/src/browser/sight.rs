//! Bringing lines of a text into sight. The editor has its own way; this is the plain text field's.

use protocol::Place;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, HtmlElement, HtmlTextAreaElement, ScrollBehavior, ScrollIntoViewOptions,
    ScrollLogicalPosition,
};

use super::{Editor, element, window};

/// Scrolls an editor, and never the page, so that these lines are in sight with some room above.
pub fn show_inside(editor: &str, lines: Place) {
    if Editor::reveal(editor, lines, "inside") {
        return;
    }
    let Some((scroller, _)) = scroller_and_area(editor) else { return };
    let (Some(first), Some(last)) =
        (line_of_editor(&scroller, lines.first), line_of_editor(&scroller, lines.last))
    else {
        return;
    };
    let height = first.offset_height();
    let (top, bottom) = (first.offset_top(), last.offset_top() + height);
    let (above, room) = (scroller.scroll_top(), scroller.client_height());
    if top < above + height || bottom > above + room - height {
        // as much of what comes before as there is room for, and the first line in any case
        let wanted = (bottom + 3 * height - room).max(top - 10 * height).min(top - height);
        scroller.set_scroll_top(wanted.max(0));
    }
}

/// Brings lines of an editor into sight, the page scrolled if need be, and with the cursor on them if it is wanted
/// there and would not open a keyboard over them.
pub fn show(editor: &str, lines: Place, with_cursor: bool) {
    if Editor::reveal(editor, lines, if with_cursor { "select" } else { "page" }) {
        return;
    }
    show_inside(editor, lines);
    let Some((scroller, area)) = scroller_and_area(editor) else { return };
    if with_cursor && !matches_media("(pointer: coarse)") {
        let (start, end) = utf16_range(&area.value(), lines);
        let _ = focus_without_scrolling(&area);
        let _ = area.set_selection_range(start, end);
    }
    if let Some(line) = line_of_editor(&scroller, lines.first) {
        let is_page_long = scroller.scroll_height() <= scroller.client_height() + 1;
        let options = ScrollIntoViewOptions::new();
        let block = if is_page_long {
            ScrollLogicalPosition::Center
        } else {
            ScrollLogicalPosition::Nearest
        };
        options.set_block(block);
        options.set_inline(ScrollLogicalPosition::Nearest);
        let is_calm = matches_media("(prefers-reduced-motion: reduce)");
        options.set_behavior(if is_calm {
            ScrollBehavior::Instant
        } else {
            ScrollBehavior::Smooth
        });
        line.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

fn focus_without_scrolling(area: &HtmlTextAreaElement) -> Result<(), JsValue> {
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &"preventScroll".into(), &JsValue::TRUE)?;
    let focus: js_sys::Function = js_sys::Reflect::get(area, &"focus".into())?.dyn_into()?;
    focus.call1(area, &options).map(drop)
}

fn scroller_and_area(editor: &str) -> Option<(Element, HtmlTextAreaElement)> {
    let area: HtmlTextAreaElement = element(editor)?.dyn_into().ok()?;
    let scroller = area.closest(".editor").ok()??;
    Some((scroller, area))
}

fn line_of_editor(scroller: &Element, line: usize) -> Option<HtmlElement> {
    let line = scroller.query_selector(&format!(".line:nth-child({line})")).ok()??;
    line.dyn_into().ok()
}

/// Where lines begin and end, in UTF-16 code units.
fn utf16_range(text: &str, lines: Place) -> (u32, u32) {
    let length = |line: &str| u32::try_from(line.encode_utf16().count()).unwrap_or(u32::MAX);
    let before: u32 =
        text.split_inclusive('\n').take(lines.first.saturating_sub(1)).map(length).sum();
    let inside = text
        .split_inclusive('\n')
        .skip(lines.first.saturating_sub(1))
        .take((lines.last + 1).saturating_sub(lines.first));
    let inside: String = inside.collect();
    (before, before + length(inside.trim_end_matches('\n')))
}

fn matches_media(query: &str) -> bool {
    let list = window().and_then(|window| window.match_media(query).ok()?);
    list.is_some_and(|list| list.matches())
}
