//! Everything that the page can ask, and which kind of answer each question has.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    link::{LinkQuestion, Notice, OpenQuestion, Opened, Start, StartQuestion},
    view::{
        Advice, AdviceQuestion, InfluenceQuestion, Influenced, PanelQuestion, ShareQuestion, Sheet,
        View, ViewQuestion,
    },
};

/// A question of which the kind of answer is known.
pub trait Ask {
    /// The answer.
    type Answer: Serialize + DeserializeOwned;

    /// The question as it is sent.
    fn question(self) -> Question;
}

/// Everything that can be asked. The answer is the [`Ask::Answer`] of what is inside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Question {
    /// What there is to begin with.
    Start(StartQuestion),
    /// Where something leads.
    Open(OpenQuestion),
    /// The table.
    View(ViewQuestion),
    /// What is open below the table.
    Panel(PanelQuestion),
    /// The cells that hang on a line.
    Influence(InfluenceQuestion),
    /// What there is to say of the texts.
    Advice(AdviceQuestion),
    /// A link.
    Link(LinkQuestion),
    /// What can be done with a link.
    Share(ShareQuestion),
}

impl Question {
    /// What is asked for first where several wait: the lower, the sooner. One of each waits, the newest.
    pub const fn rank(&self) -> u8 {
        match self {
            Self::Start(_) => 0,
            Self::Open(_) => 1,
            Self::View(_) => 2,
            Self::Link(_) => 3,
            Self::Panel(_) => 4,
            Self::Influence(_) => 5,
            Self::Advice(_) => 6,
            Self::Share(_) => 7,
        }
    }
}

macro_rules! answers {
    ($($question:ty, $variant:ident => $answer:ty;)*) => {
        $(impl Ask for $question {
            type Answer = $answer;

            fn question(self) -> Question {
                Question::$variant(self)
            }
        })*
    };
}

answers! {
    StartQuestion, Start => Start;
    OpenQuestion, Open => Opened;
    ViewQuestion, View => View;
    PanelQuestion, Panel => Sheet;
    InfluenceQuestion, Influence => Influenced;
    AdviceQuestion, Advice => Advice;
    LinkQuestion, Link => Result<String, Notice>;
    ShareQuestion, Share => Sheet;
}
