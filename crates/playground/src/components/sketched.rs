//! Draws what the module of advice has sketched. Text nodes and attributes only, whatever the words say.

use std::rc::Rc;

use yew::{
    AttrValue, Callback, Html, MouseEvent, SubmitEvent,
    html::{onclick, onsubmit},
    virtual_dom::{AttributeOrProperty, VTag, VText},
};

use crate::{
    browser,
    sketch::{ELEMENT, Press, take_press},
    wire::Words,
};

/// The next element or text; `None` where the words end.
pub fn drawn(words: &mut Words, pressed: &Callback<Press>) -> Option<Html> {
    let is_element = words.text()? == ELEMENT;
    let name = words.text()?;
    if !is_element {
        return Some(VText::new(name).into());
    }
    let mut tag = VTag::new(name);
    for (name, value) in words.many(|words| Some((words.text()?, words.text()?)))? {
        let value = AttrValue::from(value);
        if name == "value" {
            tag.set_value(Some(value));
        } else {
            let attributes = tag.attributes.get_mut_index_map();
            attributes.insert(name.into(), AttributeOrProperty::Attribute(value));
        }
    }
    if let Some(press) = take_press(words) {
        listen(&mut tag, press, pressed.clone());
    }
    for child in words.many(|words| drawn(words, pressed))? {
        tag.add_child(child);
    }
    Some(tag.into())
}

fn listen(tag: &mut VTag, press: Press, pressed: Callback<Press>) {
    if let Press::Field(id) = press {
        let sent = Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            pressed.emit(Press::Connection(browser::value_of(&id)));
        });
        tag.add_listener(Rc::new(onsubmit::Wrapper::new(sent)));
    } else {
        let pressed = pressed.reform(move |_: MouseEvent| press.clone());
        tag.add_listener(Rc::new(onclick::Wrapper::new(pressed)));
    }
}
