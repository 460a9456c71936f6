//! `netpol link`: the link opens the very text, and what must not be shared is refused.

use permalink::{Route, Shared};

use crate::netpol::{Place, Run, SHOP, deny_all, documents, policy};

fn opened(run: &Run) -> Shared {
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let link = run.out.strip_suffix('\n').unwrap();
    let (_, fragment) = link.split_once('#').unwrap();
    match format!("#{fragment}").parse::<Route>().unwrap() {
        Route::Shared(shared) => shared,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_link_opens_the_text_byte_for_byte() {
    let text = "# größe ✓ 世界\r\nkind: X\t\n\n#? a/b -> c/d:80 allowed";
    let place = Place::named("link_bytes").with("p.yaml", text);
    let run = place.netpol(&["link", "p.yaml"]);
    assert!(run.out.starts_with("#/p/1."), "{}", run.out);
    assert_eq!(opened(&run), Shared { policies: text.to_owned(), ..Shared::default() });
}

#[test]
fn several_files_become_one_text() {
    let place = Place::named("link_several").with("a.yaml", "kind: A\n").with("b.yaml", "kind: B");
    let shared = opened(&place.netpol_reading("kind: C\n", &["link", "a.yaml", "b.yaml", "-"]));
    assert_eq!(shared.policies, "kind: A\n---\nkind: B\n---\nkind: C\n");
}

#[test]
fn a_cluster_goes_along_where_it_is_not_the_built_in_one() {
    let place = Place::named("link_cluster")
        .with("p.yaml", deny_all())
        .with("shop.yaml", SHOP)
        .with("built-in.yaml", lessons::CLUSTER);
    let cluster = |file| opened(&place.netpol(&["link", "p.yaml", "--cluster", file])).cluster;
    assert_eq!(cluster("shop.yaml").as_deref(), Some(SHOP));
    assert_eq!(cluster("built-in.yaml"), None);
}

#[test]
fn a_base_comes_before_the_link() {
    let place = Place::named("link_base").with("p.yaml", deny_all());
    let run = place.netpol(&["link", "p.yaml", "--base", "https://example.com/play/"]);
    assert!(run.out.starts_with("https://example.com/play/#/p/1."), "{}", run.out);
    let run = place.netpol(&["link", "p.yaml", "--base", "https://example.com/#"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
}

#[test]
fn a_secret_is_refused() {
    let place = Place::named("link_secret")
        .with("p.yaml", deny_all())
        .with("s.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: aGk=}\n");
    for arguments in [&["link", "p.yaml", "s.yaml"][..], &["link", "p.yaml", "--cluster", "s.yaml"]]
    {
        let run = place.netpol(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(run.err.contains("`s.yaml` holds a Secret"), "{}", run.err);
    }
}

#[test]
fn a_text_that_is_too_large_is_refused() {
    let text = "# more than a link carries\n".repeat(4000);
    let run = Place::named("link_large").with("p.yaml", text).netpol(&["link", "p.yaml"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("too large for a link"), "{}", run.err);
    assert!(run.err.contains("= help: "), "{}", run.err);
}

#[test]
fn half_of_the_files_make_no_link() {
    let place = Place::named("link_half").with("p.yaml", deny_all());
    let run = place.netpol(&["link", "p.yaml", "gone.yaml"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
}

#[test]
fn a_built_in_text_that_nobody_changed_has_a_short_link() {
    for scenario in lessons::scenarios() {
        let place = Place::named("link_built_in")
            .with("p.yaml", scenario.policies)
            .with("cluster.yaml", scenario.cluster_text());
        let run = place.netpol(&["link", "p.yaml", "--cluster", "cluster.yaml"]);
        let link = format!("#/s/{}\n", scenario.slug);
        // beside pods that are named the terminal adds no witnesses, as the short link would
        assert!(run.out == link || opened(&run).fields.without_witnesses, "{}", run.out);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        let run = place.netpol(&["link", "p.yaml"]);
        assert_eq!(run.out == link, scenario.cluster.is_none(), "{}: {}", scenario.slug, run.out);
    }
    let eight = lessons::scenario("eight").unwrap().policies;
    let place =
        Place::named("link_changed").with("p.yaml", format!("{eight}\n")).with("s.yaml", SHOP);
    assert!(place.netpol(&["link", "p.yaml"]).out.starts_with("#/p/"), "a line more is a change");
    let run = place.with("p.yaml", eight).netpol(&["link", "p.yaml", "--cluster", "s.yaml"]);
    assert!(run.out.starts_with("#/p/"), "another cluster is a change");
}

/// The page makes of a link what the terminal makes of the files.
#[test]
fn a_link_shows_the_cluster_that_the_terminal_shows() {
    let stranger = policy(
        "stranger",
        "{podSelector: {matchLabels: {app: web}}, ingress: [{from: [{podSelector: {matchLabels: {app: proxy}}}]}]}",
    );
    let namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n";
    let place = Place::named("link_witnesses")
        .with("own.yaml", documents(&[SHOP, &stranger]))
        .with("shop.yaml", SHOP)
        .with("no-pods.yaml", documents(&[namespace, &stranger]))
        .with("p.yaml", &stranger);
    for arguments in [
        &["own.yaml"][..],
        &["p.yaml", "--cluster", "shop.yaml"],
        &["no-pods.yaml", "--cluster", "shop.yaml"],
        &["p.yaml", "shop.yaml"],
        &["no-pods.yaml"],
        &["p.yaml"],
    ] {
        let run = place.netpol(&[&["link"], arguments].concat());
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{arguments:?}");
        assert!(!opened(&run).fields.without_witnesses, "{arguments:?}");
    }
    let run = place.netpol(&["link", "own.yaml", "--no-assume"]);
    assert_eq!(run.err, "");
    assert!(opened(&run).fields.without_witnesses);
    // the page cannot be told to leave out its example
    let run = place.netpol(&["link", "no-pods.yaml", "--no-assume"]);
    assert!(run.err.starts_with("warning: `--no-assume` is left out"), "{}", run.err);
}
