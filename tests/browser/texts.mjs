// Texts that several specs type or paste, and the table that the article prints.

/** The article's scoreboard, with the words of the cells in place of its ticks and crosses. */
export const EIGHT = [
  ["Allow All", "ingress: [{}]", "Allowed", "Allowed", "Allowed"],
  ["Deny All", "no ingress key", "Denied", "Denied", "Denied"],
  ["Same NS Only", "podSelector: {}", "Allowed", "Denied", "Denied"],
  ["Cluster Internal", "namespaceSelector: {}", "Allowed", "Allowed", "Denied"],
  ["AND Trap ⚠", "both {}, same item", "Allowed", "Allowed", "Denied"],
  ["OR Logic", "both {}, separate items", "Allowed", "Allowed", "Denied"],
  ["Specific NS", "namespaceSelector with labels", "Denied", "Partly: ml-ops only", "Denied"],
  ["Specific Pod+NS", "both with labels, same item", "Denied", "Partly: model-monitor only", "Denied"],
  ["All together", "policies add up", "Allowed", "Allowed", "Allowed"],
];

/** Where the dash goes that turns the last of the eight from AND into OR; the cursor marks the space before it. */
export const NO_DASH = "  podSelector:  # no dash";
export const DASH = "- podSelector:  # no dash";

/** A policy of somebody whose namespaces and labels the built-in cluster has never heard of. */
export const STRANGER = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: payments-in
  namespace: shop
spec:
  podSelector:
    matchLabels:
      app: checkout
  ingress:
  - from:
    - namespaceSelector:
        matchLabels:
          team: payments
      podSelector:
        matchLabels:
          app: gateway
`;

/** One sound policy, and one whose indentation went wrong. */
export const HALF_BROKEN = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: sound, namespace: ai-platform}
spec:
  podSelector: {}
  ingress:
  - from:
    - podSelector: {}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: broken, namespace: ai-platform}
spec:
  podSelector: {}
  policyTypes: [Ingress
  ingress: []
`;

/** Legal, but not what it seems to say: two surprises with a remedy, and part of a policy. */
export const SURPRISING = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: names-lost
  namespace: ai-platform
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress:
  - from:
    - namespaceSelector:
        matchLabels:
          team: ml-ops
  egress:
  - to:
    - podSelector: {}
`;

/** Part of a policy, as articles print it. */
export const FRAGMENT = `ingress:
- from:
  - podSelector: {}
`;

/** What must never be put into a link. */
export const SECRET = `apiVersion: v1
kind: Secret
metadata: {name: token}
stringData: {token: not-for-links}
`;
