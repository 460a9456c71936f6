// Which widgets of the page are live: two at most. What their frames say is brought to them here, by who said it.
import { onThemeChange } from "./theme.js";

/** @import { Widget } from "./widget.js" */

const MOST = 2;
/**
 * In the order in which they were started.
 * @type {Widget[]}
 */
const live = [];
let isListening = false;

/** Starts listening with the first widget, not before: a page of still blocks pays nothing. */
function listen() {
  if (isListening) return;
  isListening = true;
  addEventListener("message", ({ source, origin, data }) => {
    if (!source || data === null || typeof data !== "object" || data.netpol !== 1 || typeof data.type !== "string") return;
    live.find((one) => one.frame?.contentWindow === source)?.hear(data, origin);
  });
  onThemeChange(() => {
    for (const one of live) one.followTheme();
  });
}

/** Takes the frames down whose widgets are no longer in the page. */
export function sweep() {
  for (const one of [...live]) if (!one.element.isConnected) one.stop();
}

/**
 * Makes room for a widget that starts: of two others, the one that was started first stops.
 * @param {Widget} widget
 */
export function enter(widget) {
  listen();
  sweep();
  while (live.length >= MOST) live[0].stop();
  live.push(widget);
}

/** @param {Widget} widget */
export function leave(widget) {
  const at = live.indexOf(widget);
  if (at >= 0) live.splice(at, 1);
}

/** Whether a widget may start unasked: nobody looks at the frame that would stop for it, or works in it. */
export function hasRoom() {
  sweep();
  const first = live[0];
  if (live.length < MOST) return true;
  const { top, bottom } = first.element.getBoundingClientRect();
  const isSeen = bottom > 0 && top < innerHeight;
  return !isSeen && first.stage?.root.activeElement !== first.frame;
}
