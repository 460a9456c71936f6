// Bringing lines into sight without taking the page along where nobody asked for that.

/** @import { Line } from "@codemirror/state" */
/** @import { EditorView } from "@codemirror/view" */

/** How much of what comes before is worth seeing. */
const LINES_ABOVE = 10;

/**
 * See `Editor.reveal`: `how` is "inside", "page" or "select".
 * @param {EditorView} view
 * @param {number} first
 * @param {number} last
 * @param {string} how
 */
export function reveal(view, first, last, how) {
  const { doc } = view.state;
  /** @param {number} number */
  const line = (number) => doc.line(Math.max(1, Math.min(number, doc.lines)));
  const [start, end] = [line(first), line(Math.max(first, last))];
  scrollInside(view, start, end);
  if (how === "inside") return;
  // a keyboard on the screen would open over the lines
  if (how === "select" && !matchMedia("(pointer: coarse)").matches) {
    view.contentDOM.focus({ preventScroll: true });
    view.dispatch({ selection: { anchor: start.from, head: end.to } });
  }
  scrollPage(view, start);
}

/**
 * @param {EditorView} view
 * @param {Line} start
 * @param {Line} end
 */
function scrollInside(view, start, end) {
  const scroller = view.scrollDOM;
  const height = view.defaultLineHeight;
  const { top } = view.lineBlockAt(start.from);
  const { bottom } = view.lineBlockAt(end.from);
  const [above, room] = [scroller.scrollTop, scroller.clientHeight];
  if (top >= above + height && bottom <= above + room - height) return;
  const wanted = Math.min(Math.max(bottom + 3 * height - room, top - LINES_ABOVE * height), top - height);
  scroller.scrollTop = Math.max(wanted, 0);
}

/**
 * @param {EditorView} view
 * @param {Line} start
 */
function scrollPage(view, start) {
  const scroller = view.scrollDOM;
  const isPageLong = scroller.scrollHeight <= scroller.clientHeight + 1;
  const height = view.defaultLineHeight;
  const top = view.documentTop + view.lineBlockAt(start.from).top;
  const room = innerHeight;
  if (top >= 0 && top + height <= room && !isPageLong) return;
  const wanted = isPageLong ? top - room / 2 : top < 0 ? top - height : top + 2 * height - room;
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  scrollBy({ top: wanted, behavior: isCalm ? "instant" : "smooth" });
}
