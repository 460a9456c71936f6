//! What surrounds a policy that was copied from a chat or an article, or got lost on the way.

use super::{WORLD, analysis, mended, policy, refused};

/// The one error of a text, its code and its help.
fn told(text: &str) -> [String; 3] {
    let analysis = analysis(text);
    let all = refused(&analysis);
    assert_eq!(all.len(), 1, "{all:?}");
    let help = all[0].help.clone().unwrap_or_default();
    [all[0].code.as_str().to_owned(), all[0].to_string(), help]
}

fn expects(text: &str, lines: &[&str]) {
    let expected: String = lines.iter().flat_map(|line| ["#? ", line, "\n"]).collect();
    let analysis = analysis(&format!("{text}{expected}{WORLD}"));
    assert!(refused(&analysis).is_empty(), "{text}{:?}", refused(&analysis));
    assert_eq!(analysis.expectations.len(), lines.len());
    assert!(analysis.expectations.iter().all(netpol::expect::Checked::holds), "{text}");
}

#[test]
fn prose_around_a_policy_becomes_a_comment_and_the_policy_stays_as_it_is() {
    let whole = policy(
        "podSelector: {matchLabels: {app: web}}\ningress:\n- from:\n  - podSelector: {matchLabels: {app: api}}",
    );
    let among = whole.replacen("spec:", "And now what it is about:\nspec:", 1);
    for (text, wanted) in [
        (
            format!("This policy admits only api to web\n{whole}"),
            format!("# This policy admits only api to web\n{whole}"),
        ),
        (format!("Here is the policy:\n{whole}"), format!("# Here is the policy:\n{whole}")),
        (
            format!("{whole}Let me know if this helps!\n"),
            format!("{whole}# Let me know if this helps!\n"),
        ),
        (
            format!("Here you go:\n\n```yaml\n{whole}```\nHope that helps you.\n"),
            format!("# Here you go:\n\n# ```yaml\n{whole}# ```\n# Hope that helps you.\n"),
        ),
        (among.clone(), among.replacen("And", "# And", 1)),
    ] {
        let [_, _, help] = told(&text);
        assert!(help.contains("is prose: start it with `#`"), "{text}{help}");
        assert_eq!(mended(&text), wanted);
        expects(
            &wanted,
            &[
                "shop/api -> shop/web:80 allowed",
                "shop/db -> shop/web:80 denied",
                "other/api -> shop/web:80 denied",
            ],
        );
    }
}

#[test]
fn a_field_that_lacks_its_colon_or_its_place_is_no_prose() {
    for text in [
        "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: shop}\nspec\n  podSelector: {}\n",
        "apiVersion: networking.k8s.io/v1\nkind NetworkPolicy of shop\nmetadata: {name: p, namespace: shop}\nspec: {podSelector: {}}\n",
        &policy("podSelector: {}\ningress:\n- from only these pods\n  - podSelector: {}"),
    ] {
        assert_eq!(mended(text), text);
    }
}

#[test]
fn lost_indentation_is_what_is_said_and_not_what_is_missing_then() {
    let lost = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\nname: p\nnamespace: shop\nspec:\npodSelector:\nmatchLabels:\napp: web\ningress:\n- from:\n- podSelector:\nmatchLabels:\napp: api\n";
    let [code, message, help] = told(lost);
    assert_eq!([code.as_str(), &message], ["yaml-syntax", "the indentation is lost"]);
    assert!(help.contains("only one way"), "{help}");
    let whole = mended(lost);
    expects(
        &whole,
        &[
            "shop/api -> shop/web:80 allowed",
            "shop/db -> shop/web:80 denied",
            "other/api -> shop/web:80 denied",
        ],
    );
    // the peer's selector, or the policy's own: nobody but its author knows
    let open = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\nname: p\nnamespace: shop\nspec:\ningress:\n- from:\n- namespaceSelector: {}\npodSelector: {}\n";
    let [code, message, help] = told(open);
    assert_eq!([code.as_str(), &message], ["yaml-syntax", "the indentation is lost"]);
    assert!(help.contains("indent each line below the key"), "{help}");
    assert_eq!(mended(open), open);
}

#[test]
fn spaces_of_a_web_page_are_typed_plainly_all_at_once() {
    let whole = policy(
        "podSelector: {matchLabels: {app: web}}\ningress:\n- from:\n  - podSelector: {matchLabels: {app: api}}",
    );
    let pasted = whole.replace("  ", "\u{a0}\u{a0}");
    assert!(refused(&analysis(&pasted)).iter().all(|one| one.is_error()));
    assert_eq!(mended(&pasted), whole);
    expects(&whole, &["shop/api -> shop/web:80 allowed", "shop/db -> shop/web:80 denied"]);
}

#[test]
fn a_line_that_would_leave_a_rule_open_is_neither_a_comment_nor_typed_plainly() {
    let of_rule = |rule: &str| policy(&format!("podSelector: {{}}\ningress:\n{rule}"));
    for text in [
        of_rule("- ports: [{port: 80}]\n  from only these pods: "),
        of_rule("- \u{a0}from:\u{a0}\n  ports: [{port: 80}]"),
        of_rule("- \"\u{a0}from\": \n  ports: [{port: 80}]"),
        "- ports:\n  - port: 80\nfrom only these pods\n".to_owned(),
    ] {
        assert!(!refused(&analysis(&text)).is_empty(), "{text}");
        assert_eq!(mended(&text), text);
    }
}
