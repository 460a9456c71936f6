//! Blocks of addresses and their exceptions.

use netpol::Code;

use super::*;

#[test]
fn all_addresses_are_one_finding_and_forgotten_ipv6_is_another() {
    let both = "[{from: [{ipBlock: {cidr: 0.0.0.0/0}}, {ipBlock: {cidr: '::/0'}}]}]";
    assert_eq!(
        says(&ingress(both), Code::AllAddresses),
        [
            "spec.ingress[0].from[0]: `0.0.0.0/0` and `::/0` are all addresses: the whole internet may connect, and with most network plugins every pod of the cluster"
        ]
    );
    is_quiet(&ingress(both), Code::Ipv4Only);
    let v4 = ingress("[{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]");
    is_quiet(&v4, Code::AllAddresses);
    assert_eq!(
        says(&v4, Code::Ipv4Only),
        [
            "spec.ingress[0].from[0]: `0.0.0.0/0` is every IPv4 address only: callers with an IPv6 address stay out; and with most network plugins every pod may connect"
        ]
    );
    assert!(
        mended(&v4, Code::Ipv4Only)
            .contains("[{ipBlock: {cidr: 0.0.0.0/0}}, {ipBlock: {cidr: \"::/0\"}}]")
    );
    let block =
        ingress("\n- from:\n  - ipBlock:\n      cidr: 0.0.0.0/0 # all\n  ports: [{port: 1}]");
    assert!(
        mended(&block, Code::Ipv4Only)
            .contains("0.0.0.0/0 # all\n    - ipBlock:\n        cidr: ::/0\n")
    );
    let v6 = ingress("[{from: [{ipBlock: {cidr: '::/0'}}]}]");
    assert_eq!(says(&v6, Code::AllAddresses).len(), 1);
    is_quiet(&v6, Code::Ipv4Only);
}

#[test]
fn ipv6_is_only_missed_where_there_may_be_some() {
    let v4 = ingress("[{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]");
    let single = v4.clone() + &pod("web", "{podIP: 10.1.2.3}");
    is_quiet(&single, Code::Ipv4Only);
    assert_eq!(says(&single, Code::AllAddresses).len(), 1);
    let dual = "{podIP: 10.1.2.3, podIPs: [{ip: 10.1.2.3}, {ip: 'fd00::1'}]}";
    assert_eq!(says(&(v4 + &pod("web", dual)), Code::Ipv4Only).len(), 1);
    // what else to take out of `::/0` is not known here
    let holes = ingress("[{from: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}]");
    is_quiet(&holes, Code::Ipv4Only);
    is_quiet(&holes, Code::AllAddresses);
    let [finding] = found(&(holes + &pod("web", dual)), Code::Ipv4Only).try_into().unwrap();
    assert!(finding.fix.is_none());
}

#[test]
fn a_block_around_pods_names_them() {
    let code = Code::BlockCoversPods;
    let pods: String =
        (1..6).map(|n| pod(&format!("web-{n}"), &format!("{{podIP: 10.1.2.{n}}}"))).collect();
    let text = |block: &str| ingress(&format!("[{{from: [{{ipBlock: {block}}}]}}]")) + &pods;
    assert_eq!(
        says(&text("{cidr: 10.1.0.0/16, except: [10.1.2.1/32]}"), code),
        [
            "spec.ingress[0].from[0].ipBlock: `10.1.0.0/16` holds the addresses of pods (`web-2`, `web-3`, `web-4` and 1 more): whether a block matches pods the network plugin decides"
        ]
    );
    is_quiet(&text("{cidr: 10.2.0.0/16}"), code);
    is_quiet(&text("{cidr: 0.0.0.0/0}"), code);
    is_quiet(&text("{cidr: 0.0.0.0/0, except: [10.0.0.0/8]}"), code);
    // an assumed address is nobody's to know, and a pod on its node's network has its node's
    let assumed = ingress("[{from: [{ipBlock: {cidr: 10.244.0.0/16}}]}]") + &pod("web", "{}");
    is_quiet(&assumed, code);
    let node = pod("web", "{podIP: 10.9.9.9}").replace("spec: {", "spec: {hostNetwork: true, ");
    is_quiet(&(ingress("[{from: [{ipBlock: {cidr: 10.9.0.0/16}}]}]") + &node), code);
}

#[test]
fn an_exception_in_an_exception_is_taken_out_by_the_fix() {
    let code = Code::ExceptRemovesNothing;
    let text = |except: &str| {
        ingress(&format!("[{{from: [{{ipBlock: {{cidr: 10.0.0.0/8, except: {except}}}}}]}}]"))
    };
    let nested = text("[10.1.2.0/24, 10.9.0.0/16, 10.1.0.0/16]");
    assert_eq!(
        says(&nested, code),
        [
            "spec.ingress[0].from[0].ipBlock.except[0]: `10.1.2.0/24` lies in `10.1.0.0/16`, which is excepted already: it removes nothing"
        ]
    );
    assert!(mended(&nested, code).contains("except: [10.9.0.0/16, 10.1.0.0/16]"));
    let twice = text("[10.1.0.0/16, 10.1.0.0/16]");
    assert_eq!(
        says(&twice, code),
        ["spec.ingress[0].from[0].ipBlock.except[1]: `10.1.0.0/16` is excepted twice"]
    );
    is_quiet(&text("[10.1.0.0/16, 10.2.0.0/16]"), code);
}

#[test]
fn whatever_lets_an_exception_in_again_is_named() {
    let code = Code::ExceptDefeated;
    let hole = "{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}";
    let by = |text: &str| {
        let sentences = says(text, code);
        assert!(sentences.len() <= 1, "{sentences:?}");
        let by = sentences.first().and_then(|sentence| sentence.split("but ").nth(1));
        by.map(|by| by.replace(" admits it on the same ports", ""))
    };
    let rule = |more: &str| ingress(&format!("[{{from: [{hole}{more}]}}]"));
    assert_eq!(by(&rule(", {ipBlock: {cidr: 10.1.0.0/16}}")).unwrap(), "`from[1]` beside it");
    assert_eq!(
        by(&rule("]}, {ports: [], from: [{ipBlock: {cidr: 10.0.0.0/8}}")).unwrap(),
        "`ingress[1]`"
    );
    let other = |selector: &str, rules: &str| {
        rule("") + &policy("other", &format!("podSelector: {selector}\ningress: {rules}"))
    };
    assert_eq!(by(&other("{}", "[{}]")).unwrap(), "`ingress[0]` of policy `other`");
    // other pods, other ports, a part of it, other addresses, no addresses at all
    for text in [
        other("{matchLabels: {app: db}}", "[{}]"),
        other("{}", "[{ports: [{port: 80}]}]"),
        rule(", {ipBlock: {cidr: 10.1.2.0/24}}"),
        rule(", {ipBlock: {cidr: 10.2.0.0/16}}"),
        rule(", {ipBlock: {cidr: 10.0.0.0/8, except: [10.1.2.0/24]}}"),
        rule(", {namespaceSelector: {}}"),
        rule(""),
    ] {
        assert_eq!(by(&text), None, "{text}");
    }
}

#[test]
fn an_exception_of_the_cloud_s_metadata_is_named_where_it_is_for_nothing() {
    let text = egress(
        "[{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [169.254.169.254/32]}}]}, {to: [{ipBlock: {cidr: 169.254.0.0/16}}]}]",
    );
    let [said] = says(&text, Code::ExceptDefeated).try_into().unwrap();
    assert!(
        said.contains("`169.254.169.254/32` (by convention the cloud's metadata service, which hands out credentials) is excepted here"),
        "{said}"
    );
}
