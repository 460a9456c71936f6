//! Where a JSON value ends, by the grammar of Go's `encoding/json`: kubectl reads as YAML only what that refuses.

/// Lists and maps in one another, as many as Go reads.
const MAX_NESTING: usize = 10_000;

/// The bytes of the JSON value that comes next, without blanks before it. `None` where it is none. What follows
/// on it is not looked at: to Go `truefalse` is two values.
pub(super) fn value(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let start = blanks(bytes, from);
    let mut at = start;
    // of the lists and maps around, whether each is a map
    let mut around: Vec<bool> = Vec::new();
    loop {
        match bytes.get(at)? {
            opening @ (b'{' | b'[') => {
                let is_map = *opening == b'{';
                if around.len() >= MAX_NESTING {
                    return None;
                }
                around.push(is_map);
                at = blanks(bytes, at + 1);
                if bytes.get(at) != Some(&closing(is_map)) {
                    at = item(bytes, at, is_map)?;
                    continue;
                }
            }
            b'"' => at = string(bytes, at)?,
            b'-' | b'0'..=b'9' => at = number(bytes, at)?,
            _ => at = word(bytes, at)?,
        }
        // behind a value: all that ends here, up to where another one starts
        loop {
            let Some(is_map) = around.last().copied() else { return Some((start, at)) };
            at = blanks(bytes, at);
            let byte = *bytes.get(at)?;
            at += 1;
            if byte == b',' {
                at = item(bytes, blanks(bytes, at), is_map)?;
                break;
            }
            if byte != closing(is_map) {
                return None;
            }
            around.pop();
        }
    }
}

/// Where the next value of a list or map starts: behind a key and its colon, in a map.
fn item(bytes: &[u8], at: usize, is_map: bool) -> Option<usize> {
    if !is_map {
        return Some(at);
    }
    let colon = blanks(bytes, string(bytes, at)?);
    (bytes.get(colon) == Some(&b':')).then(|| blanks(bytes, colon + 1))
}

const fn closing(is_map: bool) -> u8 {
    if is_map { b'}' } else { b']' }
}

/// Whether a character means nothing between values.
pub(super) const fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

fn blanks(bytes: &[u8], at: usize) -> usize {
    run(bytes, at, |byte| is_blank(char::from(byte)))
}

/// Behind all bytes of a kind.
fn run(bytes: &[u8], at: usize, is_one: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| is_one(**byte)).count()
}

fn word(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    let word = ["true", "false", "null"].into_iter().find(|word| rest.starts_with(word.as_bytes()));
    word.map(|word| at + word.len())
}

/// A zero or digits that start with none, a fraction, an exponent.
fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let is_on = |at: usize, any: &[u8]| bytes.get(at).is_some_and(|byte| any.contains(byte));
    let digits = |at: usize| {
        let end = run(bytes, at, |byte| byte.is_ascii_digit());
        (end > at).then_some(end)
    };
    let at = if is_on(at, b"-") { at + 1 } else { at };
    let mut end = if is_on(at, b"0") { at + 1 } else { digits(at)? };
    if is_on(end, b".") {
        end = digits(end + 1)?;
    }
    if is_on(end, b"eE") {
        end += 1;
        end = digits(if is_on(end, b"+-") { end + 1 } else { end })?;
    }
    Some(end)
}

/// Behind the closing quote of a string, which stays on one line and knows fewer escapes than YAML.
fn string(bytes: &[u8], start: usize) -> Option<usize> {
    if bytes.get(start) != Some(&b'"') {
        return None;
    }
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' if bytes.get(at + 1) == Some(&b'u') => {
                let digits = bytes.get(at + 2..at + 6)?;
                if !digits.iter().all(u8::is_ascii_hexdigit) {
                    return None;
                }
                at += 6;
            }
            b'\\' if br#""\/bfnrt"#.contains(bytes.get(at + 1)?) => at += 2,
            ..b' ' | b'\\' => return None,
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(text: &str) -> Option<usize> {
        value(text.as_bytes(), 0).map(|(_, end)| end)
    }

    #[test]
    fn json_is_told_from_what_only_looks_like_it() {
        for text in [
            "{}",
            "[]",
            r#" { "a" : [ 1 , { } , [ ] ] , "a" : null } "#,
            r#"{"":""}"#,
            "-0",
            "0.5",
            "1e5",
            "1E+05",
            "-12.50e-1",
            "true",
            r#""\u00e9\ud800\/\"""#,
            "\"\u{7f}\u{85}\"",
            "[[[1],2],3]",
        ] {
            assert_eq!(end(text), Some(text.trim_end().len()), "{text}");
        }
        for text in [
            "",
            "{",
            "}",
            r#"{"a"}"#,
            r#"{"a":}"#,
            r#"{"a":,"b":1}"#,
            "{,}",
            r#"{"a":1,}"#,
            r#"{"a":1 "b":2}"#,
            "{a:1}",
            "{'a':1}",
            "{1:2}",
            "[1 2]",
            "[1,]",
            "[,1]",
            "[1}",
            r#"{"a":1]"#,
            r#"[8"x"]"#,
            "[1.2.3]",
            "[01]",
            "[-]",
            "[1.]",
            "[.5]",
            "[1e]",
            "[1e+]",
            "[+1]",
            "[NaN]",
            "[True]",
            "[nul]",
            "[nulls]",
            r#"["a]"#,
            "[\"\t\"]",
            "[\"\n\"]",
            r#"["\x41"]"#,
            r#"["\u12"]"#,
            r#"["\u00zz"]"#,
            r#"["\"#,
            "[\u{a0}1]",
            "[1 # a\n]",
        ] {
            assert_eq!(end(text), None, "{text}");
        }
    }

    #[test]
    fn a_value_ends_where_no_more_of_it_can_follow() {
        for (text, expected) in [("{}{}", 2), ("truefalse", 4), ("01", 1), ("1 2", 1), ("1x", 1)] {
            assert_eq!(end(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn nesting_has_an_end() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert_eq!(end(&nested(MAX_NESTING)), Some(2 * MAX_NESTING));
        assert_eq!(end(&nested(MAX_NESTING + 1)), None);
        assert_eq!(end(&"[{\"a\":".repeat(1_000_000)), None);
    }
}
