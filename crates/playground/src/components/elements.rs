//! Draws the elements of panels that are not components yet. Text nodes and attributes only, whatever they say.

use std::rc::Rc;

use protocol::{Element, FIELD, Node, Press};
use yew::{
    AttrValue, Callback, Html, InputEvent, MouseEvent, SubmitEvent,
    html::{onclick, oninput, onsubmit},
    virtual_dom::{AttributeOrProperty, VTag, VText},
};

use crate::browser;

/// Whom to tell, and what somebody has typed into the field in the meantime.
pub struct Drawing {
    /// Something was pressed.
    pub pressed: Callback<Press>,
    /// Something was typed.
    pub on_typed: Callback<AttrValue>,
    /// What was typed.
    pub typed: Option<AttrValue>,
}

/// An element.
pub fn drawn(element: &Element, drawing: &Drawing) -> Html {
    let mut tag = VTag::new(element.name.clone());
    for (name, value) in &element.attributes {
        let value = AttrValue::from(value.clone());
        if name == "value" {
            tag.set_value(Some(drawing.typed.clone().unwrap_or(value)));
            let typed = drawing.on_typed.reform(|_: InputEvent| browser::value_of(FIELD).into());
            tag.add_listener(Rc::new(oninput::Wrapper::new(typed)));
        } else {
            let attributes = tag.attributes.get_mut_index_map();
            let name = AttrValue::from(name.clone());
            attributes.insert(name, AttributeOrProperty::Attribute(value));
        }
    }
    if let Some(press) = &element.press {
        listen(&mut tag, press.clone(), drawing.pressed.clone());
    }
    for child in &element.children {
        tag.add_child(match child {
            Node::Element(child) => drawn(child, drawing),
            Node::Text(text) => VText::new(text.clone()).into(),
        });
    }
    tag.into()
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
