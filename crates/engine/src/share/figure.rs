//! The policies and their table as the HTML that stands in an article, and that embed/1/netpol.js brings to life.

use netpol::{Analysis, Source, secret::holds_secret};
use render::{Passage, Table};

/// The figure; none where the texts hold what must not be published.
pub(super) fn figure(analysis: &Analysis, table: &Table, link: Option<&str>) -> Option<String> {
    let text = |at: usize| analysis.manifest.sources.get(at).map(Source::text);
    let cluster = text(1).filter(|cluster| *cluster != lessons::CLUSTER);
    let policies = text(0).unwrap_or_default();
    if holds_secret(policies) || cluster.is_some_and(holds_secret) {
        return None;
    }
    let own_direction = analysis.own_direction();
    let figure = Passage { policies, cluster, table, own_direction, link }.html();
    Some(match link.and_then(site) {
        Some(site) => format!(
            "{figure}\n<!-- once a page: makes such blocks live -->\n<script type=\"module\" src=\"{site}embed/1/netpol.js\"></script>\n"
        ),
        None => figure,
    })
}

/// Where the site of a link lies, unless nobody else can reach it.
fn site(link: &str) -> Option<String> {
    let page = link.split('#').next().filter(|page| page.starts_with("http"))?;
    let (site, _) = page.rsplit_once('/')?;
    Some(render::escaped(&format!("{site}/")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse;

    const OWN: &str = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n";

    fn figure_of(policies: &str, cluster: &str, link: Option<&str>) -> Option<String> {
        let analysis = analyse(policies, cluster, true);
        figure(&analysis, &Table::of(&analysis, netpol::Direction::Ingress), link)
    }

    #[test]
    fn a_figure_has_its_table_its_link_and_a_cluster_only_where_it_is_its_own() {
        let eight = lessons::scenario("eight").unwrap().policies;
        let link = "https://example.org/#/s/eight";
        let told = figure_of(eight, lessons::CLUSTER, Some(link)).unwrap();
        assert!(
            told.contains(&format!("<a href=\"{link}\">")) && told.contains("<table"),
            "{told}"
        );
        assert!(told.contains("src=\"https://example.org/embed/1/netpol.js\""), "{told}");
        let on_disk = figure_of(eight, lessons::CLUSTER, Some("file:///share/index.html#/s/eight"));
        assert!(!on_disk.unwrap().contains("<script"), "nobody else has that file");
        assert!(!told.contains("data-cluster"), "{told}");
        let told = figure_of(eight, OWN, None).unwrap();
        assert!(told.contains("<pre hidden data-cluster><code>apiVersion: v1\nkind: Namespace"));
        assert!(!told.contains("<a "), "{told}");
        let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\n";
        let told = figure_of(&format!("{pod}---\n{eight}"), lessons::CLUSTER, None).unwrap();
        assert!(!told.contains("data-cluster"), "the example is not around it: {told}");
    }

    #[test]
    fn a_secret_is_never_put_into_a_figure() {
        let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: aGk=}\n";
        assert_eq!(figure_of(secret, "", None), None);
        assert_eq!(figure_of("", secret, None), None);
    }
}
