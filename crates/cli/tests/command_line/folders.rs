//! Folders as people have them: manifests with kustomizations, patches, charts, templates and settings beside them.

use serde_json::Value;

use crate::netpol::{Place, SHOP, documents, policy};

/// A kubebuilder project's layout, with the port of the Service where the pod's is meant.
fn kustomize(name: &str) -> Place {
    let manager = "\
apiVersion: v1
kind: Namespace
metadata: {name: system}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: manager, namespace: system}
spec:
  selector: {matchLabels: {app: manager}}
  template:
    metadata: {labels: {app: manager}}
    spec: {containers: [{name: m, ports: [{containerPort: 9443}]}]}
";
    let service = "\
apiVersion: v1
kind: Service
metadata: {name: webhook, namespace: system}
spec: {selector: {app: manager}, ports: [{port: 443, targetPort: 9443}]}
";
    let webhook = policy(
        "webhook",
        "{podSelector: {matchLabels: {app: manager}}, ingress: [{ports: [{port: 443}]}]}",
    )
    .replace("namespace: shop", "namespace: system");
    Place::named(name)
        .with("config/manager/manager.yaml", manager)
        .with("config/manager/kustomization.yaml", "resources: [manager.yaml]\n")
        .with("config/webhook/service.yaml", service)
        .with("config/webhook/policy.yaml", webhook)
        .with("config/webhook/kustomization.yml", "resources: [service.yaml, policy.yaml]\nconfigurations: [kustomizeconfig.yaml]\n")
        .with("config/webhook/kustomizeconfig.yaml", "nameReference:\n- kind: Service\n")
        .with(
            "config/default/kustomization.yaml",
            "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: system\nresources: [../manager, ../webhook]\npatches:\n- path: patch.yaml\n- path: json.yaml\n  target: {kind: NetworkPolicy}\n",
        )
        .with("config/default/patch.yaml", "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: webhook}\n$patch: delete\n")
        .with("config/default/json.yaml", "- op: remove\n  path: /spec/ingress\n")
        // commented out in the kustomization, and a patch all the same
        .with("config/default/auth_patch.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: manager, namespace: system}\nspec:\n  template:\n    spec: {containers: [{name: auth}]}\n")
}

#[test]
fn a_kustomize_folder_is_no_error_and_finds_what_its_manifests_have() {
    let place = kustomize("folders_kustomize");
    let run = place.netpol(&["lint", "config"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    let alone = place.netpol(&[
        "lint",
        "config/manager/manager.yaml",
        "config/webhook/service.yaml",
        "config/webhook/policy.yaml",
    ]);
    let found = |out: &str| {
        let lines =
            out.lines().filter(|line| line.starts_with("warning") || line.starts_with("error"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(found(&run.out), found(&alone.out));
    assert!(alone.out.contains("warning[service-port]"), "{}", alone.out);
    // what is built is said, once a kind, and the one that is built as a whole
    assert_eq!(run.out.matches("note[left-alone]").count(), 2, "{}", run.out);
    assert!(run.out.contains("3 kustomizations are left alone"), "{}", run.out);
    assert!(run.out.contains("`kubectl kustomize config/default | netpol lint -`"), "{}", run.out);
    assert!(
        run.out.contains("4 patches, and files that a kustomization packs, are left alone"),
        "{}",
        run.out
    );
    let run = place.netpol(&["table", "config"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("kubectl kustomize config/default"), "{}", run.err);
}

#[test]
fn what_is_left_alone_is_a_note_for_programs_too() {
    let place = kustomize("folders_json");
    let run = place.netpol(&["check", "config", "-o", "json"]);
    let all: Vec<Value> = serde_json::from_str(&run.out).unwrap();
    let left: Vec<_> = all.iter().filter(|one| one["code"] == "left-alone").collect();
    assert_eq!(left.len(), 2, "{}", run.out);
    assert_eq!(
        (left[0]["severity"].as_str(), left[0]["file"].as_str()),
        (Some("note"), Some("config/default/kustomization.yaml"))
    );
    assert_eq!(place.netpol(&["check", "config", "--deny", "warnings"]).code, 0);
    let sarif: Value =
        serde_json::from_str(&place.netpol(&["check", "config", "-o", "sarif"]).out).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(
        results
            .iter()
            .filter(|one| one["ruleId"] == "left-alone" && one["level"] == "note")
            .count(),
        2
    );
}

#[test]
fn an_overlay_without_manifests_of_its_own_leads_to_the_command_that_builds_it() {
    let place =
        Place::named("folders_overlay").with("prod/kustomization.yaml", "resources: [../base]\n");
    let run = place.netpol(&["lint", "prod"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("`kubectl kustomize prod | netpol lint -`"), "{}", run.out);
    let run = place.netpol(&["table", "prod"]);
    assert_eq!(run.code, 2, "there is no table of nothing");
}

#[test]
fn a_broken_manifest_in_a_kustomize_folder_stays_an_error() {
    let bad = policy("p", "{podSelecter: {}}");
    let place = kustomize("folders_broken")
        .with("config/webhook/bad.yaml", bad)
        .with("config/webhook/no-yaml.yaml", "kind: [\n")
        .with("config/webhook/no-kind.yaml", "apiVersion: v1\nmetadata: {name: a}\n");
    let run = place.netpol(&["check", "config"]);
    assert_eq!(run.code, 2);
    for code in ["unknown-field", "yaml-syntax", "not-an-object"] {
        assert_eq!(run.out.matches(&format!("error[{code}]")).count(), 1, "{code}: {}", run.out);
    }
}

#[test]
fn a_file_that_is_named_itself_and_is_no_manifest_is_an_error_that_says_what_it_is() {
    let place = kustomize("folders_named");
    for (file, says) in [
        ("config/manager/kustomization.yaml", "this is a kustomization"),
        ("config/default/json.yaml", "this is a JSON patch"),
    ] {
        let run = place.netpol(&["check", file]);
        assert_eq!(run.code, 2, "{}", run.out);
        assert!(run.out.contains(says), "{}", run.out);
    }
}

#[test]
fn a_helm_chart_is_said_to_be_one_with_the_command_that_renders_it() {
    let template = policy("p", "{podSelector: {{- toYaml .Values.selector | nindent 4 }}}");
    let place = Place::named("folders_chart")
        .with("web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n")
        .with("web/values.yaml", "selector: {}\nspec: {}\n")
        .with("web/values-prod.yaml", "selector: {}\n")
        .with("web/templates/policy.yaml", &template)
        .with("web/templates/sub/if.yaml", "{{- if .Values.x }}\nkind: A\n{{- end }}\n");
    let run = place.netpol(&["lint", "web"]);
    assert_eq!(run.code, 2, "nothing was checked: {}", run.out);
    assert!(run.err.contains("no manifest in directory `web`"), "{}", run.err);
    assert!(run.out.contains("5 files of Helm charts are left alone"), "{}", run.out);
    assert!(run.out.contains("`helm template web | netpol lint -`"), "{}", run.out);
    // beside manifests it is only a note, and what is plain in the chart is read
    let place = place
        .with("shop.yaml", SHOP)
        .with("web/templates/plain.yaml", policy("q", "{podSelecter: {}}"));
    let run = place.netpol(&["lint", "."]);
    assert_eq!(run.out.matches("error[").count(), 1, "{}", run.out);
    assert!(run.out.contains("error[unknown-field]"), "{}", run.out);
}

#[test]
fn templates_and_settings_beside_manifests_are_left_alone_and_named_themselves_refused() {
    let template =
        policy("p", "{podSelector: {}}").replace("namespace: shop", "namespace: $NAMESPACE");
    let place = Place::named("folders_templates")
        .with("all/shop.yaml", documents(&[SHOP, &policy("deny", "{podSelector: {}}")]))
        .with("all/policy.tmpl.yaml", &template)
        .with("all/more.yaml", &template)
        .with("all/mkdocs.yml", "site_name: Docs\n")
        .with("all/docker-compose.yaml", "services: {web: {image: web}}\n");
    let run = place.netpol(&["lint", "all"]);
    assert_eq!(run.code, 0, "{}", run.out);
    assert!(run.out.contains("2 templates are left alone"), "{}", run.out);
    assert!(run.out.contains("`envsubst < FILE | netpol lint -`"), "{}", run.out);
    assert!(run.out.contains("a file of settings is left alone"), "{}", run.out);
    assert!(run.out.contains("a Docker Compose file is left alone"), "{}", run.out);
    let run = place.netpol(&["lint", "all/more.yaml"]);
    assert_eq!(run.code, 2);
    assert!(run.out.contains("error[template]: this is a template: `$NAMESPACE`"), "{}", run.out);
}

#[test]
fn policies_of_other_apis_are_told_before_the_table() {
    let istio = "apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: deny, namespace: shop}\n";
    let firewall = "apiVersion: k8s.ovn.org/v1\nkind: EgressFirewall\nmetadata: {name: default, namespace: shop}\n";
    let text = documents(&[SHOP, &policy("p", "{podSelector: {}}"), istio, firewall]);
    let place = Place::named("folders_others").with("p.yaml", text);
    let head = "warning: not evaluated, and may deny what is allowed here: 1 AuthorizationPolicy, 1 EgressFirewall\n";
    for command in ["table", "matrix"] {
        let run = place.netpol(&[command, "p.yaml"]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(run.err.contains(head), "{}", run.err);
    }
    let run = place.netpol(&["check", "p.yaml", "--deny", "warnings"]);
    assert_eq!(run.code, 1, "{}", run.out);
}

#[test]
fn lint_takes_the_status_of_older_servers_out() {
    let text = documents(&[SHOP, &(policy("p", "{podSelector: {}} # all") + "status: {}\n")]);
    let place = Place::named("folders_status").with("p.yaml", text);
    assert_eq!(place.netpol(&["lint", "p.yaml"]).code, 0);
    let run = place.netpol(&["lint", "--fix", "p.yaml"]);
    assert!(run.err.contains("Remove the field"), "{}", run.err);
    let mended = std::fs::read_to_string(place.path("p.yaml")).unwrap();
    assert!(mended.ends_with("spec: {podSelector: {}} # all\n"), "{mended}");
}
