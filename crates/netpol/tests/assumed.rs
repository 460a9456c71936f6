//! What is assumed around a text: the files count and win by name, an example stands around texts
//! without pods, whom policies name is assumed and marked, and a whole cluster is left as it is.

use netpol::{Analysis, Column, Direction, Inputs, Source, State, Witnesses, explain};

const EXAMPLE: &str = include_str!("../../lessons/cluster.yaml");

fn analysis(text: &str) -> Analysis {
    let (text, fallback) = (vec![Source::new("text", text)], vec![Source::new("example", EXAMPLE)]);
    Analysis::of(Inputs { text, fallback, ..Inputs::default() })
}

fn whole(text: &str) -> Analysis {
    let text = vec![Source::new("text", text)];
    Analysis::of(Inputs { text, witnesses: Witnesses::Off, ..Inputs::default() })
}

fn cell_of(analysis: &Analysis, policy: &str, column: Column) -> String {
    let table = analysis.scoreboard(Direction::Ingress);
    let is_it = |row: &&netpol::Row| {
        analysis.cluster.policy(row.policy).is_some_and(|it| it.meta.name.name == policy)
    };
    let row = table.rows.iter().find(is_it).map(|row| &row.cells);
    let Some(cell) = row.map(|cells| cells.get(column)) else { return "no row".to_owned() };
    let reason = explain::reason(&analysis.cluster, cell, column, Direction::Ingress);
    let mark = if cell.rests_on_assumed(&analysis.cluster) { " *" } else { "" };
    format!("{} {reason}{mark}", cell.state.as_str())
}

fn cell(text: &str, column: Column) -> String {
    cell_of(&analysis(text), "p", column)
}

fn policy(namespace: &str, from: &str) -> String {
    format!(
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: p, namespace: {namespace}}}\nspec: {{podSelector: {{}}, ingress: [{{from: [{from}]}}]}}\n---\n"
    )
}

fn namespace(name: &str, labels: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Namespace\nmetadata: {{name: {name}, labels: {{{labels}}}}}\n---\n"
    )
}

fn pod(full_name: &str, labels: &str) -> String {
    let (namespace, name) = full_name.split_once('/').unwrap_or(("default", full_name));
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata: {{name: {name}, namespace: {namespace}, labels: {{{labels}}}}}\n---\n"
    )
}

const BADGE: &str = "{namespaceSelector: {matchLabels: {purpose: ml-ops}}}";

/// The article's third step: a policy and the one Namespace that belongs to it.
#[test]
fn a_namespace_without_pods_joins_the_example_and_drives_nobody_out() {
    let text = policy("ai-platform", BADGE) + &namespace("ml-ops", "purpose: ml-ops");
    assert_eq!(cell(&text, Column::Cross), "partly ml-ops only");
    assert_eq!(cell(&text, Column::Same), "denied ");
    // it wins by name: without the label nobody has the badge, and nobody else is invented for it
    let text = policy("ai-platform", BADGE) + &namespace("ml-ops", "team: ml");
    assert_eq!(cell(&text, Column::Cross), "denied no pod here has purpose=ml-ops");
    let (first, last) = (namespace("ml-ops", ""), policy("ai-platform", BADGE));
    assert!(
        analysis(&(first + &last))
            .diagnostics
            .iter()
            .all(|one| one.code.as_str() != "duplicate-object")
    );
}

#[test]
fn a_selector_that_everyone_here_meets_is_a_condition_all_the_same() {
    let two = pod("ml-ops/a", "") + &pod("ml-ops/b", "") + &pod("shop/web", "");
    let text = namespace("ml-ops", "purpose: ml-ops") + &two + &policy("shop", BADGE);
    assert_eq!(
        cell_of(&whole(&text), "p", Column::Cross),
        "partly all 2 pods here: purpose=ml-ops"
    );
    let by_label = policy("shop", "{podSelector: {matchLabels: {app: web}}}");
    let text = pod("shop/web", "app: web") + &by_label;
    assert_eq!(cell_of(&whole(&text), "p", Column::Same), "partly the only pod here: app=web");
    let text = pod("shop/db", "app: db") + &by_label;
    assert_eq!(cell_of(&whole(&text), "p", Column::Same), "denied no pod here has app=web");
    // where nobody is there, the rule speaks alone
    let text = pod("shop/web", "") + &policy("shop", BADGE);
    assert_eq!(cell_of(&whole(&text), "p", Column::Cross), "partly purpose=ml-ops only");
    let everyone = policy("shop", "{namespaceSelector: {}}");
    let text = pod("shop/web", "") + &everyone;
    for column in [Column::Same, Column::Cross] {
        assert_eq!(cell_of(&whole(&text), "p", column), "allowed ");
    }
    let own_name = "{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}}";
    let text = pod("shop/web", "") + &policy("shop", own_name);
    assert_eq!(cell_of(&whole(&text), "p", Column::Same), "allowed ");
    assert_eq!(cell_of(&whole(&text), "p", Column::Cross), "denied ");
    let but_own = "{namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [shop]}]}}";
    let text = pod("shop/web", "") + &policy("shop", but_own);
    assert_eq!(cell_of(&whole(&text), "p", Column::Same), "denied ");
    assert_eq!(cell_of(&whole(&text), "p", Column::Cross), "allowed ");
}

#[test]
fn beside_pods_of_ones_own_no_example_stands_and_whom_policies_name_is_assumed_and_marked() {
    let ingress = "{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress-nginx}}, podSelector: {matchLabels: {app: ingress}}}";
    let text = pod("shop/web", "app: web") + &policy("shop", ingress);
    let read = analysis(&text);
    assert_eq!(cell_of(&read, "p", Column::Cross), "partly ingress (assumed) only *");
    let names = |pods: &[netpol::objects::Pod]| {
        pods.iter().map(|pod| pod.meta.name.to_string()).collect::<Vec<_>>()
    };
    let assumed = ["ingress-nginx/ingress", "ingress-nginx/not-ingress"];
    for name in assumed {
        assert!(
            names(&read.added.pods).contains(&name.to_owned()),
            "{:?}",
            names(&read.added.pods)
        );
    }
    let strangers = |pod: &netpol::objects::Pod| pod.namespace() == "ai-platform";
    assert!(!read.cluster.pods().iter().any(strangers));
    // one of one's own beside one that is assumed: the cell rests on both
    let own = pod("shop/client", "role: client");
    let both = format!("{ingress}, {{podSelector: {{matchLabels: {{role: client}}}}}}");
    let text = pod("shop/web", "app: web") + &own + &policy("shop", &both);
    assert_eq!(cell(&text, Column::Same), "partly client only");
    assert_eq!(cell(&text, Column::Cross), "partly ingress (assumed) only *");
    // a peer of the same namespace may live in another repository; who misses it is there already
    let text = pod("shop/web", "app: web")
        + &policy("shop", "{podSelector: {matchLabels: {role: client}}}");
    assert_eq!(cell(&text, Column::Same), "partly client (assumed) only *");
    assert_eq!(names(&analysis(&text).added.pods), ["shop/client"]);
}

#[test]
fn nobody_is_assumed_where_a_label_of_ones_own_was_meant() {
    // the namespace is there, and lacks the label: the policy admits nobody
    let monitoring = pod("monitoring/prometheus", "app: prometheus") + &pod("shop/web", "");
    let by_name = policy("shop", "{namespaceSelector: {matchLabels: {name: monitoring}}}");
    assert_eq!(
        cell(&(monitoring.clone() + &by_name), Column::Cross),
        "denied no pod here has name=monitoring"
    );
    // however the text got there
    let late = by_name + &monitoring;
    assert_eq!(cell(&late, Column::Cross), "denied no pod here has name=monitoring");
    // the pod is there under another label
    let text = pod("shop/db", "app.kubernetes.io/name: api")
        + &policy("shop", "{podSelector: {matchLabels: {app: api}}}");
    assert_eq!(cell(&text, Column::Same), "denied no pod here has app=api");
    // which pods a policy selects is told from one's own pods alone
    let selects = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: shop}\nspec: {podSelector: {matchLabels: {app: wbe}}}\n---\n";
    let text = pod("shop/web", "app: web") + selects;
    assert_eq!(cell(&text, Column::Same), "unrestricted selects no pod");
    assert!(!analysis(&text).added.has_cluster());
}

#[test]
fn who_is_assumed_is_selected_by_nobodys_policy_and_behind_no_service() {
    let text = pod("shop/web", "app: web")
        + &policy("shop", "{podSelector: {matchLabels: {role: client}}}")
        + "apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: shop}\nspec: {selector: {role: client}, ports: [{port: 80}]}\n---\n#? shop/web -> svc:shop/s:80 allowed\n";
    let read = analysis(&text);
    let table = read.scoreboard(Direction::Ingress);
    let subjects = table.together.same.shares.iter().flat_map(|share| share.subjects.ids());
    assert_eq!(subjects.count(), 1);
    assert!(read.expectations.is_empty() && read.has_errors(), "{:?}", read.diagnostics);
}

/// What `kubectl get namespaces,pods -A -o yaml` prints is all there is.
#[test]
fn of_a_whole_cluster_nothing_is_assumed() {
    let named = policy("shop", "{podSelector: {matchLabels: {role: client}}}");
    // the first line of an item bears the dash
    let item = |text: &str| {
        let lines = text.trim_end().trim_end_matches("---").trim_end();
        format!("- {}\n", lines.replace('\n', "\n  "))
    };
    let items: String = [
        namespace("default", ""),
        namespace("kube-system", ""),
        namespace("shop", ""),
        pod("kube-system/kube-dns", "k8s-app: kube-dns"),
        pod("shop/web", "app: web"),
    ]
    .iter()
    .map(|text| item(text))
    .collect();
    let dump = format!("apiVersion: v1\nkind: List\nitems:\n{items}---\n{named}");
    let read = analysis(&dump);
    assert!(
        read.is_whole && !read.added.has_cluster() && !read.uses_fallback,
        "{:?}",
        read.diagnostics
    );
    assert_eq!(cell_of(&read, "p", Column::Same), "denied no pod here has role=client");
    assert_eq!(read.cluster.pods().len(), 2);
    // what an API server wrote is told by its uid as well
    let served = |text: String| text.replace("metadata: {", "metadata: {uid: 1-2, ");
    let files = served(namespace("kube-system", "") + &pod("kube-system/dns", "app: dns"));
    assert!(analysis(&(files + &named)).is_whole);
    // of the system alone, nothing is known of its pods
    let files = served(namespace("kube-system", "") + &pod("shop/web", "app: web"));
    assert!(!analysis(&(files + &named)).is_whole);
    // a namespace of the system that somebody declares for its labels is no cluster
    let files = namespace("kube-system", "") + &pod("shop/web", "app: web");
    let read = analysis(&(files + &named));
    assert!(!read.is_whole && read.added.has_cluster());
}

#[test]
fn of_addresses_outside_an_assumed_pod_tells_nothing() {
    let served = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nstatus: {podIP: 192.0.2.9}\n---\n";
    let block = policy(
        "shop",
        "{ipBlock: {cidr: 10.244.0.0/16}}, {podSelector: {matchLabels: {role: client}}}",
    );
    let read = analysis(&(served.to_owned() + &block));
    assert!(read.added.has_cluster());
    let table = read.scoreboard(Direction::Ingress);
    assert_eq!(table.rows.first().map(|row| row.cells.external.state), Some(State::Partly));
    assert_eq!(cell_of(&read, "p", Column::External), "partly 10.244.0.0/16 only");
}

#[test]
fn who_is_assumed_is_marked_in_reasons_and_checks() {
    let ingress = "{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress-nginx}}, podSelector: {matchLabels: {app: ingress}}}";
    let text = pod("shop/web", "app: web")
        + &pod("shop/db", "app: db")
        + &policy("shop", ingress)
        + "#? ingress-nginx/ingress -> shop/web:80 allowed\n#? shop/db -> shop/web:80 denied\n";
    let read = analysis(&text);
    assert!(!read.has_errors(), "{:?}", read.diagnostics);
    let marks: Vec<_> =
        read.expectations.iter().map(|one| (one.holds(), one.is_of_assumed)).collect();
    assert_eq!(marks, [(true, true), (true, false)]);
    let table = read.scoreboard(Direction::Ingress);
    let subject = table.rows.first().map(|row| netpol::Subject::Policy(row.policy));
    let why = subject.and_then(|it| explain::why(&read.cluster, &table, it, Column::Cross));
    let told = format!("{why:?}");
    assert!(told.contains("Matching: **ingress-nginx/ingress (assumed)**"), "{told}");
    assert!(told.contains("Only ingress of ingress-nginx (assumed) gets in."), "{told}");
    let asked = "ingress-nginx/ingress -> shop/web:80".parse();
    let explained = asked.ok().and_then(|it| explain::connection(&read.cluster, &it).ok());
    let told = format!("{explained:?}");
    assert!(told.contains("`ingress-nginx/ingress` is assumed; not in your files."), "{told}");
}

/// A column where nobody is there says what a rule without conditions opens to whoever comes.
#[test]
fn ports_for_whoever_comes_are_named_where_nobody_is_there() {
    let alone = namespace("shop", "") + &pod("shop/db", "app: db");
    let text = alone.clone()
        + "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: shop}\nspec: {podSelector: {}, ingress: [{ports: [{port: 8080}]}]}\n";
    let analysis = whole(&text);
    assert_eq!(cell_of(&analysis, "p", Column::Same), "partly TCP 8080 only");
    let table = analysis.scoreboard(Direction::Ingress);
    let id = analysis.cluster.policies().next().map(|(id, _)| id);
    let subject = explain::Subject::Policy(id.unwrap_or_else(|| panic!("a policy")));
    let told =
        explain::heading(&analysis.cluster, &table, subject, Column::Same).map(|it| it.headline);
    assert_eq!(
        told.as_deref(),
        Some("Every pod of the same namespace gets in, but only on TCP 8080.")
    );
}

/// Somebody's own labels are never made up for them, and what a column lacks is assumed there.
#[test]
fn each_column_that_a_rule_reaches_has_somebody_in_it() {
    // a pod with the label lives in the policy's own namespace: the other ones are asked all the same
    let text = pod("shop/web", "app: web") + &pod("shop/api", "app: api");
    let from = "{namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}";
    let text = text + &policy("shop", from);
    assert_eq!(cell(&text, Column::Same), "partly web only");
    assert_eq!(cell(&text, Column::Cross), "partly another/web (assumed) only *");
    // each of the listed ones
    let from = "{namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [ns-a, ns-b]}]}}";
    let text = policy("shop", from);
    assert_eq!(cell(&text, Column::Cross), "partly ns-a (assumed) and ns-b (assumed) only *");
    // DNS lives in kube-system
    let from = "{namespaceSelector: {}, podSelector: {matchLabels: {k8s-app: kube-dns}}}";
    let text = pod("shop/web", "app: web") + &policy("shop", from);
    let added = analysis(&text).added;
    assert!(added.namespaces.iter().any(|one| one.meta.name.name == "kube-system"), "{added:?}");
}

/// A policy in a namespace that only a slip tells from one's own selects nobody made up.
#[test]
fn a_policy_that_was_meant_for_a_namespace_that_is_there_selects_nobody() {
    let pods = pod("shop/web", "app: web");
    let select = |namespace: &str, labels: &str| {
        let policy = policy(namespace, "{podSelector: {}}");
        pods.clone()
            + &policy.replace(
                "podSelector: {}, i",
                &format!("podSelector: {{matchLabels: {{{labels}}}}}, i"),
            )
    };
    assert_eq!(cell(&select("shpo", "tier: x"), Column::External), "unrestricted selects no pod");
    assert_eq!(cell(&select("blog", "app: web"), Column::External), "unrestricted selects no pod");
    assert_eq!(cell(&select("blog", "app: wiki"), Column::External), "denied ");
}
