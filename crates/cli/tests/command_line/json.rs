//! JSON as input, as `kubectl get -o json` prints it: it is YAML too, so everything works as it does there.

use serde_json::{Value, json};

use crate::netpol::{Place, Run};

/// What `kubectl get ns,pods,svc,netpol -o json` prints, with some of what nobody asked for.
fn kubectl_list() -> Value {
    let managed = json!([{"manager": "kubectl", "fieldsV1": {"f:metadata": {}}, "time": "2026-01-01T00:00:00Z"}]);
    let meta = |name: &str, labels: Value| json!({"name": name, "namespace": "shop", "labels": labels, "managedFields": managed, "uid": "0-0", "resourceVersion": "1"});
    json!({"apiVersion": "v1", "kind": "List", "metadata": {"resourceVersion": ""}, "items": [
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {"kubernetes.io/metadata.name": "shop"}}, "status": {"phase": "Active"}},
        {"apiVersion": "v1", "kind": "Pod", "metadata": meta("web", json!({"app": "web"})), "spec": {"containers": [{"name": "c", "ports": [{"name": "http", "containerPort": 8080}]}], "tolerations": []}, "status": {"phase": "Running", "podIP": "10.1.0.7", "podIPs": [{"ip": "10.1.0.7"}]}},
        {"apiVersion": "v1", "kind": "Pod", "metadata": meta("db", json!({"app": "db"})), "spec": {"containers": [{"name": "c"}]}},
        {"apiVersion": "v1", "kind": "Service", "metadata": meta("web", json!({})), "spec": {"selector": {"app": "web"}, "ports": [{"port": 80, "targetPort": "http"}]}, "status": {"loadBalancer": {}}},
        {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": meta("web", json!({})), "spec": {"podSelector": {"matchLabels": {"app": "web"}}, "ingress": [{"from": [{"podSelector": {"matchLabels": {"app": "db"}}}], "ports": [{"port": 8080}]}], "policyTypes": ["Ingress"]}},
    ]})
}

fn policies(run: &Run) -> Vec<String> {
    let table: Value = serde_json::from_str(&run.out).unwrap();
    let rows = table["rows"].as_array().unwrap();
    rows.iter().map(|row| row["policy"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_kubectl_prints_is_clean_and_gives_a_table() {
    let list = kubectl_list();
    for (file, text) in [
        ("pretty.json", serde_json::to_string_pretty(&list).unwrap()),
        ("line.json", list.to_string()),
    ] {
        let place = Place::named("json_list").with(file, text);
        let run = place.netpol(&["check", file, "--deny", "warnings"]);
        assert_eq!((run.code, run.out.as_str()), (0, "no problems in 1 file\n"), "{file}");
        let run = place.netpol(&["table", file, "-o", "json"]);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        assert_eq!(policies(&run), ["shop/web"]);
    }
}

#[test]
fn a_list_of_one_kind_lends_its_items_their_kind() {
    let mut items = kubectl_list()["items"].as_array().unwrap().clone();
    let mut list = |kind: &str| {
        let (of_kind, rest): (Vec<_>, Vec<_>) =
            items.drain(..).partition(|item| item["kind"] == kind);
        items = rest;
        let bare = of_kind.into_iter().map(|mut item| {
            let item_map = item.as_object_mut().unwrap();
            item_map.remove("kind");
            let version = item_map.remove("apiVersion").unwrap();
            (version, item)
        });
        let (versions, items): (Vec<Value>, Vec<Value>) = bare.unzip();
        json!({"apiVersion": versions[0], "kind": format!("{kind}List"), "metadata": {}, "items": items})
            .to_string()
    };
    let place = Place::named("json_lists")
        .with("k/namespaces.json", list("Namespace"))
        .with("k/pods.json", list("Pod"))
        .with("k/services.json", list("Service"))
        .with("k/policies.json", list("NetworkPolicy"))
        .with("k/expected.yaml", "#? shop/db -> svc:shop/web:80 allowed\n");
    let run = place.netpol(&["check", "k"]);
    assert_eq!((run.code, run.out.as_str()), (0, "no problems in 5 files\n"));
    assert_eq!(policies(&place.netpol(&["table", "k", "-o", "json"])), ["shop/web"]);
    let run = place.netpol(&["test", "k/expected.yaml", "--cluster", "k"]);
    assert_eq!((run.code, run.closing_line()), (0, "1 passed, 0 failed"), "{}", run.err);
}

#[test]
fn an_error_is_found_in_the_middle_of_a_single_line() {
    let mut list = kubectl_list();
    list["items"][4]["spec"]["ingress"][0]["from"][0] = json!({});
    let text = list.to_string();
    let place = Place::named("json_error").with("all.json", &text);
    let run = place.netpol(&["check", "all.json", "-o", "json"]);
    let found: Vec<Value> = serde_json::from_str(&run.out).unwrap();
    assert_eq!((run.code, found.len()), (2, 1), "{}", run.out);
    assert_eq!(found[0]["field"], "spec.ingress[0].from[0]");
    let column = text.find("[{}]").unwrap() + 2;
    assert_eq!((&found[0]["line"], &found[0]["column"]), (&1.into(), &column.into()));
    let run = place.netpol(&["check", "all.json"]);
    let shown = run.out.lines().nth(2).unwrap();
    assert!(shown.starts_with("1 | …") && shown.ends_with('…') && shown.chars().count() < 140);
}
