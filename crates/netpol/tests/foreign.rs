//! What is no manifest, and what is to be rendered first: each is named as what it is, once.
#![expect(clippy::panic, clippy::string_slice, reason = "what is not there fails the test")]

use netpol::{
    Code, Diagnostic, Manifest, Source,
    foreign::{Foreign, foreign},
    repair, yaml,
};

fn read(text: &str) -> Manifest {
    Manifest::read(vec![Source::new("t", text)])
}

/// The only thing that is said.
fn only(text: &str) -> Diagnostic {
    let [one] = read(text).diagnostics.try_into().unwrap_or_else(|all| panic!("{text}\n{all:#?}"));
    one
}

fn underlined<'t>(text: &'t str, diagnostic: &Diagnostic) -> &'t str {
    &text[diagnostic.span.start..diagnostic.span.end]
}

const POLICY: &str = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\n";

#[test]
fn a_document_is_known_by_its_shape() {
    let shape = |text: &str| foreign(yaml::documents(text)[0].root.as_ref().unwrap());
    for (text, expected) in [
        ("resources: [a.yaml]\n", Some(Foreign::Kustomization)),
        (
            "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n",
            Some(Foreign::Kustomization),
        ),
        ("- {op: remove, path: /spec}\n", Some(Foreign::JsonPatch)),
        ("apiVersion: v2\nname: web\nversion: 1.0.0\n", Some(Foreign::Chart)),
        ("services: {web: {image: web}}\n", Some(Foreign::Compose)),
        ("on: push\njobs: {}\n", Some(Foreign::Workflow)),
        ("replicaCount: 3\nresources: {}\nimage: {tag: latest}\n", Some(Foreign::Settings)),
        ("site_name: Docs\nnav: []\n", Some(Foreign::Settings)),
        // meant as objects, or as parts of a policy
        ("apiVersion: v1\nmetadata: {name: web}\n", None),
        ("kind: NetworkPolicy\n", None),
        ("metadata: {name: web}\nspec: {}\n", None),
        ("podSelector: {}\ningress: []\n", None),
        ("- from: []\n", None),
        ("- apiVersion: v1\n  kind: Pod\n", None),
        ("text\n", None),
    ] {
        assert_eq!(shape(text), expected, "{text}");
    }
}

#[test]
fn a_foreign_document_that_is_pasted_says_what_to_check_instead() {
    for (text, help) in [
        ("resources:\n- web.yaml\n", "kubectl kustomize"),
        ("- {op: remove, path: /spec}\n", "kubectl kustomize"),
        ("apiVersion: v2\nname: web\nversion: 1.0.0\n", "helm template"),
        ("- apiVersion: v1\n  kind: Namespace\n  metadata: {name: a}\n", "`---`"),
    ] {
        let said = only(text);
        assert_eq!(said.code, Code::NotAnObject, "{text}");
        assert!(said.help.as_ref().is_some_and(|said| said.contains(help)), "{said:?}");
    }
    let said =
        only("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n");
    assert_eq!(said.code, Code::LeftAlone);
}

#[test]
fn what_kubectl_prints_for_people_is_told_from_objects() {
    let described = "Name:         web\nNamespace:    shop\nCreated on:   2026-01-02 03:04:05 +0000 UTC\nLabels:       <none>\nAnnotations:  <none>\nSpec:\n  PodSelector:     app=web\n  Allowing ingress traffic:\n    To Port: <any> (traffic allowed to all ports)\n    From:\n      PodSelector: app=shop\n  Not affecting egress traffic\n  Policy Types: Ingress\n";
    let said = only(described);
    assert_eq!(said.code, Code::NotAnObject);
    assert_eq!(
        said.help.as_deref(),
        Some(
            "this is what `kubectl describe` prints: paste what `kubectl get networkpolicy web -n shop -o yaml` prints"
        )
    );
    let said = only("NAME   POD-SELECTOR   AGE\nweb    app=web        5d\n");
    assert!(said.help.as_ref().is_some_and(|help| help.contains("-o yaml")), "{said:?}");
    // a name alone is no description
    assert!(!only("Name: web\n").help.unwrap_or_default().contains("describe"));
}

#[test]
fn a_template_is_one_error_at_its_first_placeholder_with_the_command_that_renders_it() {
    for (rest, placeholder, command) in [
        (
            "metadata: {name: a, namespace: shop}\nspec:\n  podSelector: {{- toYaml .Values.selector | nindent 4 }}\n",
            "{{- toYaml .Values.selector | nindent 4 }}",
            "helm template",
        ),
        (
            "metadata:\n  name: {{ include \"web.name\" . }}-web\nspec: {podSelector: {}}\n",
            "{{ include \"web.name\" . }}",
            "helm template",
        ),
        (
            "metadata: {name: \"{{ printf \"%s\" .x }}\"}\n",
            "{{ printf \"%s\" .x }}\"}",
            "helm template",
        ),
        ("metadata: {name: \"{{ web }}\", namespace: shop}\n", "{{ web }}", "jinja2"),
        (
            "metadata:\n  name: web\nspec:\n  {% if x %}\n  podSelector: {}\n",
            "{% if x %}",
            "jinja2",
        ),
        ("metadata: {name: $NAME, namespace: shop}\n", "$NAME", "envsubst"),
        ("metadata: {name: web, namespace: $(NAMESPACE)}\n", "$(NAMESPACE)", "kubectl kustomize"),
        (
            "metadata: {name: web, namespace: shop}\n#@ if data.values.strict:\nspec: {podSelector: {}}\n#@ end\n",
            "#@ if data.values.strict:",
            "ytt",
        ),
        ("metadata: {name: \"<%= name %>\", namespace: shop}\n", "<%= name %>", "erb"),
    ] {
        let text = format!("{POLICY}{rest}");
        let said = only(&text);
        assert_eq!(said.code, Code::Template, "{text}");
        assert_eq!(underlined(&text, &said), placeholder);
        assert!(said.help.as_ref().is_some_and(|help| help.contains(command)), "{said:?}");
        assert!(read(&text).objects.iter().all(|objects| objects.policies.is_empty()), "{text}");
    }
}

#[test]
fn braces_that_are_text_make_no_template() {
    for rest in [
        "metadata: {name: web, namespace: shop, annotations: {a: \"{{ x }} ${Y} <% z %>\"}} # {{ x }}\nspec: {podSelector: {}}\n",
        "# #@ if x:\n# {% if %}\nmetadata: {name: web, namespace: shop}\nspec: {podSelector: {}}\n",
        "#@ todo\nmetadata: {name: web, namespace: shop}\nspec: {podSelector: {}}\n",
    ] {
        let text = format!("{POLICY}{rest}");
        let manifest = read(&text);
        assert!(manifest.diagnostics.is_empty(), "{:?}", manifest.diagnostics);
        assert_eq!(manifest.objects[0].policies.len(), 1, "{text}");
    }
    // what is refused for another reason is refused for that one
    let text = format!(
        "{POLICY}metadata: {{name: web, annotations: {{a: \"{{{{ x }}}}\"}}, namespace: Shop}}\n"
    );
    assert_eq!(only(&text).code, Code::InvalidValue);
    // and a kind that nobody reads may hold whatever it likes
    let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \"${NAME}\"}\n#@ if x:\ndata: {a: \"{{ b }}\"}\n";
    assert_eq!(only(text).code, Code::KindNotUsed);
}

const TEMPLATE: &str = "\
apiVersion: template.openshift.io/v1
kind: Template
metadata: {name: shop}
parameters:
- {name: NS, value: shop}
- {name: RUN, generate: expression}
- {name: TEAM, required: true}
objects:
- apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: one, namespace: \"${NS}\"}
  spec:
    podSelecter: {}
- apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: \"two-${RUN}\", namespace: \"${NS}\"}
- apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: three, namespace: \"${NS}\"}
  spec: {podSelector: {matchLabels: {\"${TEAM}\": x}}}
- apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: four, namespace: \"${NSX}\"}
- apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  metadata: {name: five, namespace: \"${NS}\"}
";

#[test]
fn faults_inside_an_openshift_template_are_shown_where_they_stand() {
    let manifest = read(TEMPLATE);
    let said: Vec<_> = manifest
        .diagnostics
        .iter()
        .map(|one| (one.code, underlined(TEMPLATE, one), one.help.as_deref().unwrap_or("")))
        .collect();
    assert_eq!(
        said,
        [
            (Code::UnknownField, "podSelecter", "did you mean `podSelector`?"),
            (
                Code::ParameterWithoutValue,
                "apiVersion",
                "give it one: `oc process --local -f FILE -p RUN=… | netpol lint -`"
            ),
            (
                Code::ParameterWithoutValue,
                "apiVersion",
                "give it one: `oc process --local -f FILE -p TEAM=… | netpol lint -`"
            ),
            (Code::InvalidValue, "\"${NSX}\"", "declare it under `parameters`, with a `value`"),
        ]
    );
    let names: Vec<_> =
        manifest.objects[0].policies.iter().map(|policy| policy.meta.name.to_string()).collect();
    assert_eq!(names, ["shop/five"]);
}

#[test]
fn a_value_that_is_put_in_again_and_again_is_bounded() {
    let value = "x".repeat(100_000);
    let reference = "${A}".repeat(1_000);
    let text = format!(
        "apiVersion: v1\nkind: Template\nparameters:\n- {{name: A, value: {value}}}\nobjects:\n- apiVersion: v1\n  kind: Namespace\n  metadata: {{name: \"{reference}\"}}\n"
    );
    let manifest = read(&text);
    let root = manifest.documents[0].yaml.root.as_ref().unwrap();
    let netpol::yaml::Value::Sequence(objects) = &root.get("objects").unwrap().value else {
        panic!()
    };
    let name = objects[0].get("metadata").unwrap().get("name").unwrap().as_str().unwrap();
    assert!(name.len() < 2 << 20, "{}", name.len());
}

#[test]
fn a_field_of_another_version_is_taken_out_of_block_flow_and_list() {
    for (text, mended) in [
        (
            format!(
                "{POLICY}metadata: {{name: a, namespace: b}}\nspec: {{podSelector: {{}}}}\nstatus: {{}}\n"
            ),
            format!("{POLICY}metadata: {{name: a, namespace: b}}\nspec: {{podSelector: {{}}}}\n"),
        ),
        (
            format!(
                "{POLICY}status:\n  conditions: []\nmetadata:\n  clusterName: x\n  name: a\n  namespace: b\n"
            ),
            format!("{POLICY}metadata:\n  name: a\n  namespace: b\n"),
        ),
        (
            "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a, namespace: b}, status: {}}\n".to_owned(),
            "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a, namespace: b}}\n".to_owned(),
        ),
    ] {
        let mut now = text.clone();
        for _ in 0..2 {
            let manifest = read(&now);
            assert_eq!(manifest.objects[0].policies.len(), 1, "the policy counts");
            let Some(fix) = manifest.diagnostics.iter().find_map(|one| repair::fix(&manifest, one))
            else {
                break;
            };
            now = fix.rewrite.apply(&now);
        }
        assert_eq!(now, mended, "{text}");
    }
}
