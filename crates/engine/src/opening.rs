//! An address, or texts from elsewhere → the two texts of the page, and what is to be seen of them first.

use lessons::Scenario;
use netpol::scoreboard::Record;
use permalink::{Fields, LinkError, Route, Shared};
use protocol::{
    CellKey, Column, Contents, Direction, Group, Notice, Open, OpenQuestion, Opened, Panel, RowKey,
    Tab, Texts, View, ViewQuestion,
};

use crate::{
    built_in::{built_in, first_open},
    convert,
    link::{CLUSTER, NEIGHBOURS, NONE_OPEN, PROBLEMS},
};

/// What there is to begin with.
pub(crate) fn contents() -> Contents {
    let group = |group: &lessons::Group| Group {
        name: group.name.to_owned(),
        caption: group.caption.to_owned(),
        first: group.first.slug.to_owned(),
        members: group.members.iter().map(|one| about(one)).collect(),
    };
    Contents {
        groups: lessons::groups().iter().map(group).collect(),
        example_cluster: lessons::CLUSTER.to_owned(),
    }
}

/// Two texts, and what is to be seen of them first.
struct Found {
    texts: Texts,
    scenario: Option<&'static Scenario>,
    direction: Option<Direction>,
    open: Open,
    panel: Panel,
    tab: Tab,
    recorded: Option<String>,
    notice: Option<Notice>,
}

/// Where something leads; `view` makes the table.
pub(crate) fn open(question: &OpenQuestion, view: impl FnOnce(&ViewQuestion) -> View) -> Opened {
    let found = match question {
        OpenQuestion::Address(address) => address_leads(address),
        OpenQuestion::Texts { policies, cluster } => shared(&Shared {
            policies: policies.clone(),
            cluster: cluster.clone(),
            ..Shared::default()
        }),
    };
    let Found { texts, scenario, direction, open, panel, tab, recorded, notice } = found;
    let asked = ViewQuestion { texts, direction, open };
    let view = view(&asked);
    let ViewQuestion { texts, direction, open } = asked;
    Opened {
        scenario: scenario.map(about),
        built_in_cluster: scenario.map_or(lessons::CLUSTER, Scenario::cluster_text).to_owned(),
        texts,
        direction,
        open,
        panel,
        tab,
        recorded,
        notice,
        view,
    }
}

fn address_leads(address: &str) -> Found {
    match address.parse() {
        Ok(Route::Home) => landing(),
        Ok(Route::Scenario(slug)) => match lessons::scenario(slug.as_str()) {
            Some(scenario) => of_scenario(scenario),
            None => landing_with(unknown_scenario(slug.as_str())),
        },
        Ok(Route::Shared(link)) => shared(&link),
        Ok(Route::Exercise(_) | Route::Compare(..)) => landing_with(not_yet()),
        Err(error) => landing_with(broken(&error)),
    }
}

fn about(scenario: &Scenario) -> protocol::Scenario {
    protocol::Scenario {
        slug: scenario.slug.to_owned(),
        name: scenario.name.to_owned(),
        caption: scenario.caption.to_owned(),
        note: scenario.note.to_owned(),
    }
}

fn landing() -> Found {
    let scenario = lessons::scenario(lessons::LANDING);
    debug_assert!(scenario.is_some(), "there is no landing text");
    scenario.map_or_else(|| texts("", ""), of_scenario)
}

fn landing_with(notice: Notice) -> Found {
    Found { notice: Some(notice), ..landing() }
}

fn of_scenario(scenario: &Scenario) -> Found {
    Found { open: first_open(scenario), ..texts(scenario.policies, scenario.cluster_text()) }
}

/// Texts about which nothing else is known.
fn texts(policies: &str, cluster: &str) -> Found {
    Found {
        scenario: built_in(policies, cluster),
        texts: Texts { policies: policies.into(), cluster: cluster.into(), witnesses: true },
        direction: None,
        open: Open::Unchosen,
        panel: Panel::Why,
        tab: Tab::Policies,
        recorded: None,
        notice: None,
    }
}

fn shared(shared: &Shared) -> Found {
    // a textarea has no other line end than this one
    let text = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
    let cluster = shared.cluster.as_deref().map_or_else(|| lessons::CLUSTER.to_owned(), text);
    let Fields { direction, without_witnesses, open, view, result } = &shared.fields;
    // a link that remembers a table shows the same one again, whatever a text shows by itself today
    let remembered = result.as_deref().and_then(Record::read).map(|record| record.direction());
    let shows = |letter| view.as_ref().is_some_and(|view| view.contains(letter));
    let found = texts(&text(&shared.policies), &cluster);
    Found {
        texts: Texts { witnesses: !without_witnesses, ..found.texts },
        direction: direction
            .map(convert::direction_of_link)
            .or_else(|| remembered.map(convert::direction)),
        open: open.as_deref().map_or(Open::Unchosen, open_from_link),
        panel: match () {
            () if shows(PROBLEMS) => Panel::Problems,
            () if shows(NEIGHBOURS) => Panel::Neighbours,
            () => Panel::Why,
        },
        tab: if shows(CLUSTER) { Tab::Cluster } else { Tab::Policies },
        recorded: result.clone(),
        ..found
    }
}

/// The open cell, as a link says it: `6c` is the cross-namespace cell of row 6, `0s` the first one of all policies together;
/// the page chooses where it says nothing that can be understood.
fn open_from_link(word: &str) -> Open {
    let cell = |column: Column| {
        let row: usize = word.strip_suffix(column.as_str().get(..1)?)?.parse().ok()?;
        let index = row.checked_sub(1);
        let row = match index {
            Some(_) => RowKey::Policy { name: String::new(), index },
            None => RowKey::Together,
        };
        Some(Open::Cell(CellKey { row, column }))
    };
    if word == NONE_OPEN {
        return Open::Closed;
    }
    Column::ALL.into_iter().find_map(cell).unwrap_or(Open::Unchosen)
}

fn unknown_scenario(slug: &str) -> Notice {
    Notice {
        message: format!("there is no built-in text called `{slug}`"),
        help: "choose one of the built-in texts".to_owned(),
        is_about_choice: true,
        kept: None,
    }
}

/// For an address of a part of the playground that is still to come.
fn not_yet() -> Notice {
    Notice {
        message: "this playground has no exercises and no comparison yet".to_owned(),
        help: "choose one of the built-in texts".to_owned(),
        is_about_choice: true,
        kept: None,
    }
}

fn broken(error: &LinkError) -> Notice {
    Notice {
        message: error.to_string(),
        help: error.help().to_owned(),
        is_about_choice: error.leads_nowhere(),
        kept: error.kept().map(str::to_owned),
    }
}
