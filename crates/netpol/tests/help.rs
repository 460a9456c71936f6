//! What to do about a fault: the help beside the API server's words.

use netpol::{Analysis, Diagnostic, Inputs, Source};

fn helps(text: &str) -> Vec<String> {
    let inputs = Inputs { text: vec![Source::new("t", text)], ..Inputs::default() };
    let diagnostics = Analysis::of(inputs).diagnostics;
    diagnostics
        .into_iter()
        .filter(Diagnostic::is_error)
        .map(|d| d.help.unwrap_or_default())
        .collect()
}

fn policy(spec: &str) -> String {
    format!(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: a, namespace: b}}\nspec: {spec}\n"
    )
}

#[test]
fn a_list_or_map_in_the_place_of_a_word_is_called_so() {
    for (spec, help) in [
        ("{ingress: [{ports: [{port: [80]}]}]}", "write `port: 80`"),
        ("{ingress: [{ports: [{protocol: [TCP]}]}]}", "one value belongs here, not a list"),
        ("{podSelector: {matchLabels: {a: []}}}", "one value belongs here, not a list"),
        ("{podSelector: {matchLabels: {a: {b: c}}}}", "one value belongs here, not a map"),
        ("{podSelector: {matchLabels: []}}", "one map belongs here, not a list"),
        ("{podSelector: [{}]}", "a map belongs here: remove the `- `"),
        (
            "{ingress: {ports: []}}",
            "a list belongs here: start the item with `- `; an empty `ports` is every port: name them, as in `ports: [{port: 80}]`",
        ),
        ("{ingress: {from: [web]}}", "a list belongs here: start the item with `- `"),
    ] {
        assert_eq!(helps(&policy(spec)), [help], "{spec}");
    }
}

#[test]
fn a_long_word_is_no_misspelt_short_one() {
    for (key, help) in [
        ("policyTypesOfIt", ""),
        ("ingress§§§§", ""),
        ("policyTypesss", "did you mean `policyTypes`?"),
        ("Ingress", "did you mean `ingress`?"),
    ] {
        assert_eq!(helps(&policy(&format!("{{{key}: [x]}}"))), [help], "{key}");
    }
}

#[test]
fn a_number_is_no_name_of_a_containers_port_in_quotes_or_without() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: b}\nspec: {containers: [{name: c, ports: [{name: \"80\", containerPort: 80}]}]}\n";
    assert_eq!(helps(pod), ["a port's name needs a letter, as in `http`"]);
    let analysis = Analysis::of(Inputs { text: vec![Source::new("t", pod)], ..Inputs::default() });
    assert!(analysis.diagnostics.iter().all(|one| one.remedy.is_none()));
}

#[test]
fn a_misspelt_kind_or_list_gets_the_right_one() {
    let object = |version: &str, kind: &str| format!("apiVersion: {version}\nkind: {kind}\n");
    for (version, kind, help) in [
        ("networking.k8s.io/v1", "networkpolicies", "did you mean `kind: NetworkPolicy`?"),
        ("apps/v1", "deployments", "did you mean `kind: Deployment`?"),
        ("networking.k8s.io/v1", "Ingresses", "did you mean `kind: Ingress`?"),
        (
            "networking.k8s.io/v1",
            "Egress",
            "the kinds of `networking.k8s.io` are `NetworkPolicy`, `Ingress`, `IngressClass`, `IPAddress`, `ServiceCIDR`",
        ),
        ("batch/v1", "Cronjob", "did you mean `kind: CronJob`?"),
        ("v1", "podlist", "did you mean `kind: PodList`?"),
        (
            "v1",
            "networkPolicy",
            "did you mean `kind: NetworkPolicy` with `apiVersion: networking.k8s.io/v1`?",
        ),
        ("v2", "List", "write `apiVersion: v1`"),
        ("v1", "NetworkPolicy", "write `apiVersion: networking.k8s.io/v1`"),
    ] {
        assert_eq!(helps(&object(version, kind)), [help], "{version} {kind}");
    }
    assert_eq!(helps("apiVersion: v1\nkind: List\nitmes: []\n"), ["did you mean `items`?"]);
    assert_eq!(helps("apiVersion: v1\nkind: List\nItems: []\n"), ["did you mean `items`?"]);
    for (version, kind) in
        [("v1", "ConfigMap"), ("v1", "Secret"), ("v1", "LimitRange"), ("v1", "EventList")]
    {
        assert!(helps(&object(version, kind)).is_empty(), "{kind}");
    }
    assert!(helps(&object("example.com/v1", "pod")).is_empty());
}
