//! Panels that are not components yet: elements and texts, and what a press of a button means. It goes with the last of them.

use serde::{Deserialize, Serialize};

use crate::{
    problem::{Rewrite, Severity},
    text::{Place, Span, harmless, spans},
};

/// The id of the field for a connection.
pub const FIELD: &str = "connection";

/// An element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Element {
    /// Its name.
    pub name: String,
    /// Its attributes, by name.
    pub attributes: Vec<(String, String)>,
    /// What a press of it means.
    pub press: Option<Press>,
    /// What is in it.
    pub children: Vec<Node>,
}

/// What is in an element.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Node {
    /// Another element.
    Element(Element),
    /// A text.
    Text(String),
}

/// What a press means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

impl Element {
    /// An element with nothing in it.
    pub fn tag(name: &str) -> Self {
        Self { name: name.to_owned(), attributes: Vec::new(), press: None, children: Vec::new() }
    }

    /// An element of this class.
    pub fn classed(name: &str, class: impl Into<String>) -> Self {
        Self::tag(name).attr("class", class)
    }

    /// A button.
    pub fn button(press: Press) -> Self {
        Self::tag("button").attr("type", "button").press(press)
    }

    /// With an attribute.
    #[must_use]
    pub fn attr(mut self, name: &str, value: impl Into<String>) -> Self {
        self.attributes.push((name.to_owned(), value.into()));
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
        self.children.push(Node::Text(text.into()));
        self
    }

    /// With a text in it that has `` `code` `` and `**strong**` marks. What would hide in it, or turn the words around, is
    /// spelt out.
    #[must_use]
    pub fn marked(self, text: &str) -> Self {
        spans(&harmless(text)).into_iter().fold(self, |element, span| match span {
            Span::Text(text) => element.text(text),
            Span::Code(text) => element.put(Self::tag("code").text(text)),
            Span::Strong(text) => element.put(Self::tag("strong").text(text.replace('`', ""))),
        })
    }

    /// With an element in it.
    #[must_use]
    pub fn put(mut self, child: Self) -> Self {
        self.children.push(Node::Element(child));
        self
    }

    /// With elements in it.
    #[must_use]
    pub fn each(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children.into_iter().map(Node::Element));
        self
    }

    /// With links to lines.
    #[must_use]
    pub fn lines(self, places: impl IntoIterator<Item = Place>) -> Self {
        places.into_iter().fold(self, |element, place| {
            let link = Self::button(Press::Lines(place)).attr("class", "line-link");
            element.text(" ").put(link.text(place.to_string()))
        })
    }

    /// All that can be read in it.
    pub fn read(&self) -> String {
        let read = |child: &Node| match child {
            Node::Element(child) => child.read(),
            Node::Text(text) => text.clone(),
        };
        self.children.iter().map(read).collect()
    }

    /// All that can be pressed in it.
    pub fn presses(&self) -> Vec<Press> {
        self.all().filter_map(|element| element.press.clone()).collect()
    }

    /// What can be read in its elements of a class.
    pub fn of_class(&self, class: &str) -> Vec<String> {
        let is_of = |element: &&Self| {
            let mut classes = element.attributes.iter().filter(|(name, _)| name == "class");
            classes.any(|(_, value)| value.split(' ').any(|one| one == class))
        };
        self.all().filter(is_of).map(Self::read).collect()
    }

    /// It and all elements in it.
    fn all(&self) -> Box<dyn Iterator<Item = &Self> + '_> {
        let inside = self.children.iter().filter_map(|child| match child {
            Node::Element(child) => Some(child.all()),
            Node::Text(_) => None,
        });
        Box::new(std::iter::once(self).chain(inside.flatten()))
    }
}
