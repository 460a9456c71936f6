//! A moment as Go's `time.Parse` reads it under RFC 3339, and what it says of a text that is none.

/// Go's name of the format.
const LAYOUT: &str = "2006-01-02T15:04:05Z07:00";

/// What is wrong with a text; nothing where it is a moment.
pub(crate) fn moment(text: &str) -> Option<String> {
    let mut reader = Reader { rest: text };
    let fault = reader.read().err()?;
    let text = quoted(text);
    Some(match fault {
        Fault::Word(rest, word) => {
            let (rest, word) = (quoted(rest), quoted(word));
            let layout = quoted(LAYOUT);
            format!("parsing time {text} as {layout}: cannot parse {rest} as {word}")
        }
        Fault::Range(what) => format!("parsing time {text}: {what} out of range"),
        Fault::Extra(rest) => format!("parsing time {text}: extra text: {}", quoted(rest)),
    })
}

/// Why a text is no moment.
enum Fault<'t> {
    /// What stands where this part of the format belongs.
    Word(&'t str, &'static str),
    /// A part that is too large.
    Range(&'static str),
    /// Something behind it.
    Extra(&'t str),
}

struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    fn read(&mut self) -> Result<(), Fault<'t>> {
        let year = self.number(4, 4, "2006")?;
        self.sign("-")?;
        let month = self.number(2, 2, "01")?;
        within(1, month, 12, "month")?;
        self.sign("-")?;
        let day = self.number(2, 2, "02")?;
        self.sign("T")?;
        let hour = self.number(1, 2, "15")?;
        within(0, hour, 23, "hour")?;
        self.sign(":")?;
        let minute = self.number(2, 2, "04")?;
        within(0, minute, 59, "minute")?;
        self.sign(":")?;
        let second = self.number(2, 2, "05")?;
        within(0, second, 59, "second")?;
        self.fraction();
        self.zone()?;
        if !self.rest.is_empty() {
            return Err(Fault::Extra(self.rest));
        }
        within(1, day, days(year, month), "day")
    }

    /// So many digits.
    fn number(&mut self, least: usize, most: usize, word: &'static str) -> Result<u32, Fault<'t>> {
        let digits = self.rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let (number, rest) = self.rest.split_at_checked(digits).unwrap_or(("", self.rest));
        match number.parse() {
            Ok(number) if digits >= least => {
                self.rest = rest;
                Ok(number)
            }
            _ => Err(Fault::Word(self.rest, word)),
        }
    }

    fn sign(&mut self, sign: &'static str) -> Result<(), Fault<'t>> {
        self.rest = self.rest.strip_prefix(sign).ok_or(Fault::Word(self.rest, sign))?;
        Ok(())
    }

    /// Seconds may have a fraction, though the format has none.
    fn fraction(&mut self) {
        let Some(digits) = self.rest.strip_prefix(['.', ',']) else { return };
        let behind = digits.trim_start_matches(|c: char| c.is_ascii_digit());
        if behind.len() < digits.len() {
            self.rest = behind;
        }
    }

    /// `Z`, or `+07:00`.
    fn zone(&mut self) -> Result<(), Fault<'t>> {
        if let Some(rest) = self.rest.strip_prefix('Z') {
            self.rest = rest;
            return Ok(());
        }
        let hold = self.rest;
        let is_none = |_| Fault::Word(hold, "Z07:00");
        self.rest = hold.strip_prefix(['+', '-']).ok_or_else(|| is_none(hold))?;
        let hour = self.number(2, 2, "").map_err(|_| is_none(hold))?;
        self.sign(":").map_err(|_| is_none(hold))?;
        let minute = self.number(2, 2, "").map_err(|_| is_none(hold))?;
        // some people do write offsets of 24 hours or 60 minutes, it says there
        within(0, hour, 24, "time zone offset hour")?;
        within(0, minute, 60, "time zone offset minute")
    }
}

const fn within<'t>(
    least: u32,
    number: u32,
    most: u32,
    what: &'static str,
) -> Result<(), Fault<'t>> {
    if least <= number && number <= most { Ok(()) } else { Err(Fault::Range(what)) }
}

const fn days(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The longest text that is quoted whole.
const MOST_QUOTED: usize = 1_000;

/// As Go's package quotes it: what is no printable ASCII byte by byte; a very long text is cut.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for (at, byte) in text.bytes().enumerate() {
        if at == MOST_QUOTED {
            quoted.push('…');
            break;
        }
        match byte {
            b'"' | b'\\' => quoted.extend(['\\', char::from(byte)]),
            b' '..=0x7f => quoted.push(char::from(byte)),
            _ => quoted.extend([format!("\\x{byte:02x}")]),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_read_as_go_reads_it() {
        for text in [
            "2024-01-02T03:04:05Z",
            "2024-02-29T3:04:05.123456789012Z",
            "2024-01-02T23:59:59,5+24:60",
            "0000-01-02T03:04:05-07:00",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_moment_is_told_in_the_words_of_go() {
        let as_layout = "as \"2006-01-02T15:04:05Z07:00\": cannot parse";
        for (text, told) in [
            ("", format!("parsing time \"\" {as_layout} \"\" as \"2006\"")),
            ("now", format!("parsing time \"now\" {as_layout} \"now\" as \"2006\"")),
            ("2024-01-02", format!("parsing time \"2024-01-02\" {as_layout} \"\" as \"T\"")),
            (
                "2024-01-02 03:04:05Z",
                format!("parsing time \"2024-01-02 03:04:05Z\" {as_layout} \" 03:04:05Z\" as \"T\""),
            ),
            (
                "2024-01-02T03:04:05",
                format!("parsing time \"2024-01-02T03:04:05\" {as_layout} \"\" as \"Z07:00\""),
            ),
            (
                "2024-01-02T03:04:05+0100",
                format!("parsing time \"2024-01-02T03:04:05+0100\" {as_layout} \"+0100\" as \"Z07:00\""),
            ),
            (
                "2024-1-02T03:04:05Z",
                format!("parsing time \"2024-1-02T03:04:05Z\" {as_layout} \"1-02T03:04:05Z\" as \"01\""),
            ),
            ("2024-13-02T03:04:05Z", "parsing time \"2024-13-02T03:04:05Z\": month out of range".to_owned()),
            ("2023-02-29T03:04:05Z", "parsing time \"2023-02-29T03:04:05Z\": day out of range".to_owned()),
            ("2024-01-02T24:04:05Z", "parsing time \"2024-01-02T24:04:05Z\": hour out of range".to_owned()),
            (
                "2024-01-02T03:04:05Z é\"",
                "parsing time \"2024-01-02T03:04:05Z \\xc3\\xa9\\\"\": extra text: \" \\xc3\\xa9\\\"\"".to_owned(),
            ),
        ] {
            assert_eq!(moment(text), Some(told));
        }
    }
}
