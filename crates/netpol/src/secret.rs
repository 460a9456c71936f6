//! Whether a text holds what nobody else may read, a Kubernetes Secret or the credentials of a kubeconfig: such a text must
//! not go into a link. Rather refuses too much. `web/embed/1/link.js` does the same, and both are held to
//! `tests/secrets.json`.

/// What is left of `Secret` as a value; written in base64, with the tag `!!binary`, it is the same word.
const SECRETS: [&str; 4] = ["Secret", "SecretList", "U2VjcmV0", "U2VjcmV0TGlzdA"];
/// The keys that only a kubeconfig has.
const OF_KUBECONFIG: [&str; 2] = ["users", "current-context"];
/// The keys of a kubeconfig that say who one is.
const CREDENTIALS: [&str; 6] =
    ["token", "password", "id-token", "refresh-token", "access-token", "client-secret"];
/// Nothing else is called so.
const CLIENT_KEY: &str = "client-key-data";

/// Whether any object in the text is a Secret or a kubeconfig with credentials, be it commented out, quoted inside another
/// object (kubectl keeps a copy of what it applied in an annotation), spelt with escapes, or in a document that is no YAML.
pub fn holds_secret(text: &str) -> bool {
    let plain = unescaped(text);
    let mut scan = Scan::default();
    let mut rest = plain.as_str();
    while let Some(first) = rest.chars().next() {
        let end = end_of_token(rest, first);
        scan.take(first, rest.get(..end).unwrap_or(rest));
        rest = rest.get(end..).unwrap_or("");
    }
    scan.is_found
        || scan.has_alias && scan.is_anchored_secret
        || scan.is_kubeconfig && scan.has_credentials
}

/// The text with the escapes of double quotes resolved, wherever they stand and however often they are escaped.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('\\') {
        plain.push_str(before);
        rest = behind.trim_start_matches('\\');
        let digits = match rest.chars().next() {
            Some('x') => 2,
            Some('u') => 4,
            Some('U') => 8,
            _ => 0,
        };
        let hex = rest.get(1..=digits).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
        if let (1.., Some(hex)) = (digits, hex) {
            let spelt = u32::from_str_radix(hex, 16).ok().and_then(char::from_u32);
            plain.push(spelt.unwrap_or(' '));
            rest = rest.get(1 + digits..).unwrap_or("");
        } else if let Some(next) = rest.strip_prefix("\r\n").or(rest.strip_prefix('\n')) {
            // the line goes on where the next one begins
            rest = next.trim_start_matches([' ', '\t']);
        } else if rest.starts_with(['n', 'r', 't', 'N', 'L', 'P', '_']) {
            plain.push(' ');
            rest = rest.get(1..).unwrap_or("");
        } else {
            plain.push('\\');
        }
    }
    plain.push_str(rest);
    plain
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}

/// Where the token ends that a text begins with; every character is in one of them.
fn end_of_token(rest: &str, first: char) -> usize {
    let body = rest.get(first.len_utf8()..).unwrap_or("");
    let ends_name =
        |c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}' | '"' | '\'' | '\\');
    let length = match first {
        '!' if body.starts_with('<') => body.find(['>', '\n']).map(|at| at + 1),
        '&' | '!' => body.find(ends_name),
        '*' => body.find(|c: char| c == ':' || ends_name(c)),
        '|' | '>' => body.find(|c: char| !c.is_ascii_digit() && c != '-' && c != '+'),
        c if is_word(c) => body.find(|c| !is_word(c)),
        _ => Some(0),
    };
    first.len_utf8() + length.unwrap_or(body.len())
}

/// What stands before a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Before {
    #[default]
    Nothing,
    /// `kind`, or an alias that may stand for it.
    Kind {
        is_alias: bool,
    },
    /// The same with its colon.
    KindOf {
        is_alias: bool,
    },
    OfKubeconfig,
    Credential,
    ClientKey,
}

#[derive(Debug, Clone, Copy, Default)]
struct Place {
    before: Before,
    /// Whether an anchor names what comes.
    is_anchored: bool,
}

/// Reads tokens from the first to the last, each once.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a sign of its own")]
struct Scan {
    place: Place,
    /// Where a comment began: what it says is read, and then it goes on from there.
    interrupted: Option<Place>,
    is_found: bool,
    /// `kind: *x`
    has_alias: bool,
    /// `&x Secret`
    is_anchored_secret: bool,
    is_kubeconfig: bool,
    has_credentials: bool,
}

impl Scan {
    fn take(&mut self, first: char, token: &str) {
        let before = self.place.before;
        match first {
            '#' if self.interrupted.is_none() => {
                self.interrupted = Some(std::mem::take(&mut self.place));
            }
            '\n' => self.place = self.interrupted.take().unwrap_or(self.place),
            '"' | '\'' | '\\' | '|' | '>' | '!' => {}
            '&' => self.place.is_anchored = true,
            '*' if before == (Before::KindOf { is_alias: false }) => {
                self.has_alias = true;
                self.place = Place::default();
            }
            '*' => self.place.before = Before::Kind { is_alias: true },
            ':' => self.colon(before),
            c if c.is_whitespace() => {}
            c if is_word(c) => self.word(before, token),
            _ => self.place = Place::default(),
        }
    }

    fn colon(&mut self, before: Before) {
        self.is_kubeconfig |= matches!(before, Before::OfKubeconfig | Before::ClientKey);
        self.has_credentials |= matches!(before, Before::Credential | Before::ClientKey);
        self.place.before = match before {
            Before::Kind { is_alias } => Before::KindOf { is_alias },
            _ => Before::Nothing,
        };
    }

    fn word(&mut self, before: Before, word: &str) {
        let start = word.split(['_', '-']).next().unwrap_or("");
        if SECRETS.contains(&start) {
            self.is_found |= matches!(before, Before::KindOf { .. });
            self.is_anchored_secret |= self.place.is_anchored;
        }
        self.is_kubeconfig |= before == (Before::KindOf { is_alias: false }) && start == "Config";
        let before = match word {
            CLIENT_KEY => Before::ClientKey,
            word if word.ends_with("kind") => Before::Kind { is_alias: false },
            word if OF_KUBECONFIG.contains(&word) => Before::OfKubeconfig,
            word if CREDENTIALS.contains(&word) => Before::Credential,
            _ => Before::Nothing,
        };
        self.place = Place { before, is_anchored: false };
    }
}
