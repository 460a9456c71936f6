//! The matrix for spreadsheets and scripts: RFC 4180, a line for each two ends of which one reaches the other.

use netpol::ports::{PortRange, PortSet, Protocol};

use super::{Answer, Group, Members, NOBODY, Reach};
use crate::{ink::harmless, printer::Printer};

/// Writes the matrix as CSV. Unfolded, each pod has lines of its own, towards each pod; nothing of it is kept.
pub(crate) fn csv(reach: &Reach<'_>, unfolds: bool, printer: &mut Printer) {
    printer.text("source,destination,ports,depends\r\n");
    let fields =
        |answer: &Answer| format!("{},{}", field(&notation(&answer.ports)), answer.sure.is_some());
    let ports: Vec<String> = reach.answers.all().iter().map(fields).collect();
    let names = |group: &Group| match &group.members {
        Members::Pods(pods) if unfolds => {
            pods.iter().map(|id| field(&reach.pod_name(*id))).collect()
        }
        _ => vec![field(&group.name)],
    };
    let names: Vec<Vec<String>> = reach.groups.iter().map(names).collect();
    for (at, sources) in names.iter().enumerate() {
        let row = reach.row(at);
        for (number, source) in sources.iter().enumerate() {
            for (to, (id, destinations)) in row.iter().zip(&names).enumerate() {
                let Some(ports) = ports.get(*id).filter(|_| *id != NOBODY) else { continue };
                for (other, destination) in destinations.iter().enumerate() {
                    // unfolded, a pod among its like is not the one that it reaches
                    if !(unfolds && at == to && number == other) {
                        printer.text(&format!("{source},{destination},{ports}\r\n"));
                    }
                }
            }
            if printer.is_closed() {
                return;
            }
        }
    }
}

/// `80/TCP 8000-8999/TCP 53/UDP`, in ASCII; `all` for every port of every protocol.
fn notation(ports: &PortSet) -> String {
    if ports.is_all() {
        return "all".to_owned();
    }
    let written = |range: &PortRange, protocol| {
        let (first, last) = (range.first(), range.last());
        if first == last {
            format!("{first}/{protocol}")
        } else {
            format!("{first}-{last}/{protocol}")
        }
    };
    let of = |protocol| ports.ranges(protocol).iter().map(move |range| written(range, protocol));
    Protocol::ALL.into_iter().flat_map(of).collect::<Vec<_>>().join(" ")
}

/// A field, in quotes where it needs them. What a spreadsheet would take for a formula gets a `'` before it; no name that
/// Kubernetes accepts begins like one.
fn field(text: &str) -> String {
    let text = harmless(text);
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula { format!("'{text}") } else { text.into_owned() };
    if text.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_quoted_where_it_must_be_and_never_a_formula() {
        assert_eq!(field("shop/{api,db}"), "\"shop/{api,db}\"");
        assert_eq!(field("a \"b\""), "\"a \"\"b\"\"\"");
        assert_eq!(field("shop/web +2"), "shop/web +2");
        for start in ["=1+1", "+1", "-1", "@SUM(A1)"] {
            assert_eq!(field(start), format!("'{start}"));
        }
    }
}
