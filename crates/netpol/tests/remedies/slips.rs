//! Policies with slips, any beside any other, and what their author has said by leaving something empty.

use proptest::prelude::*;

/// What is wider than it was meant to be where nobody has said it.
pub(super) const WIDE: [&str; 3] = ["everyone", "every port", "every pod"];
const EVERYONE: usize = 0;
const PORTS: usize = 1;
const PODS: usize = 2;

/// Nobody has said it.
const NO: u8 = 0;
/// An empty list or no value says it, where the API reads it so: in its place, under its name.
const EMPTY: u8 = 1;
/// Its author has said it: in braces, or by leaving a condition out.
const SAID: u8 = 2;

/// A piece of a policy, and how far each of [`WIDE`] is said in it.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    wide: [u8; 3],
}

impl Piece {
    fn of(text: &str) -> Self {
        Self { text: text.to_owned(), wide: [NO; 3] }
    }

    /// Put into this text in the place of `@`, in a place of the API's or in another one.
    fn within(self, text: &str, is_right: bool) -> Self {
        let text = text.replacen('@', &self.text, 1);
        let kept = |said| if is_right || said == SAID { said } else { NO };
        Self { text, wide: self.wide.map(kept) }
    }

    /// This one with another in the place of the next `@`.
    fn with(self, other: &Self) -> Self {
        let mut wide = self.wide;
        for (one, more) in wide.iter_mut().zip(other.wide) {
            *one = (*one).max(more);
        }
        Self { text: self.text.replacen('@', &other.text, 1), wide }
    }

    /// Whether its author has said the one of [`WIDE`] at this index.
    pub(super) fn says(&self, which: usize) -> bool {
        self.wide[which] != NO
    }
}

fn one_of(all: &'static [&'static str]) -> impl Strategy<Value = Piece> {
    prop::sample::select(all).prop_map(Piece::of)
}

/// Some that say one of [`WIDE`] as far as it stands beside them.
fn wide(which: usize, all: &'static [(&'static str, u8)]) -> impl Strategy<Value = Piece> {
    prop::sample::select(all).prop_map(move |(text, said)| {
        let mut piece = Piece::of(text);
        piece.wide[which] = said;
        piece
    })
}

/// A key, in more than one way; the first one is right.
fn key(all: &'static [&'static str]) -> impl Strategy<Value = (&'static str, bool)> {
    (0..all.len()).prop_map(|at| (all[at], at == 0))
}

fn selector() -> impl Strategy<Value = Piece> {
    let something = one_of(&[
        "app=web",
        "web",
        "{app: web}",
        "{name: web}",
        "{namespace: web}",
        "[{app: web, tier: front}]",
        "[{matchLabels: {app: web}}]",
        "[{matchLabels: {app: web}}, {matchLabels: {app: db}}]",
        "{matchLabels: {version: 1.10}}",
        "{matchlabels: {app: web}}",
        "{matchLabels: [app=web, tier=front]}",
        "{matchLabels: {app: [web]}}",
        "{matchLabels: {app: \"web\u{a0}\"}}",
        "{matchLabels: {\"app\u{200b}\": web, app: db}}",
        "{matchExpressions: {key: app, operator: in, values: web}}",
        "{matchNames: [web, db]}",
        "{matchExpressions: [{key: app, operator: NotIn, values: \"a, b\"}]}",
        "{matchLabels: {app: web}}",
        "\n      app: web\n      tier: front",
        "\n    - matchLabels: # why\n        app: web",
    ]);
    let nothing = wide(
        PODS,
        &[
            ("{}", SAID),
            ("", EMPTY),
            ("\"\"", NO),
            ("{any: true}", NO),
            ("{any: true, matchLabels: }", EMPTY),
            ("{matchLabels: {}}", EMPTY),
            ("{matchLabels: }", EMPTY),
            ("{matchExpressions: []}", EMPTY),
            ("{matchLabels: []}", NO),
            ("{matchLabels: [{}]}", NO),
            ("{matchLabls: }", NO),
            ("{matchLabls: {}}", NO),
            ("{matchExpresions: []}", NO),
            ("{matchExpressions: {}}", NO),
            ("{\"matchLabels\u{200b}\": }", NO),
            ("{matchlabels: , matchExpressions: []}", EMPTY),
            ("[null]", NO),
            ("[{matchLabels: }]", NO),
            ("[{matchLabels: {}}]", NO),
        ],
    );
    prop_oneof![3 => something, 2 => nothing]
}

/// The policy's own selector: brackets that hold nothing are braces there.
fn own_selector() -> impl Strategy<Value = Piece> {
    prop_oneof![6 => selector(), 1 => wide(PODS, &[("[]", SAID), ("[{}]", SAID)])]
}

/// One that stands in braces.
fn selector_in_braces() -> impl Strategy<Value = Piece> {
    let one = prop_oneof![8 => selector(), 1 => one_of(&["[]", "[{}]"])];
    one.prop_filter("in braces", |one| !one.text.contains('\n'))
}

fn peer() -> impl Strategy<Value = Piece> {
    let word = one_of(&[
        "{}",
        "\"\"",
        "app=web",
        "web",
        "10.0.0.0/8",
        "{cidr: 10.0.0.0/8}",
        "{cidr: 10.0.0.0/8, except: [10.1.0.0/16]}",
        "{cidr: 10.0.0.0/8, except: }",
        "{namespace: shop}",
        "{podSelector: , namespace: shop}",
        "{podSelector: , namespaceSelectr: {matchLabels: {team: a}}}",
        "{podSelectr: , namespaceSelector: {matchLabels: {team: a}}}",
        "{name: web}",
        "{app: web}",
        "{matchLabels: {app: web}}",
        "{podselector: {app: web}}",
        "[{podSelector: , namespaceSelector: {matchLabels: {team: a}}}]",
    ]);
    let block = one_of(&[
        "",
        "10.0.0.0/8",
        "10.0.0.1",
        "10.0.0.0",
        "[10.0.0.0/8]",
        "{cidr: 10.0.0.1}",
        "{cidr: [10.0.0.1/32]}",
        "{cdir: 10.0.0.0/8}",
        "{cidr: 10.0.0.0/8, except: 10.1.0.0/16}",
        "{cidr: 10.0.0.0/8, except: [10.1.0.0, 10.2.0.1]}",
        "{cidr: 10.0.0.0/8, exept: []}",
        "{cidr: 10.0.0.0/8, exept: }",
        "[{cidr: 10.0.0.0/8, except: }]",
        "{}",
    ]);
    let pods = key(&["{podSelector: @}", "{podSelectr: @}", "{podSelector: @, namespace: other}"]);
    let namespaces = key(&["{namespaceSelector: @}", "{namespaceSelectr: @}"]);
    let blocks = key(&["{ipBlock: @}", "{ipBlok: @}"]);
    prop_oneof![
        2 => word,
        // no value alone is no peer, and beside a namespace somebody has forgotten it
        2 => (pods, selector_in_braces()).prop_map(|((text, is_right), one)| {
            let is_right = is_right && !one.text.is_empty();
            one.within(text, is_right)
        }),
        2 => (namespaces, selector_in_braces()).prop_map(|((text, is_right), one)| {
            let is_right = is_right && !one.text.is_empty();
            one.within(text, is_right)
        }),
        1 => (blocks, block).prop_map(|((text, is_right), one)| one.within(text, is_right)),
    ]
}

fn ports() -> impl Strategy<Value = Piece> {
    let some = one_of(&[
        "80",
        "\"80,443\"",
        "[80, 443]",
        "{80, 443}",
        "8000-8100",
        "{port: 80}",
        "[{port: 8000-8100}]",
        "[{port: \"80,443\", protocol: udp}]",
        "[{port: [80, 443]}]",
        "[{port: 53/UDP}]",
        "[{port: 0}]",
        "[{port: \"0\"}]",
        "[{port: \"\"}]",
        "[{name: http}]",
        "[{port: \"80\", endPort: \"90\"}]",
        "[{port: 80, endPrt: }]",
        "[http]",
        "all",
        "[{port: 8080:80}]",
        "\n      - port: 80,443 # both\n        protocol: UDP\n      - port: 53/udp",
    ]);
    let all = wide(
        PORTS,
        &[
            ("[]", EMPTY),
            ("", EMPTY),
            ("[{}]", EMPTY),
            ("[null]", EMPTY),
            ("[{port: }]", EMPTY),
            ("[{protocol: UDP}]", SAID),
            ("[{protocl: UDP}]", SAID),
            ("{protocol: UDP}", SAID),
            ("{}", NO),
            ("\"\"", NO),
            ("{port: }", NO),
            ("{portt: }", NO),
            ("[{portt: }]", NO),
            ("[{portt: , protocol: UDP}]", NO),
            ("[{protocl: }]", NO),
            ("[[{port: }]]", NO),
            ("[[{}]]", NO),
        ],
    );
    let none = Just(Piece { text: "-".to_owned(), wide: [NO, SAID, NO] });
    prop_oneof![4 => some, 3 => all, 1 => none]
}

fn peers() -> impl Strategy<Value = Piece> {
    let nobody = wide(EVERYONE, &[("[]", EMPTY), ("", EMPTY), ("{}", NO), ("\"\"", NO)]);
    let item = prop_oneof![8 => peer(), 1 => one_of(&["null", "[{podSelector: }]"])];
    let list = prop::collection::vec(item, 1..3).prop_map(|peers| {
        let list = Piece::of(if peers.len() == 1 { "[@]" } else { "[@, @]" });
        peers.iter().fold(list, Piece::with)
    });
    prop_oneof![2 => nobody, 1 => one_of(&["10.0.0.0/8", "app=web"]), 2 => peer(), 4 => list]
}

fn rule() -> impl Strategy<Value = Piece> {
    let peers_key = key(&["from: @", "form: @", "frm: @", "\"from\u{200b}\": @"]);
    let ports_key = key(&["ports: @", "portss: @", "port: @"]);
    let place = key(&["\n  - ?\n    !", "{?, !}", "\n    ?\n    !", "[[{?, !}]]"]);
    (place, (peers_key, peers()), (ports_key, ports())).prop_map(
        |((place, is_right), ((from, is_from), peers), ((key, is_ports), ports))| {
            let has_ports = ports.text != "-";
            let is_block = ports.text.contains('\n');
            let (place, is_right) = match place {
                _ if is_block => ("\n  - ?\n    !", true),
                _ => (place, is_right),
            };
            let place = place.replace('?', from).replace('!', if has_ports { key } else { "" });
            let peers = peers.within("@", is_right && is_from);
            let ports = ports.within("@", is_right && is_ports);
            Piece::of(&place).with(&peers).with(&ports)
        },
    )
}

fn rules() -> impl Strategy<Value = Piece> {
    let few = one_of(&["{}", "[]", "", "all", "true", "[[{}]]", "[{portt: 80, form: }]"]);
    let open = prop::sample::select(&[
        ("[{}]", [SAID, SAID, NO]),
        ("[null]", [EMPTY, EMPTY, NO]),
        ("[{port: 80}]", [SAID, NO, NO]),
        ("[{action: Allow}]", [NO; 3]),
        ("[{port: 80, from: [{podSelector: {}}]}]", [NO, NO, SAID]),
    ]);
    let open = open.prop_map(|(text, wide)| Piece { text: text.to_owned(), wide });
    prop_oneof![1 => few, 1 => open, 4 => rule()]
}

/// A policy's spec.
pub(super) fn spec() -> impl Strategy<Value = Piece> {
    let types = one_of(&[
        "",
        "policyTypes: Ingress",
        "policyTypes: [ingress, Egress]",
        "policyTypes: {Ingress, Egress}",
        "polcyTypes: []",
        "polcyTypes: ",
    ]);
    let own = key(&["podSelector: @", "podSelectr: @"]);
    let direction = key(&["ingress: @", "egress: @", "ingres: @", "egres: @"]);
    ((own, own_selector()), types, direction, rules()).prop_map(
        |(((own, is_own), selector), types, (direction, _), rules)| {
            let is_right = ["ingress: @", "egress: @"].contains(&direction);
            let mut rules = rules.within("@", is_right);
            if direction.starts_with('e') {
                rules.text = rules.text.replace("from", "to").replace("frm:", "too:");
            }
            let selector = selector.within("@", is_own);
            Piece::of(&format!("{own}\n{}\n{direction}", types.text)).with(&selector).with(&rules)
        },
    )
}
