//! The one notation of a connection: any text is read or refused, and what was read is written so
//! that it reads back as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use netpol::{Connection, Entity};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(entity) = text.parse::<Entity>() {
        assert_eq!(entity.to_string().parse(), Ok(entity));
    }
    match text.parse::<Connection>() {
        Ok(connection) => {
            assert!(connection.port > 0);
            let written = connection.to_string();
            assert_eq!(written.parse::<Connection>().as_ref(), Ok(&connection), "{written}");
        }
        Err(error) => assert!(!error.message.is_empty()),
    }
});
