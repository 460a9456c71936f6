// What a link must not hold, as the script of an article knows it: the same list as the evaluator's (crates/netpol/tests/secrets.rs).
import { readFile } from "node:fs/promises";
import { refusal } from "../../web/embed/1/link.js";
import { expect, test } from "./fixtures.mjs";

const spellings = JSON.parse(await readFile(new URL("../secrets.json", import.meta.url), "utf8"));
const among = (text) => `apiVersion: v1\nkind: Pod\n---\n${text}\n---\nkind: Pod\n`;

test("a Secret and the credentials of a kubeconfig are found wherever they hide", () => {
  const missed = spellings.secret.filter((text) => !refusal(text) || !refusal(among(text)) || !refusal("", text));
  expect(missed).toEqual([]);
});

test("what only speaks of them is none", () => {
  expect(spellings.harmless.filter((text) => refusal(text))).toEqual([]);
});
