// Keeps the page for when there is no network, and says when a newer one is ready; web/boot.js fetches this last of all.
// Nothing is ever exchanged under somebody's hands: the newer page waits until it is asked for.
/** @import { ToServiceWorker } from "../messages.d.ts" */

const HOUR = 3_600_000;
const DRAFT = "netpol.draft";
const { serviceWorker } = navigator;

let isAskedFor = false;
/** @type {HTMLElement | undefined} */
let bar;

/** A visit that saves bytes keeps nothing; what is kept already is also kept up to date. */
const isWanted = () => serviceWorker && isSecureContext && (serviceWorker.controller || !navigator.connection?.saveData);

/** For installing the page as a program. Not in index.html: the first visit works without it. */
function nameManifest() {
  document.head.append(Object.assign(document.createElement("link"), { rel: "manifest", href: "manifest.webmanifest" }));
}

/** The page takes no text for the address of a script. This one is not a text any more, and no other becomes such. */
function trusted() {
  const worker = new URL("sw.js", import.meta.url).href;
  const policy = globalThis.trustedTypes?.createPolicy("netpol", { createScriptURL: () => worker });
  return policy?.createScriptURL(worker) ?? worker;
}

async function keepForLater() {
  const registration = await serviceWorker.register(trusted(), { updateViaCache: "none" });
  if (!registration) return;
  let isKept = !!serviceWorker.controller;
  if (registration.waiting) announce(registration);
  watch(registration, registration.installing);
  registration.addEventListener("updatefound", () => watch(registration, registration.installing));
  serviceWorker.addEventListener("controllerchange", () => {
    if (isAskedFor) return location.reload();
    // asked for in another window: this one still shows the page of before
    if (isKept) announce(registration);
    isKept = true;
  });
  // a draft is stored when typing pauses
  document.addEventListener("input", () => bar?.isConnected && setTimeout(say, 2_000));
  lookHourly(registration);
}

/**
 * @param {ServiceWorkerRegistration} registration
 * @param {ServiceWorker | null} worker
 */
function watch(registration, worker) {
  worker?.addEventListener("statechange", () => {
    if (worker.state === "installed" && registration.active) announce(registration);
  });
}

/**
 * A browser looks for a newer page when one is opened; a workshop may keep it open for days.
 * @param {ServiceWorkerRegistration} registration
 */
function lookHourly(registration) {
  let looked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - looked < HOUR) return;
    looked = Date.now();
    registration.update().catch(() => {});
  });
}

/** @param {ServiceWorkerRegistration} registration */
function announce(registration) {
  bar?.remove();
  const section = document.createElement("section");
  bar = section;
  bar.className = "bar newer";
  bar.setAttribute("aria-label", "Newer version");
  const words = document.createElement("p");
  words.setAttribute("aria-live", "polite");
  bar.append(
    words,
    button("Reload", "primary", () => {
      isAskedFor = true;
      if (registration.waiting) registration.waiting.postMessage(/** @satisfies {ToServiceWorker} */ ("netpol:take-over"));
      else location.reload();
    }),
    button("Later", "", () => section.remove()),
  );
  document.body.append(bar);
  // a live region says what comes into it later, not what it comes with
  setTimeout(say, 100);
}

function say() {
  const words = bar?.querySelector("p");
  if (!words) return;
  const text = isUnsaved() ? "A newer playground is ready. Your text is kept: after the reload, press “Restore my draft”." : "A newer playground is ready.";
  if (words.textContent !== text) words.textContent = text;
}

function isUnsaved() {
  try {
    return localStorage.getItem(DRAFT) !== null;
  } catch {
    return false; // storage is blocked
  }
}

/**
 * @param {string} name
 * @param {string} looks
 * @param {() => void} pressed
 */
function button(name, looks, pressed) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: name, className: looks });
  button.addEventListener("click", pressed);
  return button;
}

if (isWanted()) {
  nameManifest();
  keepForLater().catch(() => {}); // the page works as well without it
}
