//! `netpol check-article`: which blocks there are, where their texts and clusters come from, and articles that mean harm.

use crate::{
    check_article::{article, check},
    netpol::{Place, SHOP, deny_all, policy},
};

#[test]
fn built_in_texts_and_the_other_direction_are_compared_too() {
    let play = "<figure><netpol-play scenario=\"egress-deny-all\"></netpol-play>\n<table><tr><th>External</tr><tr><td>❌</td></tr></table></figure>\n";
    let turned = play.replace("netpol-play s", "netpol-play direction=\"ingress\" s");
    let place = Place::named("article_play").with("a.html", play).with("b.html", turned);
    assert_eq!(check(&place, "a.html").code, 0, "{}", check(&place, "a.html").out);
    let run = check(&place, "b.html");
    assert_eq!(run.code, 1);
    assert!(run.out.contains("it is `– Not restricted"), "{}", run.out);
}

#[test]
fn a_cluster_for_all_blocks_and_one_for_the_next() {
    let open = policy(
        "p",
        "{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: office}}}]}]}",
    );
    let text = article(&open, "| 1 | p | ❌ | ✅ office only | ❌ |");
    let own = format!("```yaml netpol cluster\n{SHOP}```\n\n{text}");
    let place = Place::named("article_cluster")
        .with("a.md", &text)
        .with("own.md", own)
        .with("shop.yaml", SHOP);
    assert_eq!(check(&place, "a.md").code, 0, "{}", check(&place, "a.md").out);
    // whoever else is there, the rule asks for a name
    let bare = article(&open, "| 1 | p | ❌ | ✅ | ❌ |");
    let place = place.with("bare.md", &bare);
    assert_eq!(check(&place, "bare.md").code, 1);
    assert_eq!(place.netpol(&["check-article", "bare.md", "--cluster", "shop.yaml"]).code, 1);
    assert_eq!(check(&place, "own.md").code, 0, "{}", check(&place, "own.md").out);
    let run = place.netpol(&["check-article", "a.md", "--cluster", "shop.yaml"]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert_eq!(place.netpol(&["check-article", "a.md", "--cluster", "none.yaml"]).code, 2);
}

#[test]
fn directories_and_standard_input_are_read() {
    let good = article(&deny_all(), "| 1 | deny-all | ❌ | ❌ | ❌ |");
    let place = Place::named("article_files")
        .with("posts/a.md", &good)
        .with("posts/deep/b.markdown", &good)
        .with("posts/p.yaml", "no: article")
        .with("notes.txt", &good);
    assert!(check(&place, "posts").out.starts_with("6 passed, 0 failed in 2 blocks"));
    let run = place.netpol_reading(&good, &["check-article", "-"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("say which with `--as md` or `--as html`"), "{}", run.err);
    assert_eq!(place.netpol_reading(&good, &["check-article", "-", "--as", "md"]).code, 0);
    assert_eq!(place.netpol(&["check-article", "notes.txt", "--as", "md"]).code, 0);
    assert_eq!(check(&place, "none.md").code, 2);
}

#[test]
fn hostile_articles_come_to_an_end() {
    let many = |text: &str, count: usize| text.repeat(count);
    let texts = [
        many("<figure data-netpol>", 40_000),
        many("<figure>", 40_000)
            + &many("<p data-netpol>&lt;</p>", 4000)
            + &many("</figure>", 40_000),
        many("<figure><table><tr><td>", 20_000),
        many("&", 300_000) + "<pre data-netpol>" + &many("&amp", 100_000) + "</pre>",
        many("```yaml netpol\n", 40_000),
        "```yaml netpol\n".to_owned() + &many("[", 100_000) + "\n```\n" + &many("|", 100_000),
        article(&deny_all(), &many("| 1 | deny-all | ✅ | ✅ | ✅ |\n", 20_000)),
        many("> ", 20_000) + "```yaml netpol\n",
        "\u{202e}\u{1b}[31m<pre data-netpol>\u{1b}[2J: \u{202e}</pre>".to_owned(),
    ];
    for (at, text) in texts.iter().enumerate() {
        let place = Place::named("article_hostile").with("a.md", text).with("a.html", text);
        for file in ["a.md", "a.html"] {
            let run = check(&place, file);
            assert!((0..=2).contains(&run.code), "{at}: {}", run.err);
            let is_obeyed = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
            assert!(!run.out.contains(is_obeyed) && !run.err.contains(is_obeyed), "{at} is obeyed");
        }
    }
    let place = Place::named("article_large").with("a.md", many("x\n", 3 << 20));
    let run = check(&place, "a.md");
    assert!(run.code == 2 && run.err.contains("at most 4 MiB"), "{}", run.err);
}

#[test]
fn whatever_the_embed_script_reads_is_checked() {
    let place = Place::named("article_embeds").with("p.yaml", deny_all()).with("shop.yaml", SHOP);
    let link = place.netpol(&["link", "p.yaml", "--cluster", "shop.yaml"]).out;
    let table =
        |cell: &str| format!("<table><tr><th>Policy<th>External<tr><td>deny-all<td>{cell}</table>");
    let (yes, no) = (table("❌"), table("✅"));
    let indented = deny_all().replace('\n', "\n    ");
    let open = policy(
        "deny-all",
        "{podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {name: office}}}]}]}",
    );
    // in that cluster office lacks the label
    let beside = "<table><tr><th>Policy<th>Cross namespace<tr><td>deny-all<td>❌</table>";
    let cases = [
        (
            format!(
                "<netpol-play link=\"https://example.org/{}\">{yes}</netpol-play>",
                link.trim()
            ),
            0,
        ),
        (format!("<netpol-play link=\"{}\">{no}</netpol-play>", link.trim()), 1),
        (format!("<netpol-play link=\"{}\">{yes}</netpol-play>", link.split_at(30).0), 2),
        (
            format!(
                "<netpol-play><script type=\"text/yaml\">\n    {indented}</script>{yes}</netpol-play>"
            ),
            0,
        ),
        (
            format!(
                "<netpol-play><script type=\"text/yaml\">\n    {indented}</script>{no}</netpol-play>"
            ),
            1,
        ),
        (format!("<div data-netpol data-scenario=\"deny-all\">{yes}</div>"), 0),
        (
            format!(
                "<pre id=c>{SHOP}</pre><div data-netpol data-cluster=\"#c\"><pre>{open}</pre>{beside}</div>"
            ),
            0,
        ),
        (
            format!(
                "<pre id=d>{SHOP}</pre><div data-netpol data-cluster=\"#c\"><pre>{open}</pre>{beside}</div>"
            ),
            2,
        ),
        (
            format!(
                "<div data-netpol><pre>{open}</pre><pre data-cluster>{SHOP}</pre>{beside}</div>"
            ),
            0,
        ),
        (format!("<div data-netpol><pre>{open}</pre>{beside}</div>"), 1),
    ];
    for (text, code) in cases {
        let place = Place::named("article_embed").with("a.html", &text);
        let run = check(&place, "a.html");
        assert_eq!(run.code, code, "{text}\n{}{}", run.out, run.err);
        assert!(code == 2 || run.out.ends_with(" in 1 block\n"), "{}", run.out);
    }
}
