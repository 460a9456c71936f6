// Tables in articles, in WebKit: the widget's own page, and the widgets of the demo. A frame in a sandbox without an origin of its
// own is not among them: there WebKit takes no address for 'self', so the page's policy lets none of its files in.
import { test } from "./fixture.mjs";

test("the widget's page shows the table of its address, and typing changes it", async ({ site, reader }) => {
  await reader.open(`${site.url}embed.html#/s/and-trap`);
  await typeIn(reader);
});

test("a widget of the demo article becomes live, and typing in it changes its table", async ({ site, reader, session }) => {
  await session.go(`${site.url}demo/`);
  // in the shadow of the article's first block
  await session.click(() => [...document.querySelectorAll("[data-netpol] > div")].map(({ shadowRoot }) => shadowRoot?.querySelector("button")).find(Boolean));
  const frame = await session.find(() =>
    [...document.querySelectorAll("[data-netpol] > div")].map(({ shadowRoot }) => shadowRoot?.querySelector("iframe")).find(Boolean),
  );
  await session.inside(frame, async () => {
    await reader.ready();
    await reader.showsOf("deny-all", /./, /Denied/, /Denied/, /Denied/);
    await reader.retype("name: deny-all", "name: mine");
    await reader.showsOf("mine", /./, /Denied/, /Denied/, /Denied/);
    await reader.checkFaults();
  });
});

async function typeIn(reader) {
  await reader.ready();
  await reader.showsOf("AND Trap ⚠", /./, /Allowed/, /Allowed/, /Denied/);
  await reader.retype("namespaceSelector: {}", "");
  await reader.showsOf("and-trap", /./, /Allowed/, /Denied/, /Denied/); // not the built-in text any more
}
