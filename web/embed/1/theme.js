// Is the article light or dark around an element? Asked again whenever the page or the system may have changed.

const system = matchMedia("(prefers-color-scheme: dark)");
/** Below this luminance, white text stands out more than black. */
const MIDDLE = 0.18;
/** Milliseconds after which a page has faded from one theme to the other. */
const FADED = 400;

/** @param {number} share */
const linear = (share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);

/**
 * The luminance of a computed colour; nothing where one sees through it.
 * @param {string} colour
 */
function luminance(colour) {
  const [, name, values] = /^(\w+)\((?:[a-z][\w-]* )?([^)]*)\)/.exec(colour) ?? [];
  if (!name) return undefined;
  const [first, second, third, alpha = 1] = values.split(/[\s,/]+/).map((value) => Number(value) || 0);
  if (alpha < 0.5) return undefined;
  if (name.startsWith("ok")) return first ** 3;
  if (name.startsWith("l")) return ((first + 16) / 116) ** 3;
  const [red, green, blue] = [first, second, third].map((part) => linear(name === "color" ? part : part / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * The luminance of what is painted behind an element, as far as plain colours tell.
 * @param {Element} element
 */
function behind(element) {
  /** @param {Element} at */
  const around = (at) => at.assignedSlot ?? at.parentElement ?? /** @type {Partial<ShadowRoot>} */ (at.getRootNode()).host;
  for (let at = /** @type {Element | undefined} */ (element); at; at = around(at)) {
    const found = luminance(getComputedStyle(at).backgroundColor);
    if (found !== undefined) return found;
  }
}

/**
 * What the page says it can look like; a `meta` element is no style, and is not in the computed one.
 * @param {Element} element
 */
function schemesOf(element) {
  const { colorScheme } = getComputedStyle(element);
  return colorScheme === "normal" ? (document.querySelector("meta[name='color-scheme']")?.getAttribute("content") ?? "") : colorScheme;
}

/**
 * "light" or "dark", as the page is around this element.
 * @param {Element} element
 */
export function themeAround(element) {
  const schemes = schemesOf(element).split(/\s+/);
  const [isLight, isDark] = [schemes.includes("light"), schemes.includes("dark")];
  if (isLight !== isDark) return isDark ? "dark" : "light";
  const light = behind(element);
  if (light !== undefined) return light < MIDDLE ? "dark" : "light";
  return isDark && system.matches ? "dark" : "light";
}

/**
 * Calls when the page may look different from now on.
 * @param {() => void} changed
 */
export function onThemeChange(changed) {
  /** @type {number | undefined} */
  let faded;
  const look = () => {
    changed();
    clearTimeout(faded);
    faded = setTimeout(changed, FADED);
  };
  const observer = new MutationObserver(look);
  for (const root of [document.documentElement, document.body]) if (root) observer.observe(root, { attributes: true });
  system.addEventListener("change", look);
}
