//! What of a text is one document, as kubectl cuts it (apimachinery 0.36, `util/yaml/decoder.go`, and
//! go-yaml, which reads the first document of what it is given and nothing else).

use netpol::{
    Code,
    yaml::{self, Document},
};

/// The names in the documents that are read, and the codes of what is said.
fn read(text: &str) -> (Vec<String>, Vec<Code>) {
    let documents = yaml::documents(text);
    let name = |document: &Document| Some(document.root.as_ref()?.get("a")?.as_str()?.to_owned());
    let codes = documents.iter().flat_map(|document| document.faults.iter().map(|f| f.code));
    (documents.iter().filter_map(name).collect(), codes.collect())
}

#[track_caller]
fn assert_read(text: &str, names: &[&str], codes: &[Code]) {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    assert_eq!(read(text), (names, codes.to_vec()), "{text}");
}

#[test]
fn documents_lie_between_lines_of_three_hyphens() {
    assert_read("a: x\n---\na: z\n", &["x", "z"], &[]);
    assert_read("# c\n---\na: x\n--- # c\n---\t\na: z\n---", &["x", "z"], &[]);
    assert_read("a: |\n  ---\n  x\n", &["---\nx\n"], &[]);
    assert_read("a: x\r\n---\r\na: z\r\n", &["x", "z"], &[]);
}

#[test]
fn only_a_comment_may_follow_on_such_a_line() {
    for line in ["--- {a: z}", "--- text", "---x", "----", "--- !!map"] {
        let text = format!("a: x\n{line}\na: q\n---\na: w\n");
        assert_read(&text, &["x", "w"], &[Code::YamlSyntax]);
        let fault = &yaml::documents(&text)[1].faults[0];
        let behind = line.trim_start_matches("---").trim();
        assert_eq!(fault.message, format!("invalid Yaml document separator: {behind}"));
        assert_eq!(text.get(fault.span.start..fault.span.end), Some(line));
    }
}

#[test]
fn what_follows_the_end_of_a_document_is_not_read() {
    assert_read("a: x\n...\na: z\n---\na: w\n", &["x", "w"], &[Code::NotRead]);
    assert_read("a: x\n...\n{ no yaml\n", &["x"], &[Code::NotRead]);
    assert_read("{a: x}\n{a: z}\n", &["x"], &[Code::NotRead]);
    assert_read("{a: x}\na: z\n", &["x"], &[Code::NotRead]);
    assert_read("a: x\n---\n{\"a\": \"z\"}\n{\"a\": \"w\"}\n", &["x", "z"], &[Code::NotRead]);
    assert_read("a: x\n...\n# c\n\n---\na: z\n...\n", &["x", "z"], &[]);
    let text = "a: x\n...\n  a: z # w\n";
    let span = yaml::documents(text)[0].faults[0].span;
    assert_eq!(text.get(span.start..span.end), Some("a: z # w"));
}

#[test]
fn json_objects_may_follow_one_another() {
    let two = "{\"a\": \"x\", \"b\": [1, -2.5e3, true, null, {}]}\n{\"a\": \"}{\\\"\"}";
    assert_read(two, &["x", "}{\""], &[]);
    assert_read(" {\"a\":\"x\"}{\"a\":\"z\"} {\"a\":\"w\"}\n\n", &["x", "z", "w"], &[]);
    assert_read("{\n\t\"a\": \"x\"\n}\n{}\n", &["x"], &[]);
}

#[test]
fn what_is_said_of_a_json_object_stands_where_it_is_written() {
    let first = "{\"ä\": \"😀\",\n\t\"b\": 1, \"b\": 2}";
    let text = format!("\n {first}\n{{\"ü\": [], \"ü\": 0}}");
    let documents = yaml::documents(&text);
    let said: Vec<_> = documents.iter().map(|document| document.faults[0].span).collect();
    for (span, key) in said.iter().zip(["\"b\"", "\"ü\""]) {
        assert_eq!(text.get(span.start..span.end), Some(key));
        assert_eq!(span.start, text.rfind(key).unwrap());
    }
    let root = documents[0].root.as_ref().unwrap().span;
    assert_eq!(text.get(root.start..root.end), Some(first));
}

#[test]
fn behind_one_json_object_the_text_may_go_on_as_yaml() {
    assert_read("{\"a\": \"x\"}\n---\na: z\n", &["x", "z"], &[]);
    assert_read("{\"a\": \"x\"}\na: z\n", &["x", "z"], &[]);
    assert_read("{\"a\": \"x\"}\n{\"a\": z}\n", &["x", "z"], &[]);
    assert_read("{\"a\": \"x\"} # c\n", &["x"], &[]);
}

#[test]
fn behind_two_json_objects_it_may_not() {
    assert_read("{\"a\": \"x\"}{\"a\": \"z\"}\n---\na: w\n", &["x", "z"], &[Code::YamlSyntax]);
    assert_read("{\"a\": \"x\"}{\"a\": \"z\"}\n# c\n", &["x", "z"], &[Code::YamlSyntax]);
}

#[test]
fn what_only_looks_like_json_is_yaml() {
    assert_read("{a: x}\n---\n{a: z}\n", &["x", "z"], &[]);
    assert_read("{\"a\": \"x\",}\n---\na: z\n", &["x", "z"], &[]);
    assert_read("{\"a\": x}\n", &["x"], &[]);
    assert_read("{\"a\": \"x\"\n", &[], &[Code::YamlSyntax]);
}

#[test]
fn a_directive_is_refused_as_kubectl_cuts_it_off() {
    assert_read("%YAML 1.1\n---\na: x\n", &["x"], &[Code::YamlSyntax]);
}

#[test]
fn the_tags_of_yaml_decide_what_a_word_is() {
    let read = |value: &str| {
        let documents = yaml::documents(&format!("a: {value}\n"));
        let entry = documents[0].root.as_ref().and_then(|root| root.get("a")).cloned();
        let scalar = entry.map(|node| match node.value {
            yaml::Value::Scalar(scalar) => format!("{} {scalar}", scalar.json_type()),
            _ => "other".to_owned(),
        });
        (scalar, documents[0].faults.iter().map(|f| f.message.clone()).collect::<Vec<_>>())
    };
    for (value, scalar) in [
        ("!!int 80", "number 80"),
        ("!!int \"0777\"", "number 511"),
        ("!!float 80", "number 80"),
        ("!!float 80.5", "number 80.5"),
        ("!!bool yes", "bool true"),
        ("!!null", "null null"),
        ("!!null ~", "null null"),
        ("!!str 80", "string 80"),
        ("!!str", "string "),
        ("! 80", "string 80"),
        ("!<tag:yaml.org,2002:int> 80", "number 80"),
        ("!!map {}", "other"),
        ("!!seq []", "other"),
    ] {
        assert_eq!(read(value), (Some(scalar.to_owned()), vec![]), "{value}");
    }
    for (value, message) in [
        ("!!int x", "cannot decode !!str `x` as a !!int"),
        ("!!int 80.5", "cannot decode !!float `80.5` as a !!int"),
        ("!!null x", "cannot decode !!str `x` as a !!null"),
        ("!!bool 1", "cannot decode !!int `1` as a !!bool"),
        ("!!binary eA==", "the tag `!!binary` is not read here"),
    ] {
        assert_eq!(read(value), (None, vec![message.to_owned()]), "{value}");
    }
    for (value, scalar, tag) in [
        ("!port 80", "string 80", "!port"),
        ("!!set {b: }", "other", "!!set"),
        ("!!str {}", "other", "!!str"),
        ("!x [b]", "other", "!x"),
        ("!!map", "string ", "!!map"),
    ] {
        let message = format!("the tag `{tag}` is passed over; a word with it is text");
        assert_eq!(read(value), (Some(scalar.to_owned()), vec![message]), "{value}");
    }
}

#[test]
fn a_value_in_quotes_ends_at_its_quote_and_not_behind_the_comment() {
    for (text, value) in [
        ("a: 'x' # c\n", "'x'"),
        ("a: \"x\\\" # x\" # it's\n", "\"x\\\" # x\""),
        ("a: 'it''s # x'  # c\nb: 1\n", "'it''s # x'"),
        ("a: !!str # c\n  'x' # c\n", "!!str # c\n  'x'"),
        ("a: &it \"x\" # c\n", "&it \"x\""),
        ("a: ['x' # c\n  , z] # c\n", "['x' # c\n  , z]"),
        ("a: 'x\n  # y' # c\n", "'x\n  # y'"),
    ] {
        let documents = yaml::documents(text);
        let span = documents[0].root.as_ref().and_then(|root| Some(root.get("a")?.span));
        let written = span.and_then(|span| text.get(span.start..span.end));
        assert_eq!(written, Some(value), "{text}");
    }
}
