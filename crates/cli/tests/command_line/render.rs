//! `netpol render`: what stands in an article is the text as it is and the table of the page.

use permalink::Route;

use crate::netpol::{Place, SHOP, deny_all, documents, policy};

#[test]
fn a_figure_holds_the_text_the_table_and_a_link() {
    let place = Place::named("render_html").with("p.yaml", "# <two>\n\n".to_owned() + &deny_all());
    let run = place.netpol(&["render", "p.yaml", "--site", "https://example.org/"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let start = "<figure data-netpol>\n<pre><code># &lt;two&gt;\n&#10;apiVersion: ";
    assert!(run.out.starts_with(start), "{}", run.out);
    assert!(!run.out.contains("\n\n"), "an empty line would end the figure in Markdown");
    assert!(run.out.contains("<th scope=\"row\">shop/deny-all</th>"), "{}", run.out);
    let (_, link) = run.out.split_once("<figcaption><a href=\"https://example.org/").unwrap();
    let (link, rest) = link.split_once('"').unwrap();
    assert_eq!(rest, ">Open it live</a></figcaption>\n</figure>\n");
    match link.parse::<Route>().unwrap() {
        Route::Shared(shared) => {
            assert_eq!(shared.policies, "# <two>\n\n".to_owned() + &deny_all());
        }
        other => panic!("{other:?}"),
    }
    let run = place.netpol(&["render", "p.yaml"]);
    assert!(!run.out.contains("figcaption"), "without an address there is no link");
}

#[test]
fn a_built_in_text_has_a_short_link_where_its_direction_is_shown() {
    let dns = lessons::scenario("egress-dns").unwrap();
    let place = Place::named("render_short").with("p.yaml", dns.policies);
    let out = |direction: &str| {
        let arguments = ["render", "p.yaml", "--site", "x/", "--direction", direction];
        place.netpol(&arguments).out
    };
    assert!(out("egress").contains("href=\"x/#/s/egress-dns\""), "{}", out("egress"));
    assert!(out("egress").starts_with("<figure data-netpol data-direction=\"egress\">"));
    assert!(out("ingress").contains("href=\"x/#/p/1."), "{}", out("ingress"));
}

#[test]
fn markdown_is_a_tagged_block_and_a_table() {
    let place = Place::named("render_markdown").with("p.yaml", deny_all());
    let run =
        place.netpol(&["render", "p.yaml", "-o", "markdown", "--site", "https://example.org/"]);
    let start = format!("```yaml netpol\n{}```\n\n| Policy | ", deny_all());
    assert!(run.out.starts_with(&start), "{}", run.out);
    let last = run.out.lines().last().unwrap();
    assert!(last.starts_with("[Open it live](<https://example.org/#/p/1."), "{last}");
}

#[test]
fn a_cluster_goes_along_where_it_serves_and_is_not_the_built_in_one() {
    let place = Place::named("render_cluster")
        .with("p.yaml", deny_all())
        .with("whole.yaml", documents(&[SHOP, &deny_all()]))
        .with("shop.yaml", SHOP)
        .with("built-in.yaml", lessons::CLUSTER);
    let run = |file: &str, cluster: &str, form: &str| {
        place.netpol(&["render", file, "--cluster", cluster, "--output", form])
    };
    let html = run("p.yaml", "shop.yaml", "html").out;
    assert!(
        html.contains("<pre hidden data-cluster><code>apiVersion: v1\nkind: Namespace"),
        "{html}"
    );
    let markdown = run("p.yaml", "shop.yaml", "markdown").out;
    assert!(
        markdown.starts_with("```yaml netpol cluster\napiVersion: v1\nkind: Namespace"),
        "{markdown}"
    );
    assert!(!run("p.yaml", "built-in.yaml", "html").out.contains("data-cluster"));
    // pods in the text drive no cluster out that is named beside it
    assert!(run("whole.yaml", "shop.yaml", "html").out.contains("data-cluster"));
}

#[test]
fn a_picture_is_an_svg_and_nothing_else() {
    let place = Place::named("render_svg").with("p.yaml", deny_all());
    let run = place.netpol(&["render", "p.yaml", "-o", "svg"]);
    assert!(run.out.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" "), "{}", run.out);
    assert!(run.out.ends_with("</svg>\n"), "{}", run.out);
}

#[test]
fn what_must_not_be_published_is_refused() {
    let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: aGk=}\n";
    let place = Place::named("render_secret").with("p.yaml", documents(&[&deny_all(), secret]));
    let run = place.netpol(&["render", "p.yaml"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("whoever reads the article"), "{}", run.err);
}

#[test]
fn a_faulty_text_is_2_and_a_missing_one_prints_nothing() {
    let place = Place::named("render_faulty")
        .with("p.yaml", documents(&[&deny_all(), &policy("bad", "{podSelector: 1}")]));
    assert_eq!(place.netpol(&["render", "p.yaml"]).code, 2);
    let run = place.netpol(&["render", "p.yaml", "none.yaml"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert_eq!(place.netpol(&["render"]).code, 2);
}

#[test]
fn the_style_sheet_knows_every_state() {
    let run = Place::named("render_css").netpol(&["render", "--css"]);
    assert_eq!(run.code, 0);
    for state in ["allowed", "denied", "partly", "unrestricted", "depends"] {
        assert!(run.out.contains(&format!(".{state}")), "{state}");
    }
}
