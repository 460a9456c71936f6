//! `netpol check --output sarif`: what SARIF 2.1.0 demands of a log, and what code scanning makes of it. The schema is asked in
//! `sarif_schema`; here stands what it does not say. Section numbers are those of the OASIS standard.

use netpol::Code;
use serde_json::Value;

use crate::netpol::{Place, policy};

fn sarif(place: &Place, arguments: &[&str]) -> Value {
    let run = place.netpol(&[&["check", "--output", "sarif"], arguments].concat());
    serde_json::from_str(&run.out).unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// A text where the standard demands one.
fn text(value: &Value) -> &str {
    let text = value["text"].as_str().unwrap();
    assert!(!text.is_empty());
    text
}

#[test]
fn a_log_has_one_run_of_one_tool() {
    let place = Place::named("sarif_log").with("p.yaml", "a: 1\n");
    let log = sarif(&place, &["p.yaml"]);
    // 3.13; a property that the schema does not have would make the log invalid
    assert_eq!(keys(&log), ["$schema", "runs", "version"]);
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().ends_with("/sarif-schema-2.1.0.json"));
    let [run] = log["runs"].as_array().unwrap().as_slice() else { panic!("{log}") };
    // 3.14
    assert_eq!(keys(run), ["columnKind", "invocations", "results", "tool"]);
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    // 3.18, 3.19
    assert_eq!(keys(&run["tool"]), ["driver"]);
    let driver = &run["tool"]["driver"];
    assert_eq!(keys(driver), ["name", "rules", "version"]);
    assert_eq!(driver["name"], "netpol");
    assert_eq!(driver["version"], env!("CARGO_PKG_VERSION"));
}

#[test]
fn every_code_is_a_rule_described_by_its_page() {
    let place = Place::named("sarif_rules").with("p.yaml", "a: 1\n");
    let log = sarif(&place, &["p.yaml"]);
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), Code::ALL.len());
    for (rule, code) in rules.iter().zip(Code::ALL) {
        // 3.49
        let all = ["defaultConfiguration", "fullDescription", "help", "id", "shortDescription"];
        assert_eq!(keys(rule), all);
        assert_eq!(rule["id"], code.as_str());
        assert_eq!(rule["defaultConfiguration"]["level"], code.severity().to_string());
        assert!(!text(&rule["shortDescription"]).contains('\n'));
        assert!(text(&rule["fullDescription"]).starts_with(text(&rule["shortDescription"])));
        // what code scanning shows of a description
        assert!(text(&rule["fullDescription"]).len() <= 1024);
        assert_eq!(text(&rule["help"]), code.page());
        assert_eq!(rule["help"]["markdown"], code.page());
    }
}

#[test]
fn a_result_points_at_its_rule_and_its_region() {
    let lines = policy("p", "{ingress: [{from: [{ipBlock: {cidr: 2001:DB8::/32}}]}]}")
        + "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"
        + "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: q, namespace: shop, annotations: {a: 😀}, x: 1}\n";
    let place = Place::named("sarif_results").with("k/p q.yaml", lines);
    let log = sarif(&place, &["./k"]);
    let rules = &log["runs"][0]["tool"]["driver"]["rules"];
    let results = log["runs"][0]["results"].as_array().unwrap();
    let levels: Vec<&str> = results.iter().map(|one| one["level"].as_str().unwrap()).collect();
    assert_eq!(levels, ["warning", "note", "error"]);
    for result in results {
        // 3.27
        assert_eq!(keys(result), ["level", "locations", "message", "ruleId", "ruleIndex"]);
        let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[rule]["id"], result["ruleId"]);
        text(&result["message"]);
        let [location] = result["locations"].as_array().unwrap().as_slice() else {
            panic!("{result}")
        };
        // 3.28, 3.29, 3.4
        assert_eq!(keys(location), ["logicalLocations", "physicalLocation"]);
        let place = &location["physicalLocation"];
        assert_eq!(keys(place), ["artifactLocation", "region"]);
        assert_eq!(place["artifactLocation"]["uri"], "k/p%20q.yaml");
        // 3.30: all count from 1, and a region does not end before it starts
        let number = |key| place["region"][key].as_u64().unwrap();
        assert_eq!(keys(&place["region"]), ["endColumn", "endLine", "startColumn", "startLine"]);
        assert!(number("startLine") >= 1 && number("startColumn") >= 1);
        let start = (number("startLine"), number("startColumn"));
        assert!(start <= (number("endLine"), number("endColumn")));
    }
    let last = &results[2];
    assert!(text(&last["message"]).starts_with("unknown field \"metadata.x\""), "{last}");
    let logical = &last["locations"][0]["logicalLocations"][0]["fullyQualifiedName"];
    assert_eq!(logical, "metadata.x");
    // the smiling face is one character and two UTF-16 units
    let region = &last["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startColumn"], &region["endColumn"]), (&60.into(), &61.into()));
}

#[test]
fn a_log_without_results_says_so() {
    let place = Place::named("sarif_clean").with("p.yaml", policy("p", "{podSelector: {}}"));
    let run = &sarif(&place, &["p.yaml"])["runs"][0];
    assert_eq!(run["results"], Value::Array(Vec::new()));
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn what_cannot_be_read_is_a_notification_and_no_result() {
    let place = Place::named("sarif_unreadable").with("p.yaml", policy("p", "{podSelector: {}}"));
    let run = &sarif(&place, &["p.yaml", "gone.yaml"])["runs"][0];
    assert_eq!(run["results"], Value::Array(Vec::new()));
    let invocation = &run["invocations"][0];
    assert_eq!(keys(invocation), ["executionSuccessful", "toolExecutionNotifications"]);
    assert_eq!(invocation["executionSuccessful"], false);
    let notification = &invocation["toolExecutionNotifications"][0];
    assert_eq!(notification["level"], "error");
    assert!(text(&notification["message"]).starts_with("cannot read `gone.yaml`"));
}

#[test]
fn a_file_of_another_directory_has_a_reference_of_its_own() {
    let place = Place::named("sarif_absolute").with("in/p.yaml", "a: 1\n").with("out.yaml", "a: 1");
    let uri = |name: &str| {
        let log = sarif(&place, &[name]);
        let location = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        location["artifactLocation"]["uri"].as_str().unwrap().to_owned()
    };
    assert_eq!(uri("in/../out.yaml"), "in/../out.yaml");
    assert_eq!(uri(place.path("in/p.yaml").to_str().unwrap()), "in/p.yaml");
}

#[test]
fn a_fix_names_what_is_deleted_and_what_is_put_in() {
    let ored = policy(
        "p",
        "{podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {a: a}}}, {namespaceSelector: {matchLabels: {b: c}}}]}]}",
    );
    let place = Place::named("sarif_fixes").with("p q.yaml", &ored).with("faulty.yaml", "a: 1\n");
    let run = place.netpol(&["lint", "--output", "sarif", "p q.yaml", "faulty.yaml"]);
    let log: Value = serde_json::from_str(&run.out).unwrap();
    let [lint, fault] = log["runs"][0]["results"].as_array().unwrap().as_slice() else {
        panic!("{log}")
    };
    assert!(!keys(fault).contains(&"fixes"));
    // 3.27.30
    assert!(keys(lint).contains(&"fixes"), "{lint}");
    let [fix] = lint["fixes"].as_array().unwrap().as_slice() else { panic!("{lint}") };
    // 3.55: what it does, and at least one file
    assert_eq!(keys(fix), ["artifactChanges", "description"]);
    text(&fix["description"]);
    let [change] = fix["artifactChanges"].as_array().unwrap().as_slice() else { panic!("{fix}") };
    // 3.56
    assert_eq!(keys(change), ["artifactLocation", "replacements"]);
    assert_eq!(change["artifactLocation"]["uri"], "p%20q.yaml");
    let [replacement] = change["replacements"].as_array().unwrap().as_slice() else {
        panic!("{change}")
    };
    // 3.57: what goes, and what comes
    assert_eq!(keys(replacement), ["deletedRegion", "insertedContent"]);
    let region = &replacement["deletedRegion"];
    assert_eq!(keys(region), ["endColumn", "endLine", "startColumn", "startLine"]);
    assert_eq!((&region["startLine"], &region["endLine"]), (&4.into(), &4.into()));
    let column = |key: &str| usize::try_from(region[key].as_u64().unwrap()).unwrap() - 1;
    let spec = ored.lines().nth(3).unwrap();
    assert_eq!(spec.get(column("startColumn")..column("endColumn")), Some("}, {"));
    assert_eq!(text(&replacement["insertedContent"]), ", ");
}
