//! Texts that are yet to be rendered, and by what: `{{ … }}` of Helm, `${NAME}` of envsubst, ytt, Jinja, ERB. A brace inside a
//! legal value or a comment is none: only what was refused, or cannot be read, is asked about.

use crate::source::Span;

/// What makes objects of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Engine {
    /// `{{ .Values.name }}`
    Helm,
    /// `{% if … %}`, `{{ name }}`
    Jinja,
    /// `${NAME}`, `$NAME`
    Envsubst,
    /// `$(NAME)`
    Kustomize,
    /// `#@ if …`, `(@= … @)`
    Ytt,
    /// `<%= name %>`
    Erb,
}

impl Engine {
    /// Every engine.
    pub const ALL: [Self; 6] =
        [Self::Helm, Self::Jinja, Self::Envsubst, Self::Kustomize, Self::Ytt, Self::Erb];

    /// The command that renders it, for `netpol lint -` to read.
    pub const fn command(self) -> &'static str {
        match self {
            Self::Helm => "helm template CHART",
            Self::Jinja => "jinja2 FILE",
            Self::Envsubst => "envsubst < FILE",
            Self::Kustomize => "kubectl kustomize DIR",
            Self::Ytt => "ytt -f FILE",
            Self::Erb => "erb FILE",
        }
    }

    /// What to do: render it first.
    pub fn help(self) -> String {
        format!("render it first, and check what comes out: `{} | netpol lint -`", self.command())
    }
}

/// A place in a template that is yet to be filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placeholder {
    /// What fills it in.
    pub engine: Engine,
    /// The bytes of the text.
    pub span: Span,
}

/// Longer ones are not looked for.
const MOST: usize = 2_000;

/// A placeholder in a text that is no legal value.
pub fn in_value(text: &str) -> Option<Placeholder> {
    let paired = [
        ("{{", "}}", Engine::Helm),
        ("{%", "%}", Engine::Jinja),
        ("<%", "%>", Engine::Erb),
        ("(@", "@)", Engine::Ytt),
    ];
    let found = paired.into_iter().filter_map(|(open, close, engine)| {
        let start = text.find(open)?;
        let rest = text.get(start..)?;
        let end = start + rest.find(close)? + close.len();
        let engine = engine_of(text.get(start..end)?, engine);
        (end - start <= MOST).then_some(Placeholder { engine, span: Span::new(start, end) })
    });
    found.min_by_key(|found| found.span.start).or_else(|| variable(text))
}

/// A placeholder in the bytes that a fault underlines: anywhere in a word, at the start of a map (`{{ x }}` is a map as a key
/// of a map); a whole block says too little.
pub fn at(text: &str, span: Span) -> Option<Placeholder> {
    let value = start_of_line(text.get(span.start..span.end)?);
    let (start, value) = if value.starts_with('{') {
        // the key of such a map starts at the second brace
        let before = text.get(..span.start).is_some_and(|before| before.ends_with('{'));
        let start = span.start - usize::from(before);
        let line = start_of_line(text.get(start..)?);
        (start, line.get(..line.find("}}")? + 2).filter(|line| line.starts_with("{{"))?)
    } else {
        (span.start, value)
    };
    let Placeholder { engine, span } = in_value(value)?;
    Some(Placeholder { engine, span: Span::new(start + span.start, start + span.end) })
}

/// The rest of a line, as far as it is looked at: a line may be as long as a text.
fn start_of_line(text: &str) -> &str {
    let end =
        text.bytes().take(MOST).position(|byte| byte == b'\n').unwrap_or(text.len().min(MOST));
    // a character that is cut through is left out
    (0..4).find_map(|less| text.get(..end.saturating_sub(less))).unwrap_or("")
}

/// Braces without a dot or a function of Helm's are any engine's; with spaces and a bare word they are Jinja's.
fn engine_of(placeholder: &str, engine: Engine) -> Engine {
    let inner = placeholder.trim_matches(['{', '}', '-', ' ']);
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '[' | ']' | '\'' | '|');
    let is_bare = inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && inner.chars().all(|c| is_word(c) || c == ' ')
        && (!inner.contains(' ') || inner.contains('|'));
    let is_go = ["end", "else", "template", "include", "define", "block"].contains(&inner);
    if engine == Engine::Helm && is_bare && !is_go { Engine::Jinja } else { engine }
}

/// `${NAME}`, `${NAME:-default}`, `$(NAME)` or `$NAME`.
fn variable(text: &str) -> Option<Placeholder> {
    let start = text.find('$')?;
    let rest = text.get(start + 1..)?;
    let name = |text: &str| {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        text.find(|c| !is_part(c)).unwrap_or(text.len())
    };
    let (engine, length) = match rest.chars().next()? {
        '{' => (Engine::Envsubst, rest.find('}')? + 2),
        '(' => (Engine::Kustomize, rest.find(')')? + 2),
        first if first.is_ascii_alphabetic() || first == '_' => (Engine::Envsubst, name(rest) + 1),
        _ => return None,
    };
    (length <= MOST).then(|| Placeholder { engine, span: Span::new(start, start + length) })
}

/// A placeholder that stands outside of quotes and comments, on the line where YAML could not be read any more or on one
/// of the two before it.
pub fn in_lines(text: &str, document: Span, at: usize) -> Option<Placeholder> {
    let end = at.max(document.start).min(document.end);
    let line_end = text.get(end..document.end)?.find('\n').map_or(document.end, |n| end + n);
    let before = text.get(document.start..line_end)?;
    if let Some(open) = text.get(document.start..end).and_then(unclosed) {
        let start = document.start + open;
        let shown = text.get(start..line_end)?.trim_end();
        return Some(Placeholder {
            engine: Engine::Helm,
            span: Span::new(start, start + shown.len()),
        });
    }
    let mut start = line_end;
    let lines = before.rsplit('\n').take(3).filter_map(|line| {
        let at = start - line.len();
        start = at.saturating_sub(1);
        let bare = bare(line)?;
        let found = [("{{", Engine::Helm), ("{%", Engine::Jinja), ("<%", Engine::Erb)];
        let (from, engine) =
            found.into_iter().find_map(|(open, engine)| Some((bare.find(open)?, engine)))?;
        let shown = line.get(from..)?;
        let close = ["}}", "%}", "%>"].iter().filter_map(|close| shown.find(close)).min();
        let length = close.map_or(shown.trim_end().len(), |close| close + 2);
        let engine = engine_of(shown.get(..length)?, engine);
        Some(Placeholder { engine, span: Span::new(at + from, at + from + length) })
    });
    lines.last()
}

/// Where braces open on the last line and are not closed: a quote inside of them ends the one around them.
fn unclosed(before: &str) -> Option<usize> {
    let line = before.rfind('\n').map_or(0, |newline| newline + 1);
    let rest = before.get(line..)?;
    let open = rest.rfind("{{")?;
    let is_quoted = rest.get(..open)?.ends_with(['"', '\'']);
    (is_quoted && !rest.get(open..)?.contains("}}")).then_some(line + open)
}

/// A line with quoted texts and a comment blanked out; nothing where a quote stays open.
fn bare(line: &str) -> Option<String> {
    let mut open = None;
    let mut before = ' ';
    let mut bare = String::with_capacity(line.len());
    for c in line.chars() {
        match open {
            Some(quote) if c == quote => open = None,
            None if c == '#' && before == ' ' => break,
            None if matches!(c, '"' | '\'') && !before.is_alphanumeric() => open = Some(c),
            None => {
                bare.push(c);
                before = c;
                continue;
            }
            Some(_) => {}
        }
        before = c;
        // as many bytes, so that places stay
        bare.extend(std::iter::repeat_n(' ', c.len_utf8()));
    }
    open.is_none().then_some(bare)
}

/// What ytt's comments begin with where they steer it.
const YTT: &[&str] = &[
    " load(",
    " if ",
    " if/end ",
    " elif ",
    " else:",
    " for ",
    " def ",
    " end",
    " data.values",
    "data/",
    "overlay/",
    "schema/",
    "library/",
    "yaml/",
    "ytt",
];

/// The first line that steers ytt: to YAML it is a comment, and without it the document says something else.
pub fn ytt(text: &str, document: Span) -> Option<Span> {
    let mut at = document.start;
    for line in text.get(document.start..document.end)?.split_inclusive('\n') {
        let sign = line.find("#@").filter(|sign| {
            let before = line.get(..*sign).unwrap_or("").trim();
            let rest = line.get(sign + 2..).unwrap_or("");
            // `key: #@ value`: the value is nothing but the comment
            let is_value =
                (before.ends_with(':') || before.ends_with('-')) && rest.starts_with(' ');
            is_value || before.is_empty() && YTT.iter().any(|word| rest.starts_with(word))
        });
        if let Some(sign) = sign {
            return Some(Span::new(at + sign, at + line.trim_end().len()));
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn engine(value: &str) -> Option<Engine> {
        in_value(value).map(|found| found.engine)
    }

    #[test]
    fn the_engine_is_known_by_its_signs() {
        for (value, expected) in [
            ("{{ .Release.Namespace }}", Engine::Helm),
            ("web-{{ include \"x.name\" . }}", Engine::Helm),
            ("{{ namespace }}", Engine::Jinja),
            ("{{ ns | lower }}", Engine::Jinja),
            ("{% raw %}", Engine::Jinja),
            ("${NAMESPACE}", Engine::Envsubst),
            ("${NAMESPACE:-shop}", Engine::Envsubst),
            ("$NAMESPACE", Engine::Envsubst),
            ("$(NAMESPACE)", Engine::Kustomize),
            ("(@= data.values.ns @)", Engine::Ytt),
            ("<%= ns %>", Engine::Erb),
        ] {
            assert_eq!(engine(value), Some(expected), "{value}");
        }
        for value in ["shop", "a{b}", "5$", "$", "{{", "$5", "${", "a}}{{b"] {
            assert_eq!(engine(value), None, "{value}");
        }
    }

    #[test]
    fn a_comment_steers_ytt_only_where_ytt_would_listen() {
        let ytt = |text: &str| ytt(text, Span::new(0, text.len()));
        for text in [
            "#@ load(\"@ytt:data\", \"data\")\n",
            "a: b\n  #@ if x:\n",
            "name: #@ data.values.name\n",
            "#@data/values\n",
        ] {
            assert!(ytt(text).is_some(), "{text}");
        }
        for text in ["#@ todo: ask Ann\n", "# @ if\n", "name: web #@ home\n", "a: \"#@ x\"\n"] {
            assert!(ytt(text).is_none(), "{text}");
        }
    }

    #[test]
    fn braces_in_quotes_and_comments_are_no_placeholders() {
        let found = |text: &str| {
            in_lines(text, Span::new(0, text.len()), text.len())
                .map(|found| text.get(found.span.start..found.span.end).unwrap_or("").to_owned())
        };
        assert_eq!(found("a: {{ .x }}-b: c").as_deref(), Some("{{ .x }}"));
        assert_eq!(found("{{- if .x }}\na: b: c").as_deref(), Some("{{- if .x }}"));
        assert_eq!(found("a: \"{{ x }}\"\nb: c: d"), None);
        assert_eq!(found("# {{ x }}\nb: c: d"), None);
        assert_eq!(found("{{ far }}\n\n\n\na: b: c"), None);
        let text = "a: \"{{ printf \"%s\" .x }}\"";
        assert!(
            in_lines(text, Span::new(0, text.len()), 15).is_some(),
            "a quote ends the one around"
        );
    }
}
