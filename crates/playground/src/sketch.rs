//! What the module of advice draws: elements and texts, and what a press of a button means. It writes a list of words, and
//! [`drawn`](crate::components::sketched) makes elements of them; so its panels cost the first visit nothing.

use netpol::{Severity, rewrite::Rewrite};
use render::harmless;

use crate::{
    marks::{Piece, pieces},
    place::Place,
    wire::{Words, put_place, put_rewrite, put_severity},
};

/// The id of the field for a connection, the only one that is sketched.
pub const FIELD: &str = "connection";

/// Before an element's name on the wire; a text comes behind [`TEXT`].
pub(crate) const ELEMENT: &str = "<";
/// In place of a press.
const NOTHING: &str = "";
/// Before a text on the wire.
pub(crate) const TEXT: &str = "'";

/// An element in the making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    press: Option<Press>,
    children: Vec<Child>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Child {
    Element(Sketch),
    Text(String),
}

/// What a press means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Press {
    /// Lines are asked for.
    Lines(Place),
    /// An edit is to be made; its title says what it does.
    Mend(String, Rewrite),
    /// Problems of this severity are switched on or off.
    Severity(Severity),
    /// A connection is asked for.
    Connection(String),
    /// The cluster's tab is asked for.
    Cluster,
    /// The connection in [`FIELD`] is asked for: a form is sent.
    Field,
}

/// An element with nothing in it.
pub const fn tag(name: &'static str) -> Sketch {
    Sketch { name, attributes: Vec::new(), press: None, children: Vec::new() }
}

/// An element of this class.
pub fn classed(name: &'static str, class: impl Into<String>) -> Sketch {
    tag(name).attr("class", class)
}

/// A button.
pub fn button(press: Press) -> Sketch {
    tag("button").attr("type", "button").press(press)
}

impl Sketch {
    /// With an attribute.
    #[must_use]
    pub fn attr(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    /// With the attribute that keeps it from screen readers.
    #[must_use]
    pub fn unheard(self) -> Self {
        self.attr("aria-hidden", "true")
    }

    /// That can be pressed.
    #[must_use]
    pub fn press(mut self, press: Press) -> Self {
        self.press = Some(press);
        self
    }

    /// With a text in it.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.children.push(Child::Text(text.into()));
        self
    }

    /// With a text in it that has `` `code` `` and `**strong**` marks. What would hide in it, or turn the words around, is
    /// spelt out.
    #[must_use]
    pub fn marked(self, text: &str) -> Self {
        pieces(&harmless(text)).into_iter().fold(self, |sketch, piece| match piece {
            Piece::Text(text) => sketch.text(text),
            Piece::Code(text) => sketch.put(tag("code").text(text)),
            Piece::Strong(text) => sketch.put(tag("strong").text(text.replace('`', ""))),
        })
    }

    /// With an element in it.
    #[must_use]
    pub fn put(mut self, child: Self) -> Self {
        self.children.push(Child::Element(child));
        self
    }

    /// With elements in it.
    #[must_use]
    pub fn each(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children.into_iter().map(Child::Element));
        self
    }

    /// With links to lines.
    #[must_use]
    pub fn lines(self, places: impl IntoIterator<Item = Place>) -> Self {
        places.into_iter().fold(self, |sketch, place| {
            let link = button(Press::Lines(place)).attr("class", "line-link");
            sketch.text(" ").put(link.text(place.to_string()))
        })
    }

    /// Writes it.
    pub fn put_into(self, list: &mut Vec<String>) {
        let Self { name, attributes, press, children } = self;
        list.extend([ELEMENT.to_owned(), name.to_owned(), attributes.len().to_string()]);
        for (name, value) in attributes {
            list.extend([name.to_owned(), value]);
        }
        put_press(list, press);
        list.push(children.len().to_string());
        for child in children {
            match child {
                Child::Element(child) => child.put_into(list),
                Child::Text(text) => list.extend([TEXT.to_owned(), text]),
            }
        }
    }

    /// All that can be read in it.
    pub fn read(&self) -> String {
        let read = |child: &Child| match child {
            Child::Element(child) => child.read(),
            Child::Text(text) => text.clone(),
        };
        self.children.iter().map(read).collect()
    }

    /// All that can be pressed in it.
    pub fn presses(&self) -> Vec<Press> {
        self.all().filter_map(|sketch| sketch.press.clone()).collect()
    }

    /// What can be read in its elements of a class.
    pub fn of_class(&self, class: &str) -> Vec<String> {
        let is_of = |sketch: &&Self| {
            let mut classes = sketch.attributes.iter().filter(|(name, _)| *name == "class");
            classes.any(|(_, value)| value.split(' ').any(|one| one == class))
        };
        self.all().filter(is_of).map(Self::read).collect()
    }

    /// It and all elements in it.
    fn all(&self) -> Box<dyn Iterator<Item = &Self> + '_> {
        let inside = self.children.iter().filter_map(|child| match child {
            Child::Element(child) => Some(child.all()),
            Child::Text(_) => None,
        });
        Box::new(std::iter::once(self).chain(inside.flatten()))
    }
}

fn put_press(list: &mut Vec<String>, press: Option<Press>) {
    let mut word = |word: &str| list.push(word.to_owned());
    match press {
        None => word(NOTHING),
        Some(Press::Lines(place)) => {
            word("lines");
            put_place(list, place);
        }
        Some(Press::Mend(title, rewrite)) => {
            word("mend");
            list.push(title);
            put_rewrite(list, rewrite);
        }
        Some(Press::Severity(severity)) => {
            word("severity");
            put_severity(list, severity);
        }
        Some(Press::Connection(connection)) => {
            word("connection");
            list.push(connection);
        }
        Some(Press::Cluster) => word("cluster"),
        Some(Press::Field) => word("field"),
    }
}

/// Reads what stands in place of a press: one, or nothing.
pub(crate) fn take_press(words: &mut Words) -> Option<Press> {
    Some(match words.text()?.as_str() {
        "lines" => Press::Lines(words.place()?),
        "mend" => Press::Mend(words.text()?, words.rewrite()?),
        "severity" => Press::Severity(words.severity()?),
        "connection" => Press::Connection(words.text()?),
        "cluster" => Press::Cluster,
        "field" => Press::Field,
        _ => return None,
    })
}
