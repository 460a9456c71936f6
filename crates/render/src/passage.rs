//! Policies as they stand in an article, with their table beside them: a tagged HTML figure or a tagged Markdown block. What is
//! written here is found again by `netpol check-article`, and the figure is what the embed script brings to life.

use std::fmt::Write as _;

use netpol::Direction;

use crate::{html::html, markdown::markdown, table::Table};

/// What an article shows.
#[derive(Debug, Clone, Copy)]
pub struct Passage<'a> {
    /// The policies, byte for byte.
    pub policies: &'a str,
    /// The cluster where it differs from the built-in one.
    pub cluster: Option<&'a str>,
    /// Their table.
    pub table: &'a Table,
    /// The direction that the policies are shown in by themselves; where the table's is another, it is said.
    pub own_direction: Direction,
    /// Where it can be opened live.
    pub link: Option<&'a str>,
}

impl Passage<'_> {
    /// Egress is always said: of a text that is about nothing else an older page would show the other table.
    fn said_direction(&self) -> Option<Direction> {
        let is_plain =
            |direction| direction == Direction::Ingress && self.own_direction == direction;
        Some(self.table.direction).filter(|direction| !is_plain(*direction))
    }

    /// As an HTML figure. It holds no empty line, so that it can stand in Markdown as well.
    pub fn html(&self) -> String {
        let said = self.said_direction();
        let direction = said.map_or_else(String::new, |said| format!(" data-direction=\"{said}\""));
        let policies = verbatim(self.policies);
        let mut figure =
            format!("<figure data-netpol{direction}>\n<pre><code>{policies}</code></pre>\n");
        if let Some(cluster) = self.cluster {
            let cluster = verbatim(cluster);
            let _ = writeln!(figure, "<pre hidden data-cluster><code>{cluster}</code></pre>");
        }
        figure.push_str(&html(self.table));
        if let Some(link) = self.link {
            let link = verbatim(link);
            let _ =
                write!(figure, "\n<figcaption><a href=\"{link}\">Open it live</a></figcaption>");
        }
        figure + "\n</figure>"
    }

    /// As Markdown: a block of code whose info string says what it is, and the table after it.
    pub fn markdown(&self) -> String {
        let direction = self.said_direction().map_or_else(String::new, |said| format!(" {said}"));
        let mut passage = String::new();
        if let Some(cluster) = self.cluster {
            fence(&mut passage, " cluster", cluster);
        }
        fence(&mut passage, &direction, self.policies);
        passage.push_str(&markdown(self.table));
        if let Some(link) = self.link {
            let link = link.replace('<', "%3C").replace('>', "%3E");
            let _ = write!(passage, "\n\n[Open it live](<{link}>)");
        }
        passage
    }
}

/// A block of code, its fence longer than any that the text holds.
fn fence(passage: &mut String, what: &str, text: &str) {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let _ = write!(passage, "{fence}yaml netpol{what}\n{text}{end}{fence}\n\n");
}

/// A text that is the same once HTML is read, its empty lines not ending a block of Markdown.
fn verbatim(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + text.len() / 8);
    let mut is_blank = false;
    for c in text.chars() {
        match c {
            '\n' if is_blank => safe.push_str("&#10;"),
            '\r' => safe.push_str("&#13;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            _ => safe.push(c),
        }
        // a line of blanks is empty to Markdown
        is_blank = c == '\n' || is_blank && matches!(c, ' ' | '\t' | '\r');
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_html_has_no_empty_line_and_nothing_that_html_would_read() {
        assert_eq!(
            verbatim("a: <b>\n\n \n\nc: \"&\"\r\n\r\n"),
            "a: &lt;b&gt;\n&#10; &#10;&#10;c: &quot;&amp;&quot;&#13;\n&#13;&#10;"
        );
    }

    #[test]
    fn a_fence_is_longer_than_any_in_the_text() {
        let mut passage = String::new();
        fence(&mut passage, "", "a\n````\n");
        assert_eq!(passage, "`````yaml netpol\na\n````\n`````\n\n");
    }
}
