//! `netpol check-article`: an article that drifted away from the truth is told so, at the place where it did.

use crate::netpol::{Place, Run, SHOP, deny_all, documents, policy};

pub(crate) fn check(place: &Place, file: &str) -> Run {
    place.netpol(&["check-article", file])
}

/// A Markdown article with one block and a table of one row.
pub(crate) fn article(text: &str, row: &str) -> String {
    format!(
        "# Doors\n\nSome words.\n\n```yaml netpol\n{text}```\n\nSee:\n\n| # | Name | Same NS | Cross NS | External |\n|---|---|:-:|:-:|:-:|\n{row}\n"
    )
}

#[test]
fn what_render_prints_is_true_for_every_built_in_text() {
    for scenario in lessons::scenarios() {
        let mut place =
            Place::named(&format!("article_{}", scenario.slug)).with("p.yaml", scenario.policies);
        let mut cluster = Vec::new();
        if let Some(text) = scenario.cluster {
            place = place.with("cluster.yaml", text);
            cluster = vec!["--cluster", "cluster.yaml"];
        }
        let (mut articles, mut cells) = (String::new(), 0);
        for direction in ["ingress", "egress"] {
            let printed = |form| {
                let arguments =
                    [&["render", "p.yaml", "--direction", direction, "-o", form], &cluster[..]];
                let run = place.netpol(&arguments.concat());
                assert_eq!(run.code, 0, "{}: {}", scenario.slug, run.err);
                run.out
            };
            let (html, markdown) = (printed("html"), printed("markdown"));
            cells += 2 * 3 * (html.matches("scope=\"row\"").count());
            articles = format!("{articles}# One\n\n{markdown}\n\n{html}\n");
        }
        let place =
            place.with("a.md", &articles).with("a.html", articles.split_once("<figure").unwrap().1);
        let run = check(&place, "a.md");
        let marks = scenario.policies.lines().filter(|line| line.trim_start().starts_with("#?"));
        let expected = format!("{} passed, 0 failed in 4 blocks", cells + 4 * marks.count());
        assert!(run.out.starts_with(&expected), "{}: {}{}", scenario.slug, run.out, run.err);
        assert_eq!(run.code, 0, "{}: {}{}", scenario.slug, run.out, run.err);
    }
}

#[test]
fn the_tables_of_the_article_with_live_widgets_are_true() {
    let demo =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/demo/index.html"))
            .unwrap();
    let run = check(&Place::named("article_demo").with("demo.html", &demo), "demo.html");
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    assert!(run.out.contains(" 0 failed in 16 blocks"), "{}", run.out);
}

#[test]
fn an_html_article_is_read_as_a_whole() {
    let place =
        Place::named("article_html").with("p.yaml", lessons::scenario("eight").unwrap().policies);
    let figure = place.netpol(&["render", "p.yaml"]).out;
    let page =
        format!("<!doctype html>\n<title>x</title>\n<p>Words &amp; more<br>\n{figure}<p>end");
    let place = place
        .with("a.html", &page)
        .with("b.html", page.replacen("✕</span> Denied", "✓</span> Allowed", 1));
    let run = check(&place, "a.html");
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    assert!(run.out.starts_with("27 passed, 0 failed in 1 block"), "{}", run.out);
    let run = check(&place, "b.html");
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(
        run.out.contains(
            "row `ai-platform/deny-all`, column `Same namespace`: the article says `✓ Allowed`"
        ),
        "{}",
        run.out
    );
    assert!(run.out.contains("it is `✕ Denied`"), "{}", run.out);
}

#[test]
fn a_table_in_an_articles_own_words_is_understood() {
    let eight = lessons::scenario("eight").unwrap().policies;
    let rows = "\
| 1 | Allow All | ✅ | ✅ | ✅ |
| 2 | Deny All | ❌ | ❌ | ❌ |
| 3 | Same NS Only | ✅ | ❌ | ❌ |
| 5 | **AND Trap** ⚠️ | ✅ | ✅ | ❌ |
| 7 | `Specific NS` | ❌ | ✅ ml-ops only | ❌ |
| 8 | specific-pod-ns | ❌ | ✅ model-monitor only | ❌ |";
    let place = Place::named("article_words")
        .with("a.md", article(eight, rows))
        .with("b.md", article(eight, &rows.replace("✅ ml-ops only", "✅")));
    let run = check(&place, "a.md");
    assert!(run.out.starts_with("18 passed, 0 failed in 1 block"), "{}{}", run.out, run.err);
    assert_eq!(run.code, 0);
    assert!(
        run.err.contains("leaves out `ai-platform/cluster-internal` and 1 more"),
        "{}",
        run.err
    );
    let run = check(&place, "b.md");
    assert_eq!(run.code, 1, "{}", run.err);
    let said = "error: row `Specific NS`, column `Cross NS`: the article says `✅`\n  --> b.md:";
    assert!(run.out.contains(said), "{}", run.out);
    assert!(run.out.contains("it is `◐ Partly: ml-ops only`"), "{}", run.out);
}

#[test]
fn a_changed_policy_is_told_at_the_cell_that_is_no_longer_true() {
    let row = "| 1 | deny-all | ❌ | ❌ | ❌ |";
    let place = Place::named("article_drifted")
        .with("a.md", article(&deny_all(), row))
        .with("b.md", article(&policy("deny-all", "{podSelector: {}, ingress: [{}]}"), row));
    assert_eq!(check(&place, "a.md").code, 0);
    let run = check(&place, "b.md");
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.out.contains("--> b.md:16:18\n"), "{}", run.out);
    assert!(run.out.ends_with("0 passed, 3 failed in 1 block\n"), "{}", run.out);
}

#[test]
fn whom_only_the_policy_names_is_assumed_in_an_article_as_anywhere() {
    let own = "---\napiVersion: v1\nkind: Pod\nmetadata: {name: api, namespace: shop, labels: {app: api}}\n";
    let spec =
        "{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: ops}}}]}]}";
    let text = policy("ops", spec) + own;
    let place = Place::named("article_assumed")
        .with("a.md", article(&text, "| 1 | ops | ❌ | ✅ ops only | ❌ |"))
        .with("b.md", article(&text, "| 1 | ops | ❌ | ❌ | ❌ |"));
    let run = check(&place, "a.md");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    let run = check(&place, "b.md");
    assert!(run.out.contains("it is `◐ Partly: ops (assumed) only`"), "{}", run.out);
}

#[test]
fn broken_yaml_is_shown_at_its_line_of_the_article() {
    let broken = deny_all().replace("podSelector", "podSelektor");
    let html = format!(
        "<p>x\n<figure data-netpol><pre><code># &lt;1&gt;\n{broken}</code></pre></figure>\n"
    );
    let quoted =
        format!("words\n\n> - ```yaml netpol\n>   {}  ```\n", broken.replace('\n', "\n>   "));
    let place = Place::named("article_broken")
        .with("a.md", article(&broken, "| 1 | deny-all | ✅ | ✅ | ✅ |"))
        .with("b.html", html)
        .with("c.md", quoted);
    for (file, at) in [("a.md", "a.md:9:8"), ("b.html", "b.html:6:8"), ("c.md", "c.md:7:12")] {
        let run = check(&place, file);
        assert_eq!(run.code, 2, "{}", run.err);
        assert!(run.err.contains("unknown field \"spec.podSelektor\""), "{}", run.err);
        assert!(run.err.contains(&format!("--> {at}\n")), "{}", run.err);
        assert!(
            run.out.starts_with("0 passed, 0 failed in 1 block"),
            "half a text is not compared: {}",
            run.out
        );
    }
}

#[test]
fn expectations_in_a_block_are_checked() {
    let text = documents(&[
        SHOP,
        &deny_all(),
        "#? shop/web -> shop/db:80 denied\n#? shop/web -> shop/db:81 allowed\n",
    ]);
    let place =
        Place::named("article_expectations").with("a.md", format!("```yml netpol\n{text}```\n"));
    let run = check(&place, "a.md");
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(
        run.out.contains(
            "the block says `shop/web -> shop/db:81/TCP allowed`, and that is not so\n  --> a.md:"
        ),
        "{}",
        run.out
    );
    assert!(run.out.ends_with("1 passed, 1 failed in 1 block\n"), "{}", run.out);
}

#[test]
fn an_article_without_blocks_is_noted() {
    let place = Place::named("article_none").with("a.md", "# x\n\n```yaml\na: [\n```\n");
    let run = check(&place, "a.md");
    assert_eq!(run.code, 0);
    assert!(run.err.contains("no tagged blocks found"), "{}", run.err);
}

#[test]
fn a_table_that_cannot_be_matched_says_what_to_do() {
    let row = |row: &str| article(&deny_all(), row);
    let foreign = row("").replace("Same NS | Cross NS | External", "One | Two | Three");
    let cases = [
        (
            row("| 1 | deny-none | ❌ | ❌ | ❌ |"),
            "no policy of the block is called `deny-none`",
            "the block has `shop/deny-all`",
        ),
        (row("| 1 | deny-all | see below | ❌ | ❌ |"), "`see below` is no answer", "`✕ Denied`"),
        (
            row("| 1 | deny-all | ✅ Denied | ❌ | ❌ |"),
            "the mark of `✅ Denied` says something else than its word",
            "write `✕ Denied`",
        ),
        (foreign, "no column of the scoreboard", "call the columns `Same namespace`"),
        (
            "<figure data-netpol>\n<pre>a: 1\n\nb: 2</pre></figure>\n".to_owned(),
            "an empty line ends the HTML",
            "`&#10;`",
        ),
        (
            "<netpol-play scenario=\"and-trpa\"></netpol-play>\n".to_owned(),
            "no built-in text `and-trpa`",
            "did you mean `and-trap`?",
        ),
        (
            "<netpol-play direction=\"up\" scenario=\"and-trap\"></netpol-play>\n".to_owned(),
            "`up` is no direction",
            "write `ingress` or `egress`",
        ),
        ("<figure data-netpol></figure>\n".to_owned(), "the block has no text", "`<pre><code>`"),
    ];
    for (text, message, help) in cases {
        let run = check(&Place::named("article_unmatched").with("a.md", text), "a.md");
        assert_eq!(run.code, 2, "{message}: {}{}", run.out, run.err);
        assert!(run.err.contains(message), "{message}: {}", run.err);
        assert!(run.err.contains(help), "{help}: {}", run.err);
    }
    let text = "<figure data-netpol><pre>".to_owned()
        + &deny_all()
        + "</pre><table><tr><th>Policy<th>External<tr><td colspan=2>deny-all</table></figure>";
    let run = check(&Place::named("article_cells").with("a.html", text), "a.html");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("this row has 1 cells, and the table has 2 columns"), "{}", run.err);
}
