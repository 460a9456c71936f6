//! A text with numbered, coloured and marked lines: the plain text field, until the editor has come and takes its place;
//! where it does not come, the field stays.

use std::{cell::RefCell, rc::Rc};

use protocol::Tab;
use yew::{
    AttrValue, Callback, Html, NodeRef, Properties, classes, component, hook, html,
    use_effect_with, use_force_update, use_mut_ref, use_node_ref,
};

pub use crate::components::field::LineMarks;
use crate::{
    answers::{Advised, Told},
    browser::{self, Beginning, Callbacks},
    components::field::{Field, field},
    editor_marks,
};

/// A text, and whom to tell when it changes.
#[derive(Properties, Clone, PartialEq)]
pub struct EditorProps {
    /// Which of the two texts it is.
    pub tab: Tab,
    /// The id of the textarea.
    pub id: &'static str,
    /// What the text is.
    pub label: &'static str,
    /// The text.
    pub text: AttrValue,
    /// What can be undone goes by this key: it is there again when the key is.
    pub history: AttrValue,
    /// What is said about its lines.
    pub marks: Rc<LineMarks>,
    /// What is said about both texts.
    pub told: Told,
    /// Whether it can only be read.
    pub is_resting: bool,
    /// The text was changed; the cursor is in this line.
    pub on_text: Callback<(AttrValue, Option<usize>)>,
    /// The cursor is in this line.
    #[prop_or_default]
    pub on_line: Callback<usize>,
    /// The pointer rests on this line, or on none.
    #[prop_or_default]
    pub on_hover: Callback<Option<usize>>,
}

/// The editor.
#[component]
pub fn Editor(props: &EditorProps) -> Html {
    let (host, area) = (use_node_ref(), use_node_ref());
    let is_rich = use_rich(props, &host, &area);
    html! {
        <div class={classes!("editor", props.is_resting.then_some("resting"), is_rich.then_some("rich"))}>
            if !is_rich {
                { plain(props, &area) }
            }
            <div class="host" ref={host} />
        </div>
    }
}

/// The editor, once it is here: made from the text field that it replaces, and told of everything that changes.
#[hook]
fn use_rich(props: &EditorProps, host: &NodeRef, area: &NodeRef) -> bool {
    let editor = use_mut_ref(|| None::<browser::Editor>);
    // read through this cell, so that the editor never tells those of an earlier rendering
    let latest = use_mut_ref(|| props.clone());
    latest.replace(props.clone());
    let draw_again = use_force_update();
    let give_up = draw_again.clone();
    let begin = {
        let (editor, host, area) = (editor.clone(), host.clone(), area.clone());
        move || {
            editor.replace(begin(&latest, &host, &area));
            draw_again.force_update();
        }
    };
    use_effect_with((), move |()| {
        let listener = browser::on_editor(begin);
        move || drop(listener)
    });
    let is_rich = editor.borrow().is_some();
    use_effect_with((is_rich, props.clone()), move |(_, props)| {
        let is_sound = editor.borrow().as_ref().is_none_or(|editor| {
            let EditorProps { marks, told, tab, .. } = props;
            let Told { current, is_of_now, advised } = told;
            let advised = advised.as_ref().filter(|one| one.texts() == current.texts());
            let advice = advised.and_then(Advised::advice);
            // what is said of another text has its lines, and the editor keeps those that it has
            let marks = is_of_now.then(|| editor_marks::marks(marks, &current.view, advice, *tab));
            editor.update(&props.history, &props.text, props.is_resting, marks)
        });
        // the text field does its work again
        if !is_sound {
            editor.replace(None);
            give_up.force_update();
        }
    });
    is_rich
}

fn begin(
    latest: &Rc<RefCell<EditorProps>>,
    host: &NodeRef,
    area: &NodeRef,
) -> Option<browser::Editor> {
    let props = latest.borrow();
    let beginning = Beginning {
        parent: &host.cast()?,
        area: &area.cast()?,
        id: props.id,
        label: props.label,
        key: &props.history,
        text: &props.text,
        is_read_only: props.is_resting,
    };
    // what it tells may draw the page anew, and that writes into the cell: nobody may be reading it then
    let now = || {
        let latest = latest.clone();
        move || latest.borrow().clone()
    };
    let (typed, moved, hovered, asked) = (now(), now(), now(), latest.clone());
    let vocabulary = move || {
        let props = asked.borrow();
        let advice = props.told.advised.as_ref().and_then(Advised::advice);
        advice.map(|advice| advice.vocabulary.clone()).unwrap_or_default()
    };
    let callbacks = Callbacks::new(
        move |text, line| typed().on_text.emit((text.into(), Some(line))),
        move |line| moved().on_line.emit(line),
        move |line| hovered().on_hover.emit(line),
        vocabulary,
    );
    browser::Editor::begin(&beginning, callbacks)
}

fn plain(props: &EditorProps, area: &NodeRef) -> Html {
    field(&Field {
        id: props.id,
        label: props.label,
        text: &props.text,
        marks: &props.marks,
        is_resting: props.is_resting,
        area,
        on_text: &props.on_text,
        on_line: &props.on_line,
    })
}
