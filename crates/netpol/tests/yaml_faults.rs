//! A text that cannot be read is an error at the place where somebody has to look, in go-yaml's words, with what to do about it. Where
//! the help says what to write, the text with that can be read.

use netpol::yaml::documents;

/// A text, what is underlined, the message, what the help begins with, and the text after the help was followed.
type Case = (&'static str, &'static str, &'static str, &'static str, &'static str);

const CASES: &[Case] = &[
    ("a: [\n", "[", "did not find expected node content", "close the bracket", "a: []\n"),
    (
        "a: {b: [c,\n",
        "[",
        "did not find expected node content",
        "close the bracket",
        "a: {b: [c]}\n",
    ),
    ("a: {\n", "{", "did not find expected node content", "close the brace", "a: {}\n"),
    (
        "a: b\nprose here\nc: d\n",
        "prose here",
        "could not find expected ':'",
        "each line is",
        "a: b\n# prose here\nc: d\n",
    ),
    (
        "Here you go\na: b\n",
        "Here you go",
        "mapping values are not allowed",
        "this line is prose",
        "# Here you go\na: b\n",
    ),
    (
        "a: b\nport:80\n",
        "port:80",
        "could not find expected ':'",
        "put a space after the colon",
        "a: b\nport: 80\n",
    ),
    (
        "a: b\nports:[80]\nc: d\n",
        "ports:[80]",
        "could not find expected ':'",
        "put a space after the colon",
        "a: b\nports: [80]\nc: d\n",
    ),
    (
        "a: b: c\n",
        ":",
        "mapping values are not allowed",
        "put a value that holds a colon",
        "a: 'b: c'\n",
    ),
    ("a: [b\n", "[", "did not find expected ',' or ']'", "close the bracket", "a: [b]\n"),
    ("a: {b: c\n", "{", "did not find expected ',' or '}'", "close the brace", "a: {b: c}\n"),
    (
        "a: [b}\n",
        "}",
        "did not find expected ',' or ']'",
        "put a comma between the items",
        "a: [b]\n",
    ),
    ("a: [b]]\n", "]", "did not find expected key", "there is one bracket too many", "a: [b]\n"),
    ("a: 'it's'\n", "s", "did not find expected key", "the quote ends here", "a: 'it''s'\n"),
    ("a: \"b\"c\"\n", "c", "did not find expected key", "the quote ends here", "a: \"b\\\"c\"\n"),
    ("a: \"b\n", "\"", "found unexpected end of stream", "close the quote", "a: \"b\"\n"),
    (
        "a: \"C:\\dir\"\n",
        "\\",
        "found unknown escape character",
        "in double quotes",
        "a: 'C:\\dir'\n",
    ),
    (
        "a: {cidr: ::/0}\n",
        ":",
        "did not find expected node content",
        "inside of brackets",
        "a: {cidr: '::/0'}\n",
    ),
    ("a: [b,,c]\n", ",", "did not find expected node content", "a value is missing", "a: [b,c]\n"),
    (
        "a: @b\n",
        "@",
        "found character that cannot start any token",
        "put the value in quotes",
        "a: '@b'\n",
    ),
    (
        "a: *.example.com\n",
        "*",
        "did not find expected alphabetic",
        "put a value that starts with `*`",
        "a: '*.example.com'\n",
    ),
    (
        "a: *b\n",
        "*b",
        "unknown anchor 'b' referenced",
        "put a value that starts with `*`",
        "a: '*b'\n",
    ),
    (
        "a: !b{\n",
        "!",
        "did not find expected whitespace",
        "put a value that starts with `!`",
        "a: '!b{'\n",
    ),
    (
        "a: |b\n",
        "|",
        "did not find expected comment or line break",
        "put the text below",
        "a: |\n  b\n",
    ),
    (
        "a: - b\n",
        "-",
        "block sequence entries are not allowed",
        "put the dash on a line of its own",
        "a:\n- b\n",
    ),
    (
        "a:\n  b: c\n d: e\n",
        "d",
        "did not find expected key",
        "the indentation of this line",
        "a:\n  b: c\n  d: e\n",
    ),
    ("a:\n- b\nc\n", "c", "could not find expected ':'", "each line is", "a:\n- b\n#c\n"),
    (
        "- a\nb: c\n",
        "b",
        "did not find expected '-' indicator",
        "the indentation of this line",
        "- a\n- b: c\n",
    ),
    (
        "a:\n\tb: c\n",
        "\t",
        "found character that cannot start any token: a tab",
        "YAML forbids tabs",
        "a:\n  b: c\n",
    ),
    (
        "a: b\n\t\nc: d\n",
        "\t",
        "found a tab character that violates indentation",
        "remove the tab",
        "a: b\n\nc: d\n",
    ),
    (
        "a: |\n\tb\n",
        "\t",
        "found a tab character where an indentation space is expected",
        "YAML forbids tabs",
        "a: |\n  b\n",
    ),
    (
        "a: b\n  \tc: d\n",
        "\t",
        "mapping values are not allowed",
        "YAML forbids tabs",
        "a: b\nc: d\n",
    ),
    // in brackets and quotes a tab is a blank like another
    (
        "{\n\t\"a\": 1\n\t\"b\": 2\n}\n",
        ":",
        "did not find expected ',' or '}'",
        "put a comma between the entries",
        "{\n\t\"a\": 1,\n\t\"b\": 2\n}\n",
    ),
    (
        "{\n\t\"a\": [\n\t\t\"b\"\n\t\t\"c\"\n\t]\n}\n",
        "\"",
        "did not find expected ',' or ']'",
        "put a comma between the items",
        "{\n\t\"a\": [\n\t\t\"b\",\n\t\t\"c\"\n\t]\n}\n",
    ),
    (
        "{\n\t\"a\": \"b,\n\t'c': 1\n}\n",
        "\"",
        "found unexpected end of stream",
        "close the quote",
        "{\n\t\"a\": \"b\",\n\t'c': 1\n}\n",
    ),
    (
        "{\n\t\"a\": \"\\d\"\n}\n",
        "\\",
        "found unknown escape character",
        "in double quotes",
        "{\n\t\"a\": \"\\\\d\"\n}\n",
    ),
    (
        "{\n\t\"a\": @b\n}\n",
        "@",
        "found character that cannot start any token",
        "put the value in quotes",
        "{\n\t\"a\": '@b'\n}\n",
    ),
    (
        "{\n\t\"a\": {\n\t\t\"b\": 1,\n\t\n",
        "{",
        "did not find expected node content",
        "close the brace",
        "{\n\t\"a\": {\n\t\t\"b\": 1\n}}\n",
    ),
    ("a: [\n\tb]: c\n", ":", "mapping values are not allowed", "the indentation", "a: [\n\tb]\n"),
    ("a: {\n\tb: c} d\n", "d", "did not find expected key", "the indentation", "a: {\n\tb: c}\n"),
    (
        "a: \"b\n\tc\": d\n",
        ":",
        "mapping values are not allowed",
        "the quote ends here",
        "a: \"b\n\tc\"\n",
    ),
    ("a: b\u{1}\n", "\u{1}", "control characters are not allowed: U+0001", "remove it", "a: b\n"),
    (
        "```yaml\na: b\n",
        "`",
        "found character that cannot start any token",
        "take the lines with ```",
        "a: b\n",
    ),
    (
        "a: .nan\n",
        ".nan",
        "json: unsupported value: .nan",
        "put the value in quotes",
        "a: '.nan'\n",
    ),
    ("~: b\n", "~", "invalid map key: null", "put the key in quotes", "'~': b\n"),
    (
        "{\"a\": 1}\n#\n",
        "#",
        "this is no JSON, and too short for kubectl to read it as YAML",
        "take it out",
        "{\"a\": 1}\n",
    ),
    (
        "{\"a\": 1}{\"b\": 2}\n# c\n",
        "# c",
        "this is no JSON, and it follows on several JSON objects",
        "kubectl reads",
        "{\"a\": 1}\n---\n{\"b\": 2}\n# c\n",
    ),
    ("a: {<<: b}\n", "b", "map merge requires map", "write the keys out", "a: {b: c}\n"),
];

#[test]
fn a_fault_is_told_where_it_is_and_its_help_makes_the_text_readable() {
    for (text, underlined, message, help, mended) in CASES {
        let read = documents(text);
        let fault = read.iter().find_map(|document| document.faults.first());
        let fault = fault.unwrap_or_else(|| panic!("{text:?} can be read"));
        let found = text.get(fault.span.start..fault.span.end).unwrap();
        assert_eq!(found, *underlined, "{text:?}: {fault:?}");
        assert!(fault.message.starts_with(message), "{text:?}: {fault:?}");
        assert!(fault.help.as_ref().is_some_and(|it| it.starts_with(help)), "{text:?}: {fault:?}");
        let mended = documents(mended);
        assert!(mended.iter().all(|it| it.faults.is_empty() && it.root.is_some()), "{mended:?}");
    }
}
