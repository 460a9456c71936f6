// When a widget starts by itself: once its element is seen, or once the article is read to its end by the browser.

/**
 * What to try for each element that is waited for; it says whether it succeeded.
 * @type {Map<Element, () => boolean>}
 */
const waiting = new Map();
/** @type {IntersectionObserver | undefined} */
let observer;

/** @param {IntersectionObserverEntry[]} entries */
function look(entries) {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting && waiting.get(target)?.()) cancelVisible(target);
  }
}

/**
 * @param {Element} element
 * @param {() => boolean} tryToStart
 */
export function whenVisible(element, tryToStart) {
  observer ??= new IntersectionObserver(look, { threshold: 0.2 });
  waiting.set(element, tryToStart);
  observer.observe(element);
}

/**
 * Once is enough: a widget that was started and stopped again starts on a press only.
 * @param {Element} element
 */
export function cancelVisible(element) {
  if (waiting.delete(element)) observer?.unobserve(element);
}

/** @param {() => void} run */
export function whenParsed(run) {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", run, { once: true });
  else queueMicrotask(run);
}
