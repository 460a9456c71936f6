//! The plain text field. What is typed goes into a textarea; the coloured copy of its lines lies behind it and is as large
//! as the text, so that only the frame around both scrolls and they cannot drift apart.

use yew::{
    AttrValue, Callback, Event, Html, InputEvent, KeyboardEvent, MouseEvent, NodeRef, classes, html,
};

use crate::{
    browser,
    highlight::{Highlighter, Kind},
};

/// Lines beyond this are shown without colours: so long a text is pasted, not read.
const MOST_COLOURED: usize = 1500;

/// What is said about lines of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineMarks {
    /// Lines behind the open cell, first and last.
    pub behind: Vec<(usize, usize)>,
    /// Whether these are of the text as it is, and not of one a moment ago.
    pub is_behind_known: bool,
    /// Lines with an error.
    pub faults: Vec<usize>,
    /// Lines with an expectation, and what is true instead where it does not hold.
    pub expectations: Vec<(usize, Option<String>)>,
}

impl LineMarks {
    fn classes(&self, line: usize) -> Vec<&'static str> {
        let mut classes = vec!["line"];
        if self.behind.iter().any(|(first, last)| (*first..=*last).contains(&line)) {
            classes.push("behind");
        }
        if self.faults.contains(&line) {
            classes.push("fault");
        }
        let expectation = self.expectations.iter().find(|(at, _)| *at == line);
        match expectation {
            Some((_, None)) => classes.push("holds"),
            Some((_, Some(_))) => classes.push("fails"),
            None => {}
        }
        classes
    }
}

/// A text, and whom to tell when it changes.
pub struct Field<'p> {
    /// The id of the textarea.
    pub id: &'static str,
    /// What the text is.
    pub label: &'static str,
    /// The text.
    pub text: &'p AttrValue,
    /// What is said about its lines.
    pub marks: &'p LineMarks,
    /// Whether it can only be read.
    pub is_resting: bool,
    /// Becomes the textarea.
    pub area: &'p NodeRef,
    /// The text was changed; the cursor is in this line.
    pub on_text: &'p Callback<(AttrValue, Option<usize>)>,
    /// The cursor is in this line.
    pub on_line: &'p Callback<usize>,
}

/// The label, and the coloured copy with the textarea over it: they go into an `.editor`.
pub fn field(props: &Field<'_>) -> Html {
    let on_text = props.on_text.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        browser::measure_keystroke();
        let event: &Event = &event;
        if let Some(text) = browser::text_of(event) {
            on_text.emit((text.into(), browser::line_of(event)));
        }
    });
    let on_line = props.on_line.clone();
    let look = Callback::from(move |event: Event| {
        if let Some(line) = browser::line_of(&event) {
            on_line.emit(line);
        }
    });
    let onkeyup = look.reform(|event: KeyboardEvent| event.into());
    let onclick = look.reform(|event: MouseEvent| event.into());
    html! {
        <>
            <label class="unseen" for={props.id}>{ props.label }</label>
            <div class="stack">
                <div class="lines" aria-hidden="true">{ lines(props.text, props.marks) }</div>
                <textarea
                    ref={props.area}
                    id={props.id}
                    value={props.text.clone()}
                    readonly={props.is_resting}
                    spellcheck="false"
                    autocomplete="off"
                    autocapitalize="off"
                    wrap="off"
                    {oninput}
                    {onkeyup}
                    {onclick}
                />
            </div>
        </>
    }
}

fn lines(text: &str, marks: &LineMarks) -> Html {
    let mut highlighter = Highlighter::default();
    let is_long = text.split('\n').count() > MOST_COLOURED;
    let line = |(at, line): (usize, &str)| {
        let pieces = if is_long { vec![(Kind::Plain, line)] } else { highlighter.line(line) };
        html! { <div class={classes!(marks.classes(at + 1))}>{ pieces.into_iter().map(piece).collect::<Html>() }</div> }
    };
    text.split('\n').enumerate().map(line).collect()
}

fn piece((kind, text): (Kind, &str)) -> Html {
    match kind {
        Kind::Plain => html! { { text.to_owned() } },
        _ => html! { <span class={kind.class()}>{ text.to_owned() }</span> },
    }
}
