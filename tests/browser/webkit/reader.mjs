// The page in the words of a person who uses it, as ../playground.mjs has them for the other browsers. It looks only at what can
// be seen, and waits for it.
import assert from "node:assert/strict";
import { KEYS, until } from "./driver.mjs";

export class Reader {
  #provoked = [];

  constructor(session) {
    this.session = session;
  }

  /** The test itself brings about what one of these patterns describes. */
  expect(...patterns) {
    this.#provoked.push(...patterns);
  }

  /** Opens an address and waits for a table. */
  async open(address) {
    await this.checkFaults(); // of the page that is left
    await this.session.go(address);
    await this.ready();
  }

  async reload() {
    await this.checkFaults();
    await this.session.reload();
    await this.ready();
  }

  ready = () =>
    until("a table is there, and the page answers", () =>
      this.session.run(() => !!document.querySelector("table tbody tr td button") && !document.querySelector("#boot")),
    );

  /** Waits for the editor as well. */
  editor = () =>
    this.session.find(() =>
      [...document.querySelectorAll("*")].map(({ shadowRoot }) => shadowRoot?.querySelector("[aria-label='Policies YAML']")).find(Boolean),
    );

  /** The table as it is read aloud, one list a row. */
  rows() {
    return this.session.run(() => {
      const aloud = (element) => {
        const copy = element.cloneNode(true);
        for (const silent of copy.querySelectorAll("[aria-hidden=true]")) silent.remove();
        return copy.textContent.replace(/\s+/g, " ").trim();
      };
      const parts = (row) => [...row.querySelector("th[scope=row]").children, ...row.querySelectorAll("td button")];
      return [...document.querySelectorAll("table tbody tr")].map((row) => parts(row).map(aloud));
    });
  }

  /** Waits until the table says this. */
  async shows(rows) {
    await until("the table says what it should", async () => JSON.stringify(await this.rows()) === JSON.stringify(rows)).catch(async () =>
      assert.deepEqual(await this.rows(), rows),
    );
  }

  /** Waits until a policy's row says this, whatever the others say. */
  async showsOf(name, ...words) {
    const row = async () => (await this.rows()).find(([first]) => first === name)?.slice(1);
    const fits = async () => {
      const said = await row();
      return said && words.every((word, at) => word.test(said[at]));
    };
    await until(`the row of ${name}`, fits).catch(async () =>
      assert.fail(`the row of ${name} is none of ${JSON.stringify(await this.rows())}, or not ${words.join()}`),
    );
  }

  /** Marks the last `old` in the text and types over it, key by key. */
  async retype(old, typed) {
    await this.session.run(select, old);
    await this.session.press(typed || KEYS.delete);
  }

  async share() {
    await this.session.click("//button[normalize-space()='Share']");
    return until("there is a link", () => this.session.run(() => document.querySelector("input[aria-label='Link to this text']")?.value));
  }

  /** What went wrong behind the page and in its frames; nothing may. */
  async checkFaults() {
    const unasked = (fault) => !this.#provoked.some((pattern) => pattern.test(fault));
    assert.deepEqual((await this.faults()).filter(unasked), [], "faults behind the page");
  }

  async faults() {
    const { session } = this;
    const heard = () => session.run(() => globalThis.heard?.splice(0) ?? []);
    const all = await heard();
    for (let frame = 0; frame < (await session.run(() => frames.length)); frame++) all.push(...(await session.inside(frame, heard)));
    return all;
  }
}

/** Runs in the page, which has its editor or a text field. */
function select(words) {
  const field = document.querySelector("textarea#policies");
  const view = !field && globalThis.NetpolEditor.of("policies").view;
  const text = field?.value ?? view.state.doc.toString();
  const at = text.lastIndexOf(words);
  if (at < 0) throw new Error(`the text has no ${words}`);
  (field ?? view).focus();
  if (field) field.setSelectionRange(at, at + words.length);
  else view.dispatch({ selection: { anchor: at, head: at + words.length }, scrollIntoView: true });
}
