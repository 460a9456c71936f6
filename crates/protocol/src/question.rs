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

impl Ask for StartQuestion {
    type Answer = Start;

    fn question(self) -> Question {
        Question::Start(self)
    }
}

impl Ask for OpenQuestion {
    type Answer = Opened;

    fn question(self) -> Question {
        Question::Open(self)
    }
}

impl Ask for ViewQuestion {
    type Answer = View;

    fn question(self) -> Question {
        Question::View(self)
    }
}

impl Ask for PanelQuestion {
    type Answer = Sheet;

    fn question(self) -> Question {
        Question::Panel(self)
    }
}

impl Ask for InfluenceQuestion {
    type Answer = Influenced;

    fn question(self) -> Question {
        Question::Influence(self)
    }
}

impl Ask for AdviceQuestion {
    type Answer = Advice;

    fn question(self) -> Question {
        Question::Advice(self)
    }
}

impl Ask for LinkQuestion {
    type Answer = Result<String, Notice>;

    fn question(self) -> Question {
        Question::Link(self)
    }
}

impl Ask for ShareQuestion {
    type Answer = Sheet;

    fn question(self) -> Question {
        Question::Share(self)
    }
}
