// What the editor knows without a page: what could stand at the cursor, and where the next line begins.
// `|` is the cursor.
import { CompletionContext } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { expect, test } from "@playwright/test";
import { completions } from "../../web/editor/complete.js";
import { pathTo } from "../../web/editor/context.js";
import { indentation } from "../../web/editor/indent.js";
import { difference, readVocabulary } from "../../web/editor/text.js";

const CLUSTER = readVocabulary(
  [
    "namespace\tai-platform\tkubernetes.io/metadata.name=ai-platform",
    "namespace\tml-ops\tkubernetes.io/metadata.name=ml-ops\tpurpose=ml-ops",
    "pod\tai-platform/rag-api\t:8000/TCP/http\tapp=rag-api\ttier=backend",
    "pod\tml-ops/model-monitor\tapp=model-monitor",
    "pod\tkube-system/kube-dns\t:53/UDP/dns\t:53/TCP\tk8s-app=kube-dns",
  ].join("\n"),
);

function stateOf(text) {
  const at = text.indexOf("|");
  return EditorState.create({ doc: text.replace("|", ""), selection: { anchor: at } });
}

/** What is offered when it is asked for. */
function offered(text) {
  const state = stateOf(text);
  const found = completions(() => CLUSTER)(new CompletionContext(state, state.selection.main.head, true));
  return (found?.options ?? []).map(({ label }) => label);
}

/** The text after Enter. */
function entered(text) {
  const state = stateOf(text);
  let after = state;
  const view = { state, dispatch: (transaction) => (after = transaction.state) };
  indentation[0].run(view);
  const { head } = after.selection.main;
  return `${after.sliceDoc(0, head)}|${after.sliceDoc(head)}`;
}

const POLICY = "kind: NetworkPolicy\nspec:\n  ingress:\n  - from:\n    - ";

test("fields are offered by their place in the policy", () => {
  expect(offered("kind: NetworkPolicy\nspec:\n  |")).toEqual(["podSelector", "policyTypes", "ingress", "egress"]);
  expect(offered("kind: NetworkPolicy\nspec:\n  ingress:\n  - |")).toEqual(["from", "ports"]);
  expect(offered("kind: NetworkPolicy\nspec:\n  ingress:\n    - from: []\n      |")).toEqual(["from", "ports"]);
  expect(offered(`${POLICY}|`)).toEqual(["podSelector", "namespaceSelector", "ipBlock"]);
  expect(offered(`${POLICY}podSelector: {}\n      |`)).toEqual(["podSelector", "namespaceSelector", "ipBlock"]);
  expect(offered(`${POLICY}podSelector:\n        |`)).toEqual(["matchLabels", "matchExpressions"]);
  expect(offered("kind: NetworkPolicy\nspec: {|")).toEqual(["podSelector", "policyTypes", "ingress", "egress"]);
  expect(offered("kind: NetworkPolicy\nspec: {podSelector: {}, ingress: [{from: [{|")).toEqual(["podSelector", "namespaceSelector", "ipBlock"]);
  expect(offered("|")).toEqual(["apiVersion", "kind", "metadata", "spec"]);
});

test("the words that a field knows are offered behind it", () => {
  expect(offered("spec:\n  policyTypes: [In|")).toEqual(["Ingress", "Egress"]);
  expect(offered("spec:\n  policyTypes:\n  - |")).toEqual(["Ingress", "Egress"]);
  expect(offered("spec:\n  egress:\n  - ports:\n    - protocol: |")).toEqual(["TCP", "UDP", "SCTP"]);
  expect(offered("kind: |")).toContain("NetworkPolicy");
});

test("labels, namespaces and ports are the cluster's", () => {
  expect(offered(`${POLICY}podSelector:\n        matchLabels:\n          |`)).toEqual(["app", "tier", "k8s-app"]);
  expect(offered(`${POLICY}podSelector:\n        matchLabels:\n          app: |`)).toEqual(["rag-api", "model-monitor"]);
  expect(offered(`${POLICY}podSelector: {matchLabels: {app: |`)).toEqual(["rag-api", "model-monitor"]);
  expect(offered(`${POLICY}namespaceSelector:\n        matchLabels:\n          |`)).toEqual(["kubernetes.io/metadata.name", "purpose"]);
  expect(offered(`${POLICY}namespaceSelector:\n        matchLabels:\n          purpose: |`)).toEqual(["ml-ops"]);
  expect(offered(`${POLICY}podSelector:\n        matchExpressions:\n        - key: |`)).toEqual(["app", "tier", "k8s-app"]);
  expect(offered(`${POLICY}podSelector:\n        matchExpressions:\n        - key: tier\n          operator: In\n          values: [|`)).toEqual(["backend"]);
  expect(offered(`${POLICY}podSelector:\n        matchExpressions:\n        - key: tier\n          operator: In\n          values:\n          - |`)).toEqual([
    "backend",
  ]);
  expect(offered("metadata:\n  namespace: |")).toEqual(["ai-platform", "ml-ops", "kube-system"]);
  expect(offered("spec:\n  ingress:\n  - ports:\n    - port: |")).toEqual(["8000", "http", "53", "dns"]);
});

test("an expectation is offered the cluster's pods and the two answers", () => {
  expect(offered("#? |")).toEqual(["ai-platform/rag-api", "ml-ops/model-monitor", "kube-system/kube-dns"]);
  expect(offered("#? ml-ops/model-monitor |")).toEqual(["->"]);
  expect(offered("#? ml-ops/model-monitor -> |")).toEqual([
    "ai-platform/rag-api:8000",
    "ml-ops/model-monitor",
    "kube-system/kube-dns:53/UDP",
    "kube-system/kube-dns:53",
  ]);
  expect(offered("#? ml-ops/model-monitor -> ai-platform/rag-api:8000 |")).toEqual(["allowed", "denied"]);
  expect(offered("# a comment: |")).toEqual([]);
});

test("a place is found however its lists are indented, and never beyond its document", () => {
  const path = (text) => {
    const state = stateOf(text);
    const line = state.doc.lineAt(state.selection.main.head);
    return pathTo(state.doc, line.number, state.selection.main.head - line.from).join(".");
  };
  expect(path("spec:\n  ingress:\n  - from:\n    - podSelector: {}\n      |")).toBe("spec.ingress.-.from.-");
  expect(path("spec:\n  ingress:\n    - from:\n        - podSelector: {}\n          |")).toBe("spec.ingress.-.from.-");
  expect(path("spec:\n  a:\n    b: 1\n---\n  |")).toBe("");
  expect(path("spec:\n  a:\n# comment\n\n    |")).toBe("spec.a");
});

test("Enter keeps lists right", () => {
  expect(entered("spec:\n  ingress:|")).toBe("spec:\n  ingress:\n  - |");
  expect(entered("spec:\n  ingress:\n  - from:|")).toBe("spec:\n  ingress:\n  - from:\n    - |");
  expect(entered("spec:\n    ingress:\n      - from:|")).toBe("spec:\n    ingress:\n      - from:\n          - |");
  expect(entered("spec:\n  ingress:\n  - from:\n    - podSelector:|")).toBe("spec:\n  ingress:\n  - from:\n    - podSelector:\n        |");
  expect(entered("  - port: 80|")).toBe("  - port: 80\n    |");
  expect(entered("  policyTypes:\n  - Ingress|")).toBe("  policyTypes:\n  - Ingress\n  - |");
  expect(entered("  policyTypes:\n  - Ingress\n  - |")).toBe("  policyTypes:\n  - Ingress\n|");
  expect(entered("spec: {podSelector: {},|")).toBe("spec: {podSelector: {},\n  |");
  expect(entered("kind: Pod|")).toBe("kind: Pod\n|");
  expect(entered("  a: 1 | # words")).toBe("  a: 1\n  |# words");
  expect(entered("#? a/b -> c/d:1 allowed|")).toBe("#? a/b -> c/d:1 allowed\n|");
});

test("of two texts only what differs is changed", () => {
  expect(difference("abc", "abc")).toBeUndefined();
  expect(difference("a: 1\nb: 2", "a: 1\nc: 2")).toEqual({ from: 5, to: 6, insert: "c" });
  expect(difference("aa", "aaa")).toEqual({ from: 2, to: 2, insert: "a" });
  expect(difference("", "x")).toEqual({ from: 0, to: 0, insert: "x" });
});
