//! TOML → settings. What is not understood is told at its place; nothing is passed over.

use netpol::{Code, NamespaceName, Release, Source, Span, allow};
use toml::{
    Spanned,
    de::{DeString, DeTable, DeValue},
};

use super::{Entry, paths::Patterns};
use crate::likely::nearest;

/// What a file says.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) entries: Vec<Entry>,
    pub(super) denies_warnings: bool,
    pub(super) namespace: Option<NamespaceName>,
    pub(super) kubernetes: Option<Release>,
}

/// Something wrong with it.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// Each is asked about each finding, so there must be an end.
const MOST_ENTRIES: usize = 1_000;

type Key<'t> = Spanned<DeString<'t>>;
type Value<'t> = Spanned<DeValue<'t>>;

/// Keys of the file.
const KEYS: &[&str] = &["allow", "deny", "kubernetes", "namespace"];
/// Keys of an `[[allow]]` table.
const ENTRY_KEYS: &[&str] = &["code", "paths", "reason"];

/// Reads it; or says all that is wrong with it, in order.
pub(super) fn read(source: &Source) -> Result<Said, Vec<Fault>> {
    let (table, errors) = DeTable::parse_recoverable(source.text());
    if let Some(error) = errors.first() {
        return Err(vec![syntax(error, source.text(), table.get_ref())]);
    }
    let mut reader = Reader { said: Said::default(), faults: Vec::new() };
    for (key, value) in table.get_ref() {
        reader.key(key, value);
    }
    let Reader { mut said, mut faults } = reader;
    if said.entries.len() > MOST_ENTRIES {
        let message = format!("more than {MOST_ENTRIES} codes are allowed");
        faults.push(Fault { span: Span::default(), message, help: None });
    }
    if faults.is_empty() {
        said.entries.sort_by_key(|entry| entry.span.start);
        return Ok(said);
    }
    faults.sort_by_key(|fault| fault.span.start);
    Err(faults)
}

fn syntax(error: &toml::de::Error, text: &str, table: &DeTable<'_>) -> Fault {
    let range = error.span().unwrap_or_default();
    let written = text.get(range.clone()).map(|key| key.trim_matches(['"', '\'']));
    // the key is there already, and stands elsewhere
    let is_second = written == Some("allow")
        && table.keys().any(|key| key.get_ref() == "allow" && key.span() != range);
    let help = is_second.then(|| {
        "write each allowance as `[[allow]]` with its `code`, or all of them in one list".to_owned()
    });
    Fault { span: Span::new(range.start, range.end), message: error.message().to_owned(), help }
}

struct Reader {
    said: Said,
    faults: Vec<Fault>,
}

impl Reader {
    fn fault(&mut self, span: Span, message: impl Into<String>, help: Option<String>) {
        self.faults.push(Fault { span, message: message.into(), help });
    }

    fn key(&mut self, key: &Key<'_>, value: &Value<'_>) {
        match key.get_ref().as_ref() {
            "allow" => self.allow(value),
            "deny" => match value.get_ref().as_str() {
                Some("warnings") => self.said.denies_warnings = true,
                _ => self.fault(
                    place(value),
                    "warnings are all that can be denied",
                    Some("write `deny = \"warnings\"`".to_owned()),
                ),
            },
            "kubernetes" => {
                let Some(version) = self.text("kubernetes", value) else { return };
                match version.parse() {
                    Ok(release) => self.said.kubernetes = Some(release),
                    Err(complaint) => {
                        self.fault(place(value), format!("`{version}` is {complaint}"), None);
                    }
                }
            }
            "namespace" => {
                let Some(name) = self.text("namespace", value) else { return };
                match name.parse() {
                    Ok(name) => self.said.namespace = Some(name),
                    Err(complaint) => {
                        let message = format!("`{name}` is no name of a namespace: {complaint}");
                        self.fault(place(value), message, None);
                    }
                }
            }
            _ => self.unknown(key, KEYS),
        }
    }

    fn unknown(&mut self, key: &Key<'_>, known: &[&str]) {
        let name = key.get_ref();
        let help = match nearest(name, known.iter().copied()) {
            Some(likely) => format!("did you mean `{likely}`?"),
            None => format!("there are `{}`", known.join("`, `")),
        };
        let range = key.span();
        self.fault(Span::new(range.start, range.end), format!("unknown key `{name}`"), Some(help));
    }

    fn text<'v>(&mut self, key: &str, value: &'v Value<'_>) -> Option<&'v str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.fault(place(value), format!("`{key}` has to be a text in quotes"), None);
        }
        text
    }

    /// `allow = ["code", {code = "…"}]`, or tables.
    fn allow(&mut self, value: &Value<'_>) {
        let Some(items) = value.get_ref().as_array() else {
            let help =
                Some("write `allow = [\"CODE\"]`, or `[[allow]]` and `code = \"CODE\"`".to_owned());
            self.fault(place(value), "`allow` is a list", help);
            return;
        };
        for item in items {
            if let Some(table) = item.get_ref().as_table() {
                self.entry(item, table);
            } else if let Some(code) = self.code(item) {
                let (paths, reason) = (None, None);
                self.said.entries.push(Entry { code, paths, reason, span: place(item) });
            }
        }
    }

    /// `code = "…"` or `code = ["…", "…"]`, `paths = ["…"]`, `reason = "…"`
    fn entry(&mut self, item: &Value<'_>, table: &DeTable<'_>) {
        let (mut codes, mut paths, mut reason, mut has_code) = (Vec::new(), None, None, false);
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "code" => {
                    has_code = true;
                    let list =
                        value.get_ref().as_array().map_or(std::slice::from_ref(value), |list| list);
                    for value in list {
                        codes.extend(self.code(value).map(|code| (code, place(value))));
                    }
                }
                "paths" => paths = self.paths(value),
                "reason" => reason = self.text("reason", value).map(str::to_owned),
                _ => self.unknown(key, ENTRY_KEYS),
            }
        }
        if !has_code {
            self.fault(place(item), "an allowance without a `code`", None);
        }
        self.said.entries.extend(codes.into_iter().map(|(code, span)| {
            let (paths, reason) = (paths.clone(), reason.clone());
            Entry { code, paths, reason, span }
        }));
    }

    fn code(&mut self, value: &Value<'_>) -> Option<Code> {
        let word = self.text("code", value)?;
        let code = allow::code(word);
        code.map_err(|fault| self.fault(place(value), fault.to_string(), Some(fault.help()))).ok()
    }

    fn paths(&mut self, value: &Value<'_>) -> Option<Patterns> {
        let Some(items) = value.get_ref().as_array() else {
            let help = Some("write `paths = [\"vendor/**\"]`".to_owned());
            self.fault(place(value), "`paths` is a list", help);
            return None;
        };
        let texts: Vec<&str> = items.iter().filter_map(|item| self.text("paths", item)).collect();
        match Patterns::of(texts.iter().copied()) {
            Ok(patterns) => Some(patterns),
            Err((at, fault)) => {
                let span = items.get(at).map_or_else(|| place(value), place);
                let message =
                    format!("`{}` is no pattern of paths: {fault}", texts.get(at).unwrap_or(&""));
                self.fault(span, message, None);
                None
            }
        }
    }
}

fn place(value: &Value<'_>) -> Span {
    let range = value.span();
    Span::new(range.start, range.end)
}
