//! The words of the table, and which of its cells is open, without a browser.
#![expect(clippy::unwrap_used, reason = "a test that unwraps fails where it should")]

use engine::Engine;
use protocol::{
    CellKey, Column, Direction, Entry, MOST_ROWS, Open, Position, RowKey, Tab, Table, Texts,
    ViewQuestion,
};

fn table(policies: &str, direction: Direction) -> Table {
    let texts =
        Texts { policies: policies.into(), cluster: lessons::CLUSTER.into(), witnesses: true };
    let question = ViewQuestion { texts, direction: Some(direction), open: Open::Unchosen };
    Engine::default().view(&question).table
}

fn eight() -> Table {
    table(lessons::scenario("eight").unwrap().policies, Direction::Ingress)
}

fn words(table: &Table) -> Vec<String> {
    let cells = |entries: &[Entry; 3]| {
        entries
            .each_ref()
            .map(|entry| format!("{} {}", entry.state.word(), entry.reason).trim().to_owned())
            .join(" | ")
    };
    let mut all: Vec<_> =
        table.rows.iter().map(|row| format!("{}: {}", row.title, cells(&row.entries))).collect();
    all.push(format!("All together: {}", cells(&table.together)));
    all
}

#[test]
fn the_eight_are_the_articles_scoreboard() {
    assert_eq!(
        words(&eight()),
        [
            "Allow All: Allowed | Allowed | Allowed",
            "Deny All: Denied | Denied | Denied",
            "Same NS Only: Allowed | Denied | Denied",
            "Cluster Internal: Allowed | Allowed | Denied",
            "AND Trap ⚠: Allowed | Allowed | Denied",
            "OR Logic: Allowed | Allowed | Denied",
            "Specific NS: Denied | Partly ml-ops only | Denied",
            "Specific Pod+NS: Denied | Partly model-monitor only | Denied",
            "All together: Allowed | Allowed | Allowed",
        ]
    );
}

#[test]
fn an_ingress_policy_does_not_restrict_egress() {
    let table = table(lessons::scenario("deny-all").unwrap().policies, Direction::Egress);
    assert_eq!(words(&table)[0], "Deny All: Not restricted | Not restricted | Not restricted");
    assert_eq!((table.elsewhere, table.rows[0].elsewhere), (Some(Direction::Ingress), None));
}

fn cell(name: &str, index: Option<usize>) -> Open {
    let row = RowKey::Policy { name: name.to_owned(), index };
    Open::Cell(CellKey { row, column: Column::Cross })
}

#[test]
fn an_open_cell_is_found_by_the_policys_name_and_else_by_its_place() {
    let table = eight();
    let found = |open: &Open| table.resolve(open);
    assert_eq!(found(&cell("same-ns", Some(7))), Some((Position::Row(2), Column::Cross)));
    assert_eq!(found(&cell("ai-platform/same-ns", None)), Some((Position::Row(2), Column::Cross)));
    assert_eq!(found(&cell("renamed", Some(4))), Some((Position::Row(4), Column::Cross)));
    assert_eq!(found(&cell("gone", Some(40))), None);
    assert_eq!(found(&Open::Closed), None);
}

#[test]
fn where_nobody_has_chosen_the_most_telling_cell_is_open() {
    assert_eq!(eight().resolve(&Open::Unchosen), Some((Position::Row(6), Column::Cross)));
    let deny = table(lessons::scenario("deny-all").unwrap().policies, Direction::Ingress);
    assert_eq!(deny.resolve(&Open::Unchosen), Some((Position::Row(0), Column::Same)));
    assert_eq!(table("", Direction::Ingress).resolve(&Open::Unchosen), None);
}

#[test]
fn rows_and_lines_lead_to_each_other() {
    let table = eight();
    for (at, row) in table.rows.iter().enumerate() {
        let place = row.place.unwrap();
        assert_eq!(place.tab, Tab::Policies);
        assert_eq!(table.row_at(place.first), Some(at));
        assert_eq!(table.row_at(place.last), Some(at));
    }
    assert_eq!(table.row_at(100_000), None);
}

#[test]
fn of_many_policies_the_first_are_shown_and_those_that_are_wanted() {
    let policy = |n: usize| {
        format!(
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: p{n:03}}}\n---\n"
        )
    };
    let many = table(&(0..MOST_ROWS + 60).map(policy).collect::<String>(), Direction::Ingress);
    let shown = |wanted: &[Option<usize>]| -> Vec<usize> {
        many.rows_in_sight(wanted).into_iter().map(|(at, _)| at).collect()
    };
    assert_eq!(shown(&[]), (0..MOST_ROWS).collect::<Vec<_>>());
    // the row of the cursor and the row whose cell is open, each once
    let wanted = [Some(MOST_ROWS + 50), None, Some(3), Some(MOST_ROWS + 1), Some(MOST_ROWS + 50)];
    assert_eq!(shown(&wanted).split_off(MOST_ROWS), [MOST_ROWS + 1, MOST_ROWS + 50]);
    assert_eq!(shown(&[Some(9999)]).len(), MOST_ROWS);
    assert_eq!(eight().rows_in_sight(&[]).len(), 8);
}
