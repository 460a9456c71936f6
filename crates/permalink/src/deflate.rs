//! Raw deflate (RFC 1951) with a preset dictionary, bounded on the way out. Knows bytes, and not what they say.

use miniz_oxide::deflate::core::deflate_flags::{
    TDEFL_FORCE_ALL_STATIC_BLOCKS, TDEFL_GREEDY_PARSING_FLAG,
};
use miniz_oxide::deflate::core::{CompressorOxide, TDEFLFlush, TDEFLStatus, compress_to_output};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::{
    TINFL_FLAG_HAS_MORE_INPUT, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
};
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

/// Look at this many earlier places for the longest match: as many as there can be.
const MOST_PROBES: u32 = 0xFFF;

/// The compressor does not weigh these against each other by itself. Short texts do without a code table of their
/// own, long ones pay for it; taking the first match at once wins now and then.
const STRATEGIES: [u32; 4] = [
    MOST_PROBES,
    MOST_PROBES | TDEFL_FORCE_ALL_STATIC_BLOCKS,
    MOST_PROBES | TDEFL_GREEDY_PARSING_FLAG,
    MOST_PROBES | TDEFL_GREEDY_PARSING_FLAG | TDEFL_FORCE_ALL_STATIC_BLOCKS,
];

/// Why bytes could not be inflated.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum InflateError {
    /// The bytes end before the text does. Holds the text up to there.
    CutOff(Vec<u8>),
    /// The bytes are not deflate, or go on after its end.
    Broken,
    /// The text is longer than allowed.
    TooLarge,
}

/// The shortest form that the compressor finds. The same on every machine: no floating point, no clock, no threads.
pub(crate) fn deflate(dictionary: &[u8], text: &[u8]) -> Vec<u8> {
    let attempts = STRATEGIES.iter().filter_map(|&strategy| attempt(strategy, dictionary, text));
    attempts.min_by_key(Vec::len).unwrap_or_default()
}

fn attempt(strategy: u32, dictionary: &[u8], text: &[u8]) -> Option<Vec<u8>> {
    let mut compressor = CompressorOxide::new(strategy);
    // miniz_oxide has no call for a dictionary. So compress it, end at a byte boundary and throw that output away:
    // what stays is a compressor that has seen the dictionary, which is all that a preset dictionary is.
    compress_to_output(&mut compressor, dictionary, TDEFLFlush::Sync, |_| true);
    let mut deflated = Vec::new();
    let (status, used) = compress_to_output(&mut compressor, text, TDEFLFlush::Finish, |bytes| {
        deflated.extend_from_slice(bytes);
        true
    });
    (status == TDEFLStatus::Done && used == text.len()).then_some(deflated)
}

/// The text of bytes that end where the text ends; at most `bound` bytes of it. Memory is set aside once, for the
/// dictionary and the bound, whatever the bytes claim.
pub(crate) fn inflate(
    dictionary: &[u8],
    bytes: &[u8],
    bound: usize,
) -> Result<Vec<u8>, InflateError> {
    let start = dictionary.len();
    let mut window = dictionary.to_vec();
    window.resize(start + bound, 0);
    let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF | TINFL_FLAG_HAS_MORE_INPUT;
    let (status, used, written) =
        decompress(&mut DecompressorOxide::new(), bytes, &mut window, start, flags);
    window.truncate(start + written);
    let text = window.split_off(start);
    match status {
        TINFLStatus::Done if used == bytes.len() => Ok(text),
        TINFLStatus::NeedsMoreInput => Err(InflateError::CutOff(text)),
        TINFLStatus::HasMoreOutput => Err(InflateError::TooLarge),
        _ => Err(InflateError::Broken),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DICTIONARY: &[u8] = b"kind: NetworkPolicy";

    #[test]
    fn the_dictionary_makes_it_short() {
        let text = b"kind: NetworkPolicy\n";
        let deflated = deflate(DICTIONARY, text);
        assert!(deflated.len() < 8, "{} bytes", deflated.len());
        assert_eq!(inflate(DICTIONARY, &deflated, 100), Ok(text.to_vec()));
    }

    #[test]
    fn another_dictionary_gives_another_text() {
        let deflated = deflate(DICTIONARY, b"kind: NetworkPolicy\n");
        assert_ne!(
            inflate(b"kind: NetworkChaos!", &deflated, 100),
            Ok(b"kind: NetworkPolicy\n".to_vec())
        );
        assert_eq!(
            inflate(b"", &deflated, 100),
            Err(InflateError::Broken),
            "a match before the beginning"
        );
    }

    #[test]
    fn the_bound_itself_is_allowed_and_one_more_is_not() {
        for text in [vec![b'a'; 1000], (0..1000_u32).map(|n| (n * n % 251) as u8).collect()] {
            let deflated = deflate(DICTIONARY, &text);
            assert_eq!(inflate(DICTIONARY, &deflated, 1000), Ok(text));
            assert_eq!(inflate(DICTIONARY, &deflated, 999), Err(InflateError::TooLarge));
        }
    }

    #[test]
    fn bytes_after_the_end_are_refused() {
        let mut deflated = deflate(DICTIONARY, b"kind");
        deflated.push(0);
        assert_eq!(inflate(DICTIONARY, &deflated, 100), Err(InflateError::Broken));
    }

    #[test]
    fn what_comes_before_the_cut_is_kept() {
        let text = b"kind: NetworkPolicy\nmetadata:\n  name: a name that no dictionary holds\n";
        let deflated = deflate(DICTIONARY, text);
        for length in 0..deflated.len() {
            let Err(InflateError::CutOff(beginning)) =
                inflate(DICTIONARY, &deflated[..length], 100)
            else {
                panic!("{length} of {} bytes", deflated.len());
            };
            assert!(text.starts_with(&beginning));
        }
    }
}
