// Texts without an editor: how two of them differ, and how the page writes down what the cluster holds.

/** @import { ContainerPort, Labels, Marks, Remark, Vocabulary } from "../types.d.ts" */

/**
 * The one change that makes `old` into `text`, as small as a common beginning and end allow; undefined where there is none.
 * @param {string} old
 * @param {string} text
 */
export function difference(old, text) {
  if (old === text) return undefined;
  const shorter = Math.min(old.length, text.length);
  let from = 0;
  while (from < shorter && old[from] === text[from]) from += 1;
  let end = 0;
  while (end < shorter - from && old.at(-1 - end) === text.at(-1 - end)) end += 1;
  return { from, to: old.length - end, insert: text.slice(from, text.length - end) };
}

/**
 * What the cluster holds. The page writes a line for each namespace and pod, cut by tabs:
 * `namespace  NAME  key=value…` and `pod  NAMESPACE/NAME  :NUMBER/PROTOCOL/NAME…  key=value…`.
 * @param {string} lines
 */
export function readVocabulary(lines) {
  /** @type {Vocabulary} */
  const vocabulary = { namespaces: new Set(), pods: [], labels: { namespace: new Map(), pod: new Map() }, ports: new Map() };
  for (const line of lines.split("\n")) {
    const [kind, name, ...rest] = line.split("\t");
    if (kind !== "namespace" && kind !== "pod") continue;
    const ports = rest.filter(isPort).map(readPort);
    if (kind === "namespace") vocabulary.namespaces.add(name);
    else addPod(vocabulary, name, ports);
    for (const port of ports) addPort(vocabulary.ports, port, name);
    for (const label of rest.filter((word) => !isPort(word))) addLabel(vocabulary.labels[kind], label, name);
  }
  return vocabulary;
}

/**
 * What the page says about a text, one record each, with its fields cut: after `lines`, `behind first last`; `expectation
 * line words` with words where it does not hold; and `severity line:column:line:column message help fixTitle place text …`
 * for what `Editor.setDiagnostics` takes, after `advice` what takes the page longer.
 * @param {string} records
 */
export function readMarks(records) {
  /** @type {Marks} */
  const marks = { behind: undefined, expectations: [], diagnostics: [], advice: undefined };
  for (const record of records.split("\x1e")) {
    const [kind, ...fields] = record.split("\x1f");
    if (kind === "lines") marks.behind = [];
    else if (kind === "behind") marks.behind?.push(fields.map(Number));
    else if (kind === "expectation") marks.expectations.push(readExpectation(fields));
    else if (kind === "advice") marks.advice = [];
    else if (kind) (marks.advice ?? marks.diagnostics).push(readDiagnostic(kind, fields));
  }
  return marks;
}

/** @param {string[]} fields */
const readExpectation = ([line, is]) => ({ line: Number(line), holds: !is, words: is ? `It is ${is}` : "It holds" });
/** @param {string} place */
const readPlace = (place) => place.split(":").map(Number);

/**
 * @param {string} severity
 * @param {string[]} fields
 * @returns {Remark}
 */
function readDiagnostic(severity, [place, message, help = "", fixTitle = "", ...rest]) {
  const edits = [];
  for (let at = 0; at + 1 < rest.length; at += 2) edits.push({ place: readPlace(rest[at]), insert: rest[at + 1] });
  return { place: readPlace(place), severity, message, help, fixTitle, edits };
}

/**
 * A namespace may be there for its pods only.
 * @param {Vocabulary} vocabulary
 * @param {string} name
 * @param {ContainerPort[]} ports
 */
function addPod({ pods, namespaces, labels }, name, ports) {
  pods.push({ name, ports });
  const namespace = name.split("/")[0];
  if (!namespaces.has(namespace)) addLabel(labels.namespace, `kubernetes.io/metadata.name=${namespace}`, namespace);
  namespaces.add(namespace);
}

/** @param {string} word */
const isPort = (word) => word.startsWith(":");

/** @param {string} word */
function readPort(word) {
  const [number, protocol, name] = word.slice(1).split("/");
  return { number, protocol, name };
}

/**
 * @param {Vocabulary["ports"]} ports
 * @param {ContainerPort} port
 * @param {string} owner
 */
function addPort(ports, { number, name }, owner) {
  for (const word of [number, name]) {
    if (word) ports.set(word, [...(ports.get(word) ?? []), owner]);
  }
}

/**
 * @param {Labels} labels
 * @param {string} label
 * @param {string} owner
 */
function addLabel(labels, label, owner) {
  const at = label.indexOf("=");
  const [key, value] = [label.slice(0, at), label.slice(at + 1)];
  const values = labels.get(key) ?? new Map();
  labels.set(key, values.set(value, [...(values.get(value) ?? []), owner]));
}

/**
 * `a, b and 3 more`
 * @param {string[]} names
 */
export function some(names, most = 3) {
  const more = names.length - most;
  return names.slice(0, most).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/**
 * Words with `` `code` `` in them, as text nodes and elements: nothing of it is ever markup.
 * @param {string} tag
 * @param {string} words
 */
export function marked(tag, words) {
  const element = document.createElement(tag);
  const pieces = words.split("`");
  for (const [at, piece] of pieces.entries()) {
    const isCode = at % 2 === 1 && at < pieces.length - 1;
    if (isCode) element.append(Object.assign(document.createElement("code"), { textContent: piece }));
    else element.append(at % 2 === 1 ? `\`${piece}` : piece);
  }
  return element;
}

/**
 * Messages are written to stand behind a name; here they stand alone.
 * @param {string} words
 */
export function sentence(words) {
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.?!…]$/.test(text) ? text : `${text}.`;
}
