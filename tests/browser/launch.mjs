// How Chromium is started: by the tests and by the measurements, so that both see the same browser.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "google-chrome", "chromium-browser", "google-chrome-stable"];

/** `CHROMIUM` beats PATH; undefined leaves the choice, and the complaint, to Playwright. */
function installedBrowser() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return process.env.CHROMIUM || candidates.find((file) => existsSync(file));
}

export const launchOptions = {
  executablePath: installedBrowser(),
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
