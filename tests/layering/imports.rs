//! Which files of a crate name which others: by `use`, or by a path. Reads tokens, not types, so it follows a name through
//! `pub use` and private imports, and knows nothing of methods and fields.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// A module's path below the crate's root: `["explain", "side"]`.
pub(crate) type Module = Vec<String>;

/// What each file names; the file that holds a module counts as a part of that module, so naming one above is no edge.
pub(crate) type Graph = BTreeMap<Module, BTreeSet<Module>>;

/// The words of a path as it is written, such as `["super", "side", "Side"]`.
type Words = Vec<String>;

/// What a file says.
#[derive(Default)]
struct File {
    /// Each imported path, and the name it has here.
    imports: Vec<(Words, String)>,
    /// The paths of its code.
    paths: Vec<Words>,
}

/// The files of a crate, as the paths of its `src` and their texts; a binary of `bin/` is a crate of its own.
pub(crate) fn graph(src: &Path, files: &[PathBuf]) -> Graph {
    let texts = files.iter().filter_map(|path| {
        let relative = path.strip_prefix(src).unwrap().with_extension("");
        let mut module: Module =
            relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        if module.first().is_some_and(|first| first == "bin") {
            return None;
        }
        module.pop_if(|last| ["mod", "lib", "main"].contains(&last.as_str()));
        Some((module, fs::read_to_string(path).unwrap()))
    });
    of_texts(texts)
}

/// The same, of texts.
pub(crate) fn of_texts(texts: impl IntoIterator<Item = (Module, String)>) -> Graph {
    let files: BTreeMap<Module, File> =
        texts.into_iter().map(|(module, text)| (module, File::read(&text))).collect();
    let edges = |module: &Module, file: &File| {
        let imports = file.imports.iter().map(|(path, _)| path);
        let named = imports.chain(&file.paths).filter_map(|path| resolve(&files, module, path, 0));
        named.filter(|named| !module.starts_with(named)).collect()
    };
    files.iter().map(|(module, file)| (module.clone(), edges(module, file))).collect()
}

/// The circles: files each of which leads to all others of the same circle.
pub(crate) fn circles(graph: &Graph) -> Vec<BTreeSet<Module>> {
    let reached: BTreeMap<&Module, BTreeSet<&Module>> =
        graph.keys().map(|module| (module, reached_from(graph, module))).collect();
    let mut found: Vec<BTreeSet<Module>> = Vec::new();
    for (module, others) in &reached {
        let is_seen = found.iter().any(|circle| circle.contains(*module));
        if others.contains(module) && !is_seen {
            let leads_back = |other: &&&Module| reached[**other].contains(module);
            found.push(others.iter().filter(leads_back).map(|other| (*other).clone()).collect());
        }
    }
    found
}

fn reached_from<'g>(graph: &'g Graph, start: &'g Module) -> BTreeSet<&'g Module> {
    let mut reached = BTreeSet::new();
    let mut ahead = vec![start];
    while let Some(module) = ahead.pop() {
        ahead.extend(graph[module].iter().filter(|named| reached.insert(*named)));
    }
    reached
}

/// The module that holds what a path of a module means; `None` where that is in no file of this crate.
fn resolve(
    files: &BTreeMap<Module, File>,
    module: &Module,
    path: &[String],
    depth: usize,
) -> Option<Module> {
    // an import that names itself is a foreign crate's
    if depth > 20 {
        return None;
    }
    let (first, rest) = path.split_first()?;
    let (mut at, mut rest) = match first.as_str() {
        "crate" => (Module::new(), rest),
        "self" => (module.clone(), rest),
        "super" => {
            let up = path.iter().take_while(|word| *word == "super").count();
            (module[..module.len().checked_sub(up)?].to_vec(), &path[up..])
        }
        _ if files.contains_key(&below(module, first)) => (module.clone(), path),
        name => {
            let is_it =
                |(other, alias): &&(Words, String)| alias == name && other.first() != Some(first);
            let (target, _) = files[module].imports.iter().find(is_it)?;
            let path: Words = target.iter().chain(rest).cloned().collect();
            return resolve(files, module, &path, depth + 1);
        }
    };
    while let Some((name, others)) = rest.split_first() {
        let child = below(&at, name);
        if files.contains_key(&child) {
            (at, rest) = (child, others);
            continue;
        }
        // what it hands on is where it is from; all else is its own
        let handed = files.get(&at)?.imports.iter().find(|(_, alias)| alias == name);
        let handed = handed.and_then(|(target, _)| {
            let path: Words = target.iter().chain(others).cloned().collect();
            resolve(files, &at, &path, depth + 1)
        });
        return Some(handed.unwrap_or(at));
    }
    Some(at)
}

fn below(module: &Module, name: &str) -> Module {
    module.iter().cloned().chain([name.to_owned()]).collect()
}

impl File {
    fn read(text: &str) -> Self {
        // tests may name what they like
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
        let words = words(code);
        let mut file = Self::default();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            if *word == "use" {
                at = file.import(&words, at + 1, &[]);
            } else if is_name(word) && words.get(at + 1) == Some(&"::") {
                let mut path = vec![(*word).to_owned()];
                while words.get(at + 1) == Some(&"::")
                    && words.get(at + 2).is_some_and(|w| is_name(w))
                {
                    path.push(words[at + 2].to_owned());
                    at += 2;
                }
                file.paths.push(path);
                at += 1;
            } else {
                at += 1;
            }
        }
        file
    }

    /// Reads one tree of a `use`, and hands out what comes after it.
    fn import(&mut self, words: &[&str], mut at: usize, before: &[String]) -> usize {
        let mut path = before.to_vec();
        loop {
            match words[at] {
                "{" => {
                    at += 1;
                    while words[at] != "}" {
                        at = self.import(words, at, &path);
                        at += usize::from(words[at] == ",");
                    }
                    return at + 1;
                }
                "self" if !path.is_empty() => {}
                word => path.push(word.to_owned()),
            }
            at += 1;
            if words[at] == "::" {
                at += 1;
                continue;
            }
            let mut alias = path[path.len() - 1].clone();
            if words[at] == "as" {
                words[at + 1].clone_into(&mut alias);
                at += 2;
            }
            path.retain(|word| word != "*");
            self.imports.push((path, alias));
            return at;
        }
    }
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// A text's words and marks, without comments and literals.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(length) = literal(rest) {
            length
        } else if is_word(first) {
            let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            words.push(&rest[..length]);
            length
        } else {
            let length = if rest.starts_with("::") { 2 } else { first.len_utf8() };
            if !first.is_whitespace() {
                words.push(&rest[..length]);
            }
            length
        };
        rest = &rest[length..];
    }
    words
}

/// The length of a literal text or character at the beginning. A lifetime is none.
fn literal(text: &str) -> Option<usize> {
    let unraw = text.strip_prefix('r').map(|raw| raw.trim_start_matches('#'));
    if let Some(raw) = unraw.and_then(|raw| raw.strip_prefix('"')) {
        let before = text.len() - raw.len();
        let end = format!("\"{}", "#".repeat(before - 2));
        return Some(before + raw.find(&end)? + end.len());
    }
    let quote = text.chars().next().filter(|c| ['"', '\''].contains(c))?;
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            // `'a` of a lifetime, unless a quote closes it right away
            _ if quote == '\'' && at > 1 && c != '\'' && !text.starts_with("'\\") => return None,
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            c if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}
