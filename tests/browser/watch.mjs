// Listens to everything a page does behind the person's back: requests, console, exceptions.
// A test that provokes a fault itself says which words it expects; everything else is a finding.

/** Playwright's own `body {}`, which it adds to a page in Firefox for each screenshot, and which a page's policy rightly blocks. */
const OF_A_SCREENSHOT = "sha256-YjaKGiklmzC6wjXA513HAMmzus8VE61XCOT+SmwNZWA=";

/** What the page fetches when it has nothing else to do. */
const LATER = /\/((engine|editor|panels|icon)-[^/]*|(offline|exports|worker)\.js|manifest\.webmanifest)$/;

/** Watches all pages of a browser context. `origin` is the only place they may talk to. */
export function watch(context, origin) {
  const heard = [];
  const provoked = [];
  const note = (fault) => heard.push(fault);
  context.on("request", (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (asked !== origin && !["data:", "blob:"].includes(protocol)) note(`left the origin: ${request.url()}`);
  });
  context.on("requestfailed", (request) => {
    const { errorText } = request.failure() ?? {};
    // what the page fetches for later is called off when the page is left
    if (["net::ERR_ABORTED", "NS_BINDING_ABORTED"].includes(errorText) && LATER.test(request.url())) return;
    note(`failed: ${request.url()} ${errorText}`);
  });
  context.on("response", (response) => {
    if (!response.ok()) note(`${response.status()}: ${response.url()}`);
  });
  context.on("console", (message) => {
    // said by the browser's driver, where the tests allow the page no service worker
    if (message.text() === "Service Worker registration blocked by Playwright") return;
    if (["error", "warning", "assert"].includes(message.type())) note(`console ${message.type()}: ${message.text()}`);
  });
  context.on("weberror", (error) => {
    const words = `exception: ${error.error()}`;
    if (!words.includes(OF_A_SCREENSHOT)) note(words);
  });
  context.on("dialog", (dialog) => {
    note(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  return {
    /** The test itself brings about what one of these patterns describes. */
    expect: (...patterns) => provoked.push(...patterns),
    /** Everything that was heard and that nobody asked for. */
    findings: () => heard.filter((fault) => !provoked.some((pattern) => pattern.test(fault))),
  };
}
