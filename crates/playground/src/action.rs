//! What can happen on the page: facts, in the past tense. What follows from them is the reducer's business.

use protocol::{CellKey, Direction, Notice, Opened, Panel, Place, Severity, Tab};
use yew::AttrValue;

use crate::choices::{Mend, Theme};

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// The policies were changed in the editor; the cursor is in this line now.
    TextEdited(AttrValue, Option<usize>),
    /// The cluster was changed in its tab.
    ClusterEdited(AttrValue),
    /// The cluster was set back to the built-in one.
    ClusterReset,
    /// Witnesses, as YAML, were made part of the cluster.
    WitnessesKept(String),
    /// Witnesses were switched on or off.
    WitnessesSwitched(bool),
    /// The address changed: a scenario was chosen, a link opened, or the person went back.
    LinkOpened(Box<Opened>),
    /// The person went back to where a text was edited: to the draft, or else to where the address leads.
    CameBack(Box<Opened>),
    /// What could be read of a broken link was chosen nevertheless.
    RemainsOpened,
    /// A direction was chosen.
    DirectionChosen(Direction),
    /// A cell was pressed: it opens, or closes if it was open.
    CellOpened(CellKey, bool),
    /// A tab was chosen.
    TabChosen(Tab),
    /// What to show below the table was chosen.
    PanelChosen(Panel),
    /// Problems of this severity were switched on or off.
    SeveritySwitched(Severity),
    /// An edit was chosen that mends something, or that is tried out.
    MendChosen(Mend),
    /// The last such edit was taken back.
    MendUndone,
    /// It is to stay.
    MendKept,
    /// The cursor moved to another line of the policies.
    CaretMoved(usize),
    /// The pointer rests on this line of the policies, or on none.
    LineHovered(Option<usize>),
    /// Something was typed into the field for a connection.
    ConnectionTyped(AttrValue),
    /// A connection was asked for.
    ConnectionAsked(AttrValue),
    /// Lines were asked for; `true` where the cursor is wanted there too.
    LinesChosen(Place, bool),
    /// A theme was chosen.
    ThemeChosen(Theme),
    /// A link was asked for: the whole address, which the address bar holds now, or why there is none.
    LinkAsked(Result<AttrValue, Notice>),
    /// The link went into the clipboard, or did not.
    LinkCopied(bool),
    /// The link was put away.
    LinkClosed,
    /// The notice was read.
    NoticeDismissed,
    /// The draft was asked for.
    DraftRestored,
    /// The draft is not wanted any more.
    DraftDismissed,
}
