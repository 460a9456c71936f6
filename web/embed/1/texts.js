// The texts that an element of the article holds, as its author wrote them.

/**
 * One newline at the end, whatever the markup around the text has there.
 * @param {string} text
 */
const ended = (text) => `${text.replace(/\r\n?/g, "\n").replace(/\s+$/, "")}\n`;

/**
 * A script is written with the indentation of the page around it; the columns of a <pre> are those that are read.
 * @param {string} text
 */
function outdented(text) {
  const lines = text.replace(/^\s*\n/, "").split("\n");
  const indents = lines.filter((line) => line.trim()).map((line) => line.search(/\S/));
  const least = Math.min(...indents);
  return lines.map((line) => line.slice(least)).join("\n");
}

/** @param {Element | null} element */
function textOf(element) {
  if (!element) return undefined;
  if (element.localName === "script") return ended(outdented(element.textContent));
  return ended((element.querySelector("code") ?? element).textContent);
}

/**
 * The policies: the first `pre` or YAML script that is not the cluster.
 * @param {HTMLElement} element
 */
export function policiesOf(element) {
  const isOne = ":is(pre, script[type='text/yaml'], script[type='application/yaml']):not([data-cluster])";
  return textOf(element.matches("pre") ? element : element.querySelector(isOne));
}

/**
 * The cluster: a `data-cluster` element inside, or the element that the attribute names by selector.
 * @param {HTMLElement} element
 */
export function clusterOf(element) {
  const selector = element.dataset.cluster ?? element.getAttribute("cluster");
  if (!selector) return textOf(element.querySelector(":is(pre, script)[data-cluster]"));
  try {
    return textOf(document.querySelector(selector));
  } catch {
    return undefined;
  }
}
