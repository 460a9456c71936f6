// The core flows once more, in Firefox as Debian or Mozilla built it: what is tagged @core, in the very same words.
// Run them with `cargo xtask test firefox`.
import { defineConfig } from "@playwright/test";
import { firefoxOptions } from "./launch.mjs";
import base from "./playwright.config.mjs";

const [{ use: root }] = base.projects;

export default defineConfig({
  ...base,
  grep: /@core/,
  // stock Firefox, steered by WebDriver BiDi: the other channel is Playwright's own build, which would have to be downloaded
  use: { ...base.use, browserName: "firefox", channel: "moz-firefox", launchOptions: firefoxOptions },
  projects: [
    { name: "firefox", use: root },
    { name: "firefox, plain", use: { ...root, editor: "plain" }, testMatch: ["typing.spec.mjs"] },
  ],
});
