// Texts without an editor: how two of them differ, and how the page writes down what the cluster holds.

/** The one change that makes `old` into `text`, as small as a common beginning and end allow; undefined where there is none. */
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
 */
export function readVocabulary(lines) {
  const vocabulary = { namespaces: new Set(), pods: [], labels: { namespace: new Map(), pod: new Map() }, ports: new Map() };
  for (const line of lines.split("\n")) {
    const [kind, name, ...rest] = line.split("\t");
    if (kind === "namespace") vocabulary.namespaces.add(name);
    else if (kind === "pod") addPod(vocabulary, name, rest.filter(isPort).map(readPort));
    else continue;
    for (const port of rest.filter(isPort).map(readPort)) addPort(vocabulary.ports, port, name);
    for (const label of rest.filter((word) => !isPort(word))) addLabel(vocabulary.labels[kind], label, name);
  }
  return vocabulary;
}

/**
 * What the page says about a text, one record each, with its fields cut: after `lines`, `behind first last`; `expectation
 * line words` with words where it does not hold; and `severity line:column:line:column message help fixTitle place text …`
 * for the lists that `Editor.setDiagnostics` takes, after `advice` those that take the page longer. `behind` and `advice`
 * are undefined where they are still to come.
 */
export function readMarks(records) {
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

const readExpectation = ([line, is]) => [Number(line), !is, is ? `It is ${is}` : "It holds"];
const readPlace = (place) => place.split(":").map(Number);

function readDiagnostic(severity, [place, message, help = "", fixTitle = "", ...edits]) {
  const read = edits.map((field, at) => (at % 2 === 0 ? readPlace(field) : field));
  return [readPlace(place), severity, message, help, fixTitle, ...read];
}

/** A namespace may be there for its pods only. */
function addPod({ pods, namespaces, labels }, name, ports) {
  pods.push({ name, ports });
  const namespace = name.split("/")[0];
  if (!namespaces.has(namespace)) addLabel(labels.namespace, `kubernetes.io/metadata.name=${namespace}`, namespace);
  namespaces.add(namespace);
}

const isPort = (word) => word.startsWith(":");

function readPort(word) {
  const [number, protocol, name] = word.slice(1).split("/");
  return { number, protocol, name };
}

function addPort(ports, { number, name }, owner) {
  for (const word of [number, name]) {
    if (word) ports.set(word, [...(ports.get(word) ?? []), owner]);
  }
}

/** key → value → the objects that carry it */
function addLabel(labels, label, owner) {
  const at = label.indexOf("=");
  const [key, value] = [label.slice(0, at), label.slice(at + 1)];
  const values = labels.get(key) ?? new Map();
  labels.set(key, values.set(value, [...(values.get(value) ?? []), owner]));
}

/** `a, b and 3 more` */
export function some(names, most = 3) {
  const more = names.length - most;
  return names.slice(0, most).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** Words with `` `code` `` in them, as text nodes and elements: nothing of it is ever markup. */
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

/** Messages are written to stand behind a name; here they stand alone. */
export function sentence(words) {
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.?!…]$/.test(text) ? text : `${text}.`;
}
