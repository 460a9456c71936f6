//! Draws what the module of advice has sketched. Text nodes and attributes only, whatever the words say.

use std::rc::Rc;

use yew::{
    AttrValue, Callback, Html, InputEvent, MouseEvent, SubmitEvent,
    html::{onclick, oninput, onsubmit},
    virtual_dom::{AttributeOrProperty, VTag, VText},
};

use crate::{
    browser,
    sketch::{ELEMENT, FIELD, Press, take_press},
    wire::Words,
};

/// Whom to tell, and what somebody has typed into the field in the meantime.
pub struct Drawing {
    /// Something was pressed.
    pub pressed: Callback<Press>,
    /// Something was typed.
    pub on_typed: Callback<AttrValue>,
    /// What was typed.
    pub typed: Option<AttrValue>,
}

/// The next element or text; `None` where the words end.
pub fn drawn(words: &mut Words, drawing: &Drawing) -> Option<Html> {
    let is_element = words.text()? == ELEMENT;
    let name = words.text()?;
    if !is_element {
        return Some(VText::new(name).into());
    }
    let mut tag = VTag::new(name);
    for (name, value) in words.many(|words| Some((words.text()?, words.text()?)))? {
        let value = AttrValue::from(value);
        if name == "value" {
            tag.set_value(Some(drawing.typed.clone().unwrap_or(value)));
            let typed = drawing.on_typed.reform(|_: InputEvent| browser::value_of(FIELD).into());
            tag.add_listener(Rc::new(oninput::Wrapper::new(typed)));
        } else {
            let attributes = tag.attributes.get_mut_index_map();
            attributes.insert(name.into(), AttributeOrProperty::Attribute(value));
        }
    }
    if let Some(press) = take_press(words) {
        listen(&mut tag, press, drawing.pressed.clone());
    }
    for child in words.many(|words| drawn(words, drawing))? {
        tag.add_child(child);
    }
    Some(tag.into())
}

fn listen(tag: &mut VTag, press: Press, pressed: Callback<Press>) {
    if press == Press::Field {
        let sent = Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            pressed.emit(Press::Connection(browser::value_of(FIELD)));
        });
        tag.add_listener(Rc::new(onsubmit::Wrapper::new(sent)));
    } else {
        let pressed = pressed.reform(move |_: MouseEvent| press.clone());
        tag.add_listener(Rc::new(onclick::Wrapper::new(pressed)));
    }
}
