//! Answers what the page asks: it owns all that is known of policies, lessons and links, and knows no browser and nothing of
//! how its answers look.
//!
//! ```text
//!  Question ──▶ texts ──reading──▶ Analysis (kept) ──▶ view · panels · advice · share ──▶ answer
//!           └─▶ address ──opening──▶ texts          texts ──link──▶ address
//! ```

mod advice;
mod built_in;
mod changes;
mod convert;
mod influence;
mod link;
mod marks;
mod opening;
mod panels;
mod problems;
mod reading;
mod share;
mod view;
mod vocabulary;
mod world;

use reading::Readings;
pub use reading::analyse;

use protocol::{
    Advice, AdviceQuestion, InfluenceQuestion, Influenced, LinkQuestion, Notice, OpenQuestion,
    Opened, PanelQuestion, Question, ShareQuestion, Sheet, Start, StartQuestion, Unreadable, View,
    ViewQuestion, decode, encode,
};

/// Keeps what it has read, so that one question after the other about the same texts costs one reading.
#[derive(Default)]
pub struct Engine {
    readings: Readings,
}

impl Engine {
    /// Answers a question in bytes: see [`protocol::encode`].
    ///
    /// # Errors
    ///
    /// Where the bytes are no question.
    pub fn answer(&mut self, question: &[u8]) -> Result<Vec<u8>, Unreadable> {
        Ok(match decode(question)? {
            Question::Start(question) => encode(&self.start(&question)),
            Question::Open(question) => encode(&self.open(&question)),
            Question::View(question) => encode(&self.view(&question)),
            Question::Panel(question) => encode(&self.panel(&question)),
            Question::Influence(question) => encode(&self.influence(&question)),
            Question::Advice(question) => encode(&self.advice(&question)),
            Question::Link(question) => encode(&self.link(&question)),
            Question::Share(question) => encode(&self.share(&question)),
        })
    }

    /// What there is to begin with.
    pub fn start(&mut self, question: &StartQuestion) -> Start {
        let address = OpenQuestion::Address(question.address.clone());
        Start { contents: opening::contents(), opened: self.open(&address) }
    }

    /// Where something leads.
    pub fn open(&mut self, question: &OpenQuestion) -> Opened {
        opening::open(question, |question| self.view(question))
    }

    /// A link to texts, from `#` on.
    ///
    /// # Errors
    ///
    /// Where the texts are too long for a link, or hold what must not be published.
    pub fn link(&mut self, question: &LinkQuestion) -> Result<String, Notice> {
        link::link(question, self.readings.of(&question.texts))
    }

    /// The table of texts.
    pub fn view(&mut self, question: &ViewQuestion) -> View {
        view::view(self.readings.of(&question.texts), question)
    }

    /// What is open below the table.
    pub fn panel(&mut self, question: &PanelQuestion) -> Sheet {
        panels::panel(self.readings.of(&question.texts), question)
    }

    /// The cells that hang on a line of the policies.
    pub fn influence(&mut self, question: &InfluenceQuestion) -> Influenced {
        influence::influence(self.readings.of(&question.texts), question)
    }

    /// What there is to say of texts.
    pub fn advice(&mut self, question: &AdviceQuestion) -> Advice {
        advice::advice(self.readings.of(&question.texts), question.recorded.as_deref())
    }

    /// What can be done with texts that are to be shared.
    pub fn share(&mut self, question: &ShareQuestion) -> Sheet {
        share::share(&self.readings.of(&question.texts).analysis, question)
    }
}
