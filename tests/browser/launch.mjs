// How the browsers are started: by the tests and by the measurements, so that both see the same ones.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * The first of these programs on PATH; undefined leaves the choice, and the complaint, to Playwright.
 * @param {string[]} names
 */
function installed(...names) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return candidates.find((file) => existsSync(file));
}

export const launchOptions = {
  executablePath: process.env.CHROMIUM || installed("chromium", "google-chrome", "chromium-browser", "google-chrome-stable"),
  args: [
    "--no-sandbox", // a container's root has none
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

/** The Firefox that people have, as Mozilla or Debian built it, steered by WebDriver BiDi. */
export const firefoxOptions = {
  executablePath: process.env.FIREFOX || installed("firefox-esr", "firefox"),
};
