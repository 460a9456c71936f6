//! Comments that allow findings: what they cover, what they say, and what is said of them.
#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "what is not there fails the test"
)]

use netpol::{
    Analysis, Code, Diagnostic, Inputs, Source, Witnesses,
    lint::{Linted, linted},
};

fn analysis(text: &str) -> Analysis {
    let text = vec![Source::new("text.yaml", text)];
    Analysis::of(Inputs { text, witnesses: Witnesses::Off, ..Inputs::default() })
}

/// What is said of a text, everything looked at: the codes, and the lines that they point to.
fn said(text: &str) -> Vec<(&'static str, usize)> {
    let analysis = analysis(text);
    let Linted { found, .. } = linted(&analysis);
    let found = found.iter().map(|finding| &finding.diagnostic);
    let all = analysis.diagnostics.iter().chain(found);
    let line = |one: &Diagnostic| analysis.manifest.sources[0].line_of(one.span.start);
    all.map(|one| (one.code.as_str(), line(one))).collect()
}

/// What is said of a text and stands in `because`, of all that is allowed.
fn reasons(text: &str) -> Vec<(Code, Option<String>)> {
    let analysis = analysis(text);
    let linted = linted(&analysis).allowed;
    let all = analysis.allowed.into_iter().chain(linted);
    all.map(|one| (one.diagnostic.code, one.reason)).collect()
}

const HEAD: &str = "\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: p, namespace: shop}
spec:
  podSelector: {}
  ingress:
";

fn rules(rules: &str) -> String {
    format!("{HEAD}{rules}")
}

#[test]
fn a_comment_speaks_of_its_own_line_or_of_what_begins_below_it() {
    assert_eq!(said(&rules("  - {}\n")), [("rule-admits-all", 7)]);
    for quiet in [
        "  - {} # netpol: allow rule-admits-all because it is the lobby\n",
        "  # netpol: allow rule-admits-all because it is the lobby\n  - {}\n",
        "  # netpol: allow rule-admits-all because it is the lobby\n  # which is public\n\n  - {}\n",
        "# netpol: allow rule-admits-all because it is the lobby\n  - {}\n",
        "  - {} #netpol:allow rule-admits-all because it is the lobby\r\n",
        "  - {} # the lobby # netpol: allow rule-admits-all because it is public # since 2020\n",
        "  - {}\t# netpol: allow all-namespaces,rule-admits-all , because yes",
    ] {
        let unused = said(&rules(quiet)).into_iter().filter(|(code, _)| *code == "unused-allow");
        let more = quiet.matches("all-namespaces").count();
        assert_eq!((said(&rules(quiet)).len(), unused.count()), (more, more), "{quiet}");
    }
    // neither the item after the next, nor the one above
    let far =
        "  # netpol: allow rule-admits-all because no\n  - from: [{podSelector: {}}]\n  - {}\n";
    assert!(said(&rules(far)).contains(&("rule-admits-all", 9)));
    assert!(said(&rules(far)).contains(&("unused-allow", 7)));
    let below = "  - {}\n  # netpol: allow rule-admits-all because no\n";
    assert_eq!(said(&rules(below)), [("rule-admits-all", 7), ("unused-allow", 8)]);
}

#[test]
fn a_comment_above_a_key_or_an_item_speaks_of_all_that_is_in_it() {
    let comment = "# netpol: allow all-namespaces because of the monitoring\n";
    let peers = "    - namespaceSelector: {}\n    - namespaceSelector: {}\n";
    let one = format!("  - from:\n{peers}");
    let lines = |text: &str| {
        let said = said(text).into_iter().filter(|(code, _)| *code == "all-namespaces");
        said.map(|(_, line)| line).collect::<Vec<_>>()
    };
    assert_eq!(lines(&rules(&one.repeat(2))), [8, 9, 11, 12]);
    // the first item, not the list that begins with it
    assert_eq!(lines(&rules(&format!("  {comment}{one}{one}"))), [12, 13]);
    assert_eq!(lines(&rules(&format!("{one}  {comment}{one}"))), [8, 9]);
    assert_eq!(lines(&rules(&format!("  - from:\n{comment}{peers}{one}"))), [10, 12, 13]);
    // all rules, and all of the spec
    let text = rules(&one.repeat(2));
    for key in ["  ingress:", "spec:"] {
        assert_eq!(lines(&text.replace(key, &format!("{comment}{key}"))), [], "{key}");
    }
    assert_eq!(lines(&text.replace("metadata:", &format!("{comment}metadata:"))).len(), 4);
    // the comment that is nearest counts: the outer one is left without any use
    let twice = format!("  {comment}  - from:\n{comment}{peers}");
    assert_eq!(said(&rules(&twice)), []);
    let thrice = format!("  {comment}  - from:\n{comment}{peers}").replacen(
        "{}\n    - namespaceSelector: {}",
        &format!("{{}}\n{comment}    - namespaceSelector: {{}}"),
        1,
    );
    assert_eq!(said(&rules(&thrice)), [("unused-allow", 7)]);
    // an alias stands where it stands
    let alias = format!("  - from: &all\n{peers}{comment}  - from: *all\n");
    assert_eq!(lines(&rules(&alias)).first(), Some(&8), "{:?}", said(&rules(&alias)));
}

#[test]
fn a_comment_before_the_first_key_speaks_of_the_whole_document_and_of_no_other() {
    let head = "# netpol: allow rule-admits-all because all of it is public\n";
    let text = rules("  - {}\n  - {}\n");
    assert!(said(&text).iter().any(|(code, _)| *code == "rule-admits-all"));
    let is_quiet = |text: &str| said(text).iter().all(|(code, _)| *code != "rule-admits-all");
    assert!(is_quiet(&format!("{head}{text}")));
    assert!(is_quiet(&format!("# a file\n\n{head}# and more\n---\n{text}")));
    assert!(is_quiet(&format!("--- {head}{text}")));
    assert!(is_quiet(&format!("\u{feff}{head}{text}")));
    let other = rules("  - {}\n").replace("name: p", "name: q");
    assert!(!is_quiet(&format!("{head}{text}---\n{other}")));
    assert!(is_quiet(&format!("{head}{text}---\n{head}{other}")));
    // behind the last value, and in a document of comments alone, it speaks of nothing
    assert!(!is_quiet(&format!("{text}{head}---\n{other}")));
    assert!(!is_quiet(&format!("{head}---\n---\n{text}")));
}

#[test]
fn the_nearest_comment_counts_and_the_other_one_is_unused() {
    let text = format!(
        "# netpol: allow rule-admits-all because of the head\n{}",
        rules("  - {} # netpol: allow rule-admits-all because of the line\n")
    );
    let why = Some("of the line".to_owned());
    assert_eq!(reasons(&text), [(Code::RuleAdmitsAll, why)]);
    assert_eq!(said(&text), [("unused-allow", 1)]);
}

#[test]
fn a_hash_in_quotes_or_in_a_block_starts_no_comment() {
    let allow = "# netpol: allow rule-admits-all because no";
    let annotated = |value: &str| {
        let metadata =
            format!("metadata:\n  name: p\n  namespace: shop\n  annotations:\n    a: {value}\n");
        rules("  - {}\n").replace("metadata: {name: p, namespace: shop}\n", &metadata)
    };
    for value in [
        format!("\"one {allow}\""),
        format!("'one\n\n      {allow}\n      two'"),
        format!("\"one\n      {allow}\\\n      two\""),
        format!("|\n      one\n      {allow}"),
        format!(">-\n      {allow}\n      two"),
        format!("|2\n      {allow}\n    b: c"),
        format!("|\n      | {allow}\n      two"),
        format!("|\n      &x |\n      {allow}"),
        format!("&x # one\n      !!str\n      |\n      {allow}"),
        format!("!!str 'it''s\n      {allow}' # two"),
    ] {
        // what would be a comment has no use here, and would be told of
        let said = said(&annotated(&value));
        assert_eq!(said.len(), 1, "{value}: {said:?}");
        assert_eq!(said[0].0, "rule-admits-all");
    }
    // a dropped value is text all the same
    let twice = annotated(&format!("'{allow}'\n    a: b"));
    assert!(!said(&twice).iter().any(|(code, _)| *code == "unused-allow"), "{:?}", said(&twice));
    // and these are comments
    for value in [
        format!("one {allow}"),
        format!("| {allow}\n      one"),
        format!("|\n      one\n    {allow}"),
        format!("'one' {allow}"),
        format!("&x !!str | {allow}\n      # one"),
        format!("&x {allow}\n      'one'"),
        format!("\"it's\" {allow}"),
        format!("[one, {allow}\n     two]"),
    ] {
        assert_eq!(analysis(&annotated(&value)).allowances.unused().count(), 1, "{value}");
    }
    let glued = rules("  - from: [{podSelector: {matchLabels: {a: b# netpol: allow x\n}}}]\n");
    assert!(analysis(&glued).allowances.unused().next().is_none());
}

#[test]
fn what_follows_on_a_document_is_not_looked_at() {
    let text = rules("  - {}\n").replace('\n', "\n  ");
    for rest in ["...\n'\n # netpol: allow unused-allow because no\n'", "x: '\n # netpol: allow x'"]
    {
        let said = said(&format!("  {text}\n{rest}\n"));
        assert!(!said.iter().any(|(code, _)| code.contains("allow")), "{rest}: {said:?}");
    }
}

#[test]
fn errors_stay_whatever_a_comment_says() {
    let text = "# netpol: allow unknown-field because I know better\n".to_owned()
        + &rules("  - {}\n").replace("  podSelector", "  selector: {}\n  podSelector");
    let analysis = analysis(&text);
    let codes: Vec<Code> = analysis.diagnostics.iter().map(|one| one.code).collect();
    assert!(codes.contains(&Code::UnknownField), "{codes:?}");
    let told = analysis.diagnostics.iter().find(|one| one.code == Code::AllowSyntax).unwrap();
    assert_eq!(told.message, "`unknown-field` is an error, and errors cannot be allowed");
}

#[test]
fn what_allows_nothing_is_told_with_what_was_meant() {
    let told = |comment: &str| {
        let text = rules(&format!("  - {{}} # netpol: {comment}\n"));
        let said = analysis(&text).diagnostics;
        let words = |one: &Diagnostic| text[one.span.start..one.span.end].to_owned();
        let all = said.iter().map(|one| {
            (one.code, one.message.clone(), one.help.clone().unwrap_or_default(), words(one))
        });
        all.collect::<Vec<_>>()
    };
    let [(code, message, help, at)] = told("allow rule-admit-all because yes").try_into().unwrap();
    assert_eq!(code, Code::AllowSyntax);
    assert_eq!((message.as_str(), at.as_str()), ("no code `rule-admit-all`", "rule-admit-all"));
    assert_eq!(help, "did you mean `rule-admits-all`?");
    let [(_, message, help, at)] = told("ignore rule-admits-all").try_into().unwrap();
    assert_eq!(message, "`ignore` silences nothing here: the word is `allow`");
    assert_eq!(
        (help.as_str(), at.as_str()),
        ("write `# netpol: allow CODE because REASON`", "ignore")
    );
    for empty in ["allow", "allow because of it", "allow ,"] {
        let [(_, message, ..)] = told(empty).try_into().unwrap();
        assert_eq!(message, "the comment names no code, so it allows nothing", "{empty}");
    }
    // a sentence for people
    for sentence in ["lets the lobby in", "allow everybody into the lobby", "allows all"] {
        assert_eq!(told(sentence), [], "{sentence}");
    }
}

#[test]
fn without_a_reason_it_is_silent_and_the_reason_is_asked_for() {
    for (comment, help) in [
        ("allow rule-admits-all", "write `# netpol: allow CODE because REASON`"),
        ("allow rule-admits-all because", "write `# netpol: allow CODE because REASON`"),
        ("allow rule-admits-all the lobby is public", "write `because` before the reason"),
    ] {
        let text = rules(&format!("  - {{}} # netpol: {comment}\n"));
        assert_eq!(said(&text), [("allow-without-reason", 7)], "{comment}");
        assert_eq!(analysis(&text).diagnostics[0].help.as_deref(), Some(help));
        assert_eq!(reasons(&text), [(Code::RuleAdmitsAll, None)]);
    }
}

#[test]
fn an_allowance_is_not_called_unused_where_something_could_not_be_read() {
    let comment = "  # netpol: allow rule-admits-all because it is the lobby\n  - {from: []}\n";
    let text = rules(comment);
    assert!(said(&text).contains(&("unused-allow", 7)), "{:?}", said(&text));
    let broken = format!("{text}---\napiVersion: v1\nkind: Pod\nmetadata: {{nam: x}}\n");
    assert!(!said(&broken).iter().any(|(code, _)| *code == "unused-allow"));
    // a line that asks about a pod elsewhere hides nothing
    let asking = format!("{text}#? shop/a -> shop/b:1 allowed\n");
    assert!(said(&asking).contains(&("unused-allow", 7)));
}

#[test]
fn an_allowance_for_what_hangs_on_the_cluster_is_not_called_unused_without_one() {
    let policy = rules(
        "  # netpol: allow peer-matches-no-pod because CI adds it\n  - from: [{podSelector: {}}]\n",
    );
    assert_eq!(said(&policy), []);
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: x, namespace: shop}\n";
    let unused = said(&format!("{policy}---\n{pod}"));
    assert!(unused.contains(&("unused-allow", 7)), "{unused:?}");
    // who says where things land has answered the note
    let bare = "# netpol: allow namespace-missing because Helm adds it\n".to_owned()
        + &policy.replace(", namespace: shop", "");
    let text = vec![Source::new("text.yaml", bare)];
    let inputs = Inputs { text, namespace: "shop".parse().ok(), ..Inputs::default() };
    assert_eq!(linted(&Analysis::of(inputs)).found, []);
}

#[test]
fn part_of_a_policy_has_its_comments_too() {
    let text = "# netpol: allow fragment because it is an excerpt\nspec:\n  podSelector: {}\n  ingress:\n  - {} # netpol: allow rule-admits-all because it shows it\n";
    assert_eq!(said(text), []);
}

#[test]
fn a_hundred_thousand_comments_are_a_matter_of_moments() {
    let comment = "# netpol: allow rule-admits-all, all-namespace\n";
    // on one line, whose findings all ask for them; and above as many lines
    let stacked =
        comment.repeat(100_000) + &rules(&format!("  {}\n  []\n", comment.repeat(100_000)));
    let each = rules(&format!("  - {{}} {comment}").repeat(50_000));
    let flow = "{},".repeat(50_000);
    let wide = HEAD.replace("  ingress:\n", "")
        + &comment.repeat(50_000)
        + &format!("  ingress: [{flow}] {comment}");
    for text in [stacked, each, wide] {
        let analysis = analysis(&text);
        let told = analysis.diagnostics.len() + linted(&analysis).found.len();
        assert!(told < 3 * netpol::diagnostic::MAX_DIAGNOSTICS, "{told}");
    }
}
