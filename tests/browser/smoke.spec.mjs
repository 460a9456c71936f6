// The site starts: wherever it is mounted, with nothing blocked, nothing missing, and no word to another origin.
import { expect, test } from "@playwright/test";

test("the page starts without an error and asks only its own folder", async ({ page, baseURL }) => {
  const faults = [];
  const requests = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`exception: ${error}`));
  page.on("requestfailed", (request) => faults.push(`failed: ${request.url()}`));
  page.on("response", (response) => {
    if (!response.ok()) faults.push(`${response.status()}: ${response.url()}`);
  });
  page.on("request", (request) => requests.push(request.url()));

  await page.goto("./");

  await expect(page.locator("#boot")).toBeHidden();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(faults).toEqual([]);
  expect(requests.filter((url) => !url.startsWith(baseURL) && !url.startsWith("data:"))).toEqual([]);
});

test("where WebAssembly is switched off, the page says so instead of loading for ever", async ({ page }) => {
  await page.addInitScript(() => delete globalThis.WebAssembly);
  await page.goto("./");
  await expect(page.locator("#boot")).toContainText("could not start");
  await expect(page.locator("#boot")).toContainText("WebAssembly");
});

test("where a file is lost on the way, the page says so instead of loading for ever", async ({ page }) => {
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto("./");
  await expect(page.locator("#boot")).toContainText("could not start");
});

test("the theme in the address is set before the page is drawn", async ({ page }) => {
  await page.goto("./?theme=dark");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
