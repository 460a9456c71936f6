//! Reads `version-1.txt`: links and what they must open to, for ever.

use permalink::{Direction, Shared};

/// One link and the text behind it.
#[allow(dead_code, reason = "not every test looks at all of it")]
pub(crate) struct Golden {
    pub(crate) name: &'static str,
    /// Whether the encoder of today still writes exactly this link.
    pub(crate) current: bool,
    pub(crate) link: &'static str,
    pub(crate) shared: Shared,
}

/// All entries, in the order of the file.
#[expect(clippy::panic, reason = "the file is part of the test")]
pub(crate) fn entries() -> Vec<Golden> {
    let mut entries: Vec<Golden> = Vec::new();
    let mut into_cluster = false;
    for line in include_str!("version-1.txt").lines().filter(|line| !line.is_empty()) {
        let (first, rest) = line.split_at(1);
        if matches!(first, "=" | "~") {
            let name = rest.trim();
            entries.push(Golden {
                name,
                current: first == "=",
                link: "",
                shared: Shared::default(),
            });
            into_cluster = false;
            continue;
        }
        let Some(entry) = entries.last_mut() else { continue };
        match (first, line) {
            ("#", link) => entry.link = link,
            (_, "cluster") => {
                into_cluster = true;
                entry.shared.cluster = Some(String::new());
            }
            (_, "direction ingress") => {
                entry.shared.fields.direction = Some(Direction::Ingress);
            }
            (_, "direction egress") => {
                entry.shared.fields.direction = Some(Direction::Egress);
            }
            (_, word) if word.starts_with("open ") => {
                entry.shared.fields.open = word.strip_prefix("open ").map(str::to_owned);
            }
            (_, word) if word.starts_with("view ") => {
                entry.shared.fields.view = word.strip_prefix("view ").map(str::to_owned);
            }
            (_, word) if word.starts_with("result ") => {
                entry.shared.fields.result = word.strip_prefix("result ").map(str::to_owned);
            }
            (_, "without witnesses") => entry.shared.fields.without_witnesses = true,
            ("|" | "/", _) => {
                let text = if into_cluster {
                    entry.shared.cluster.get_or_insert_default()
                } else {
                    &mut entry.shared.policies
                };
                text.push_str(&rest.replace("<CR>", "\r").replace("<NUL>", "\0"));
                text.push_str(if first == "|" { "\n" } else { "" });
            }
            _ => panic!("the golden file has a line of no known kind: {line}"),
        }
    }
    entries
}
