// What could stand at the cursor: fields by their place in the object, labels, namespaces and ports that the cluster
// has, and the pods of it in `#?` lines.
import { placeAt, sibling, topValue } from "./context.js";
import { fieldAt, KIND_NAMES } from "./fields.js";
import { marked, some } from "./text.js";

/** @import { Completion, CompletionSource } from "@codemirror/autocomplete" */
/** @import { EditorState, Text } from "@codemirror/state" */
/** @import { Field, Labels, Vocabulary } from "../types.d.ts" */
/** @import { Place } from "./context.js" */
/** @typedef {{ from: number, options: Completion[] } | null} Found */

const EXPECTATION = /^\s*#\?\s*/;

/**
 * A completion source; `vocabulary` tells what the cluster holds.
 * @param {() => Vocabulary} vocabulary
 * @returns {CompletionSource}
 */
export function completions(vocabulary) {
  return (context) => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const found = EXPECTATION.test(before)
      ? inExpectation(before, context.pos, vocabulary())
      : inObject(context.state, context.pos, vocabulary, line.text.slice(before.length));
    if (!found || found.options.length === 0) return null;
    const word = context.state.sliceDoc(found.from, context.pos);
    // nothing pops up where nothing was typed, or where the word is typed already and Enter means a new line
    if (!context.explicit && (word === "" || found.options.some(({ label }) => label === word))) return null;
    return { ...found, validFor: /^[\w./-]*$/ };
  };
}

/**
 * @param {string} before
 * @param {number} pos
 * @param {Vocabulary} vocabulary
 * @returns {Found}
 */
function inExpectation(before, pos, { pods }) {
  const words = before.replace(EXPECTATION, "");
  const from = pos - words.length + words.search(/\S*$/);
  const arrow = words.indexOf("->");
  if (arrow < 0) return { from, options: /\S\s/.test(words) ? [option("->")] : pods.map(({ name }) => option(name)) };
  if (/^\s*\S+\s/.test(words.slice(arrow + 2))) return { from, options: ["allowed", "denied"].map((one) => option(one)) };
  const ends = pods.flatMap(({ name, ports }) => {
    const numbers = ports.map(({ number, protocol }) => `${name}:${number}${protocol === "TCP" ? "" : `/${protocol}`}`);
    return numbers.length ? numbers : [name];
  });
  return { from, options: ends.map((end) => option(end)) };
}

/**
 * @param {EditorState} state
 * @param {number} pos
 * @param {() => Vocabulary} vocabulary
 * @param {string} after
 * @returns {Found}
 */
function inObject(state, pos, vocabulary, after) {
  const place = placeAt(state, pos);
  if (!place) return null;
  const kind = topValue(state.doc, place.line, "kind");
  const around = fieldAt(place.path, kind);
  const options =
    place.key !== undefined
      ? valuesOf(around?.isLabels ? around : around?.fields?.[place.key], place, place.key, kind, vocabulary(), state.doc)
      : entriesOf(around, place, kind, vocabulary(), state.doc, after);
  return { from: place.from, options };
}

/**
 * What may follow a key.
 * @param {Field | undefined} field
 * @param {Place} place
 * @param {string} key
 * @param {string | undefined} kind
 * @param {Vocabulary} vocabulary
 * @param {Text} doc
 * @returns {Completion[]}
 */
function valuesOf(field, place, key, kind, vocabulary, doc) {
  if (!field) return [];
  if (field.isLabels) return labelValues(labelsFor(place, kind, vocabulary), key);
  if (field.isLabelKey) return labelKeys(labelsFor(place, kind, vocabulary), "");
  if (field.isNamespace) return [...vocabulary.namespaces].map((name) => option(name));
  if (field.isPort) return [...vocabulary.ports].map(([port, owners]) => option(port, some(owners)));
  if (place.path.length === 0 && key === "kind") return KIND_NAMES.map((name) => option(name));
  if (place.path.length === 0 && key === "apiVersion" && !topValue(doc, place.line, "kind")) {
    return ["networking.k8s.io/v1", "v1", "apps/v1"].map((version) => option(version));
  }
  return (field.values ?? []).map((value) => option(value));
}

/**
 * What may begin here: the fields of a map, the items of a list.
 * @param {Field | undefined} around
 * @param {Place} place
 * @param {string | undefined} kind
 * @param {Vocabulary} vocabulary
 * @param {Text} doc
 * @param {string} after
 * @returns {Completion[]}
 */
function entriesOf(around, place, kind, vocabulary, doc, after) {
  const item = around?.item;
  // a list without a dash yet: it comes along
  const dash = item && place.dashes === 0 && !place.isFlow ? "- " : "";
  const inside = item ?? around;
  const colon = /^\s*:/.test(after) ? "" : ":";
  if (inside?.isLabels) return labelKeys(labelsFor(place, kind, vocabulary), colon && `${colon} `);
  if (inside?.isLabelValue) {
    const key = sibling(doc, place.line, place.column - (place.dashes ? 2 : 0), "key") ?? keyOfRequirement(doc, place);
    return labelValues(labelsFor(place, kind, vocabulary), key).map((one) => ({ ...one, apply: dash + one.label }));
  }
  if (inside?.fields) {
    return Object.entries(inside.fields).map(([name, field], at) => ({
      ...option(name),
      boost: -at, // in the order in which they are written
      info: () => marked("p", field.doc ?? ""),
      apply: `${dash}${name}${colon}${colon && (field.fields || field.item || field.isLabels) ? "" : colon && " "}`,
    }));
  }
  return (inside?.values ?? []).map((value) => ({ ...option(value), apply: dash + value }));
}

/**
 * `values` below `key`, in lines of their own or in one: the nearest `key:` above.
 * @param {Text} doc
 * @param {Place} place
 */
function keyOfRequirement(doc, { line }) {
  for (let at = line; at >= 1 && at > line - 6; at -= 1) {
    const [, key] = /(?:^|[\s{,-])key:\s*["']?([^"',}\s]+)/.exec(doc.line(at).text) ?? [];
    if (key) return key;
  }
  return undefined;
}

/**
 * The labels of namespaces for a namespaceSelector and on a Namespace, of pods everywhere else.
 * @param {Place} place
 * @param {string | undefined} kind
 * @param {Vocabulary} vocabulary
 */
function labelsFor({ path }, kind, { labels }) {
  const isOfNamespace = path.includes("namespaceSelector") || (kind === "Namespace" && path[0] === "metadata");
  return isOfNamespace ? labels.namespace : labels.pod;
}

/** @type {(labels: Labels, end: string) => Completion[]} */
const labelKeys = (labels, end) => [...labels].map(([key, values]) => ({ ...option(key, some([...values.keys()])), apply: key + end }));
/** @type {(labels: Labels, key: string | undefined) => Completion[]} */
const labelValues = (labels, key) => [...(labels.get(key ?? "") ?? [])].map(([value, owners]) => option(value, some(owners)));
/** @type {(label: string, detail?: string) => Completion} */
const option = (label, detail) => ({ label, detail });
