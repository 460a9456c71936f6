//! What policies, pods and Services write of ports: numbers, names and protocols.

use super::{
    advice::Advice,
    complaint::quoted,
    fields::{Field, go},
    help::{PORT_NUMBERS, port_number},
    walk::Walker,
};
use crate::{
    field::Segment,
    ports::Protocol,
    remedy::Remedy,
    scalar::{Scalar, whole},
    validate,
    yaml::Value,
};

impl<'n> Walker<'_> {
    /// A number as Go's `int32` takes it from JSON: `80.0` is 80, `80.5` is a type error.
    pub(super) fn int32(&mut self, field: &Field<'n>, owner: &'static str) -> Option<i32> {
        let number = match &field.node.value {
            Value::Scalar(Scalar::Int(value)) => i32::try_from(*value).ok(),
            Value::Scalar(Scalar::Float(decimal)) => {
                whole(decimal).and_then(|number| i32::try_from(number).ok())
            }
            _ => None,
        };
        if number.is_none() {
            self.wrong_type(field, go(owner, "int32"));
        }
        number
    }

    /// The number, where it is a port's.
    pub(super) fn checked_port(&mut self, field: &Field<'n>, value: i32) -> Option<u16> {
        let port = u16::try_from(value).ok().filter(|port| *port > 0);
        if port.is_none() {
            let complaint = "must be between 1 and 65535, inclusive".to_owned();
            self.invalid(field, &value.to_string(), &[complaint]);
        }
        port
    }

    /// The name of a container's port, checked.
    pub(super) fn port_name(&mut self, field: &Field<'n>, name: &str) {
        let advice = in_quotes(field, name.trim());
        self.invalid_with(field, &quoted(name), &validate::port_name(name), advice);
    }

    /// `protocol` of a port of a pod or Service: TCP where it is missing or empty.
    pub(super) fn protocol(&mut self, port: &Field<'n>, owner: &'static str) -> Option<Protocol> {
        let Some(field) = port.get("protocol") else { return Some(Protocol::Tcp) };
        let text = self.text(&field, go(owner, "v1.Protocol"))?;
        let protocol =
            if text.is_empty() { Some(Protocol::Tcp) } else { Protocol::from_name(text) };
        if protocol.is_none() {
            self.unsupported(&field, text, "\"SCTP\", \"TCP\", \"UDP\"");
        }
        protocol
    }
}

/// What to do about a number in quotes, which is the name of a port.
fn in_quotes(port: &Field<'_>, text: &str) -> Option<Advice> {
    let number: i128 = text.parse().ok()?;
    if port.path.segments().last() == Some(&Segment::Key("name".to_owned())) {
        return Some("a port's name needs a letter, as in `http`".into());
    }
    let Some(number) = port_number(number) else { return Some(PORT_NUMBERS.into()) };
    let help = format!("a port in quotes is a port's *name*; write {number} without quotes");
    Some(Advice { help, remedy: Some(Remedy::Write(number.to_string())) })
}
