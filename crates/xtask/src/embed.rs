//! What articles use: web/embed/embed.html, which stands in their frames, with what it takes from index.html and the files that
//! belong to it alone; the script that they load; and an article that shows all of it. The page keeps the names that Trunk
//! gave the modules; web/minify.mjs renames both. The script and the article keep their names for ever.

use std::fs;
use std::path::Path;

use crate::project::{Outcome, Project};
use crate::reading::{head_links, read};

const FOLDER: &str = "web/embed";
const PAGE: &str = "embed.html";
/// Files as they are written, and their names in the site, which has no folders for them.
const FILES: [(&str, &str); 3] =
    [("theme.js", "embed-theme.js"), ("frame.js", "frame.js"), ("embed.css", "embed.css")];
/// Folders as they are written, and in the site.
const FOLDERS: [(&str, &str); 2] = [("web/embed/1", "embed/1"), ("web/demo", "demo")];
const POLICY: &str = "<!-- of index.html: policy -->\n";
const LINKS: &str = "<!-- of index.html: styles and icon -->\n";

/// Writes the page and its files into a site that has its `index.html` already.
pub(crate) fn write(project: &Project, site: &Path) -> Outcome {
    let index = read(&site.join("index.html"))?;
    let folder = project.at(FOLDER);
    let page = page(&read(&folder.join(PAGE))?, &index)?;
    fs::write(site.join(PAGE), page).map_err(|error| format!("cannot write {PAGE}: {error}"))?;
    for (file, name) in FILES {
        fs::copy(folder.join(file), site.join(name))
            .map_err(|error| format!("cannot copy {FOLDER}/{file}: {error}"))?;
    }
    for (folder, place) in FOLDERS {
        copy(&project.at(folder), &site.join(place))
            .map_err(|error| format!("cannot copy {folder}: {error}"))?;
    }
    Ok(())
}

/// The files of a folder that has no folders in it.
fn copy(folder: &Path, place: &Path) -> std::io::Result<()> {
    fs::create_dir_all(place)?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        fs::copy(entry.path(), place.join(entry.file_name()))?;
    }
    Ok(())
}

/// The page with the rules that index.html states for itself, and with its styles.
fn page(source: &str, index: &str) -> Result<String, String> {
    let rules = metas(index, &["http-equiv", "name=\"referrer\""]);
    if !rules.contains("Content-Security-Policy") {
        return Err("index.html states no Content-Security-Policy".into());
    }
    if !(source.contains(POLICY) && source.contains(LINKS)) {
        return Err(format!("{FOLDER}/{PAGE} does not say what it takes from index.html"));
    }
    Ok(source.replace(POLICY, &rules).replace(LINKS, &head_links(index)))
}

/// The `meta` elements that hold one of these words.
fn metas(index: &str, words: &[&str]) -> String {
    let tags = index.split('<').filter(|tag| tag.starts_with("meta "));
    let tags = tags.filter(|tag| words.iter().any(|word| tag.contains(word)));
    let tags = tags.filter_map(|tag| tag.split_once('>'));
    tags.flat_map(|(tag, _)| ["<", tag, ">\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = "<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\"><link rel=\"stylesheet\" href=\"./s-1.css\">";

    #[test]
    fn the_frame_states_the_rules_of_the_page_and_has_its_styles() {
        let source = format!("<head>\n{POLICY}{LINKS}</head>\n");
        assert_eq!(
            page(&source, INDEX),
            Ok("<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\n<link rel=\"stylesheet\" href=\"./s-1.css\">\n</head>\n".to_owned())
        );
    }

    #[test]
    fn a_frame_without_rules_is_not_built() {
        let source = format!("{POLICY}{LINKS}");
        assert!(page(&source, "<meta charset=\"utf-8\">").is_err());
        assert!(page("<head></head>", INDEX).is_err());
    }
}
