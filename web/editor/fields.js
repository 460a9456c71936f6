// The fields of the objects that the page reads, and a sentence about each, after the API's own documentation
// (kubernetes.io, "NetworkPolicy v1" and the pages of the other kinds).

/** @import { Field } from "../types.d.ts" */

/** @type {(doc: string, values?: string[]) => Field} */
const text = (doc, values = []) => ({ doc, values });
/** @type {(doc: string, fields: Record<string, Field>) => Field} */
const map = (doc, fields) => ({ doc, fields });
/** @type {(doc: string, item: Field) => Field} */
const list = (doc, item) => ({ doc, item });
/** @type {(doc: string) => Field} */
const labels = (doc) => ({ doc, isLabels: true });

const requirement = map("One condition on a label; all of them must hold.", {
  key: { ...text("The label that the condition is about."), isLabelKey: true },
  operator: text("How the label's value relates to `values`.", ["In", "NotIn", "Exists", "DoesNotExist"]),
  values: list("The values that In and NotIn compare with; Exists and DoesNotExist take none.", { isLabelValue: true }),
});
/** @type {(doc: string) => Field} */
const selector = (doc) =>
  map(doc, {
    matchLabels: labels("Labels that must all be there with just these values."),
    matchExpressions: list("Conditions on labels; all of them must hold, together with `matchLabels`.", requirement),
  });

const protocols = ["TCP", "UDP", "SCTP"];
const ports = list(
  "The ports that the rule opens; left out or empty, it opens all of them.",
  map("One port, or a range of ports.", {
    port: { ...text("A port of the pod, not of a Service: its number, or the name that the container gives it."), isPort: true },
    endPort: text("The last port of a range that begins at `port`, which must be a number then."),
    protocol: text("TCP where it is left out.", protocols),
  }),
);
const peer = map("One item: all of its selectors must match, so two selectors in one item mean AND.", {
  podSelector: selector("Pods by their labels, in the policy's own namespace unless `namespaceSelector` stands beside it; `{}` is all of them."),
  namespaceSelector: selector("Namespaces by their labels; without `podSelector` beside it, all pods in them; `{}` is every namespace."),
  ipBlock: map("Addresses, meant for those outside the cluster; no selector may stand beside it.", {
    cidr: text("The addresses as a block, such as `10.0.0.0/8` or `2001:db8::/32`."),
    except: list("Blocks inside `cidr` that this item leaves out.", text("A block inside `cidr`.")),
  }),
});
/** @type {(doc: string) => Field} */
const peers = (doc) => list(doc, peer);

const spec = map("Which pods the policy is about, and what it opens for them.", {
  podSelector: selector("The pods of the policy's own namespace that it is about; `{}` is all of them."),
  policyTypes: list(
    "The directions in which the selected pods are closed but for what policies open; left out, Ingress, and Egress where there are egress rules.",
    text("A direction.", ["Ingress", "Egress"]),
  ),
  ingress: list(
    "What may connect to the selected pods; a connection needs one rule of any policy.",
    map("One rule: a peer and a port of it must match.", {
      from: peers("Who may connect; one matching item is enough, and left out or empty it is everybody."),
      ports,
    }),
  ),
  egress: list(
    "Where the selected pods may connect to; a connection needs one rule of any policy.",
    map("One rule: a peer and a port of it must match.", {
      to: peers("Where to; one matching item is enough, and left out or empty it is everywhere."),
      ports,
    }),
  ),
});

/** @type {(isNamespaced: boolean) => Field} */
const metadata = (isNamespaced) =>
  map("Name, namespace and labels.", {
    name: text("The name, unique among the objects of its kind in the namespace."),
    ...(isNamespaced && { namespace: { ...text("The namespace it lives in; `default` where it is left out."), isNamespace: true } }),
    labels: labels("Words that selectors look for."),
    annotations: map("Notes for people and tools; no selector sees them.", {}),
  });
const podSpec = map("What runs in the pod.", {
  containers: list(
    "The containers of the pod.",
    map("One container.", {
      name: text("The container's name."),
      image: text("What it runs; the page does not look at it."),
      ports: list(
        "The ports it listens on; a list for people, but named ports are looked up here.",
        map("One port.", {
          name: text("A name that policies and Services may use in place of the number."),
          containerPort: text("The number."),
          protocol: text("TCP where it is left out.", protocols),
        }),
      ),
    }),
  ),
  hostNetwork: text("Whether the pod uses its node's network; what policies mean for it then is left to the network plugin.", ["true", "false"]),
});
/** @type {(apiVersion: string, isNamespaced: boolean, rest?: Record<string, Field>) => Field} */
const kind = (apiVersion, isNamespaced, rest = {}) =>
  map("", {
    apiVersion: text("The group and version of the API that the kind belongs to.", [apiVersion]),
    kind: text("What kind of object this is.", undefined),
    metadata: metadata(isNamespaced),
    ...rest,
  });
/** @type {(apiVersion: string) => Field} */
const workload = (apiVersion) =>
  kind(apiVersion, true, {
    spec: map("What the controller runs.", {
      replicas: text("How many pods there are."),
      selector: selector("The pods that belong to it."),
      template: map("What its pods look like.", { metadata: metadata(false), spec: podSpec }),
    }),
  });

/** @type {Record<string, Field>} */
const KINDS = {
  NetworkPolicy: kind("networking.k8s.io/v1", true, { spec }),
  Namespace: kind("v1", false),
  Pod: kind("v1", true, {
    spec: podSpec,
    status: map("What the cluster found.", { podIP: text("The pod's address; one is assumed where it is left out.") }),
  }),
  Service: kind("v1", true, {
    spec: map("Which pods stand behind it, and by which ports.", {
      selector: labels("The labels of the pods behind it."),
      ports: list(
        "Its ports; policies see the pods' ports and not these.",
        map("One port.", {
          name: text("The port's name."),
          port: text("The number that callers of the Service use."),
          targetPort: { ...text("The pod's port, by number or name; `port` where it is left out."), isPort: true },
          protocol: text("TCP where it is left out.", protocols),
        }),
      ),
    }),
  }),
  Deployment: workload("apps/v1"),
  StatefulSet: workload("apps/v1"),
  DaemonSet: workload("apps/v1"),
};

/** The names of the kinds. */
export const KIND_NAMES = Object.keys(KINDS);

/**
 * What is known about a place: the field, list or item that a path leads to, in an object of this kind.
 * @param {string[]} path
 * @param {string} [kindName]
 * @returns {Field | undefined}
 */
export function fieldAt(path, kindName) {
  /** @type {Field | undefined} */
  let at = KINDS[kindName ?? ""] ?? KINDS.NetworkPolicy;
  for (const step of path) {
    at = step === "-" ? at?.item : at?.fields?.[step];
    if (!at) return undefined;
  }
  return at;
}
