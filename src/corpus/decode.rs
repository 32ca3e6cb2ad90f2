//! From bytes to text: UTF-8 with or without byte order mark, UTF-16 with one; whatever is neither
//! is refused with a reason, never guessed at.

use encoding_rs::{UTF_16BE, UTF_16LE};

/// One byte in so many may be NUL: texts that went through other programs end in one now and then,
/// binary files are full of them.
const NULS_OF: usize = 100;

/// The text of `bytes` with `\n` line ends (`\r\n` and a lone `\r` become `\n`), without byte order
/// mark.
///
/// # Errors
/// Why the bytes are no text, in a few words.
pub(super) fn decode(bytes: Vec<u8>) -> Result<String, String> {
    let text = match bytes.as_slice() {
        [] => return Err("empty file".to_owned()),
        [0xFF, 0xFE, rest @ ..] => utf16(UTF_16LE, rest)?,
        [0xFE, 0xFF, rest @ ..] => utf16(UTF_16BE, rest)?,
        _ => utf8(bytes)?,
    };
    if text.trim().is_empty() {
        return Err("holds nothing but white space".to_owned());
    }
    Ok(unix_lines(text))
}

fn utf16(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Result<String, String> {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(std::borrow::Cow::into_owned)
        .ok_or_else(|| format!("not valid {}, though it begins with its byte order mark", encoding.name()))
}

fn utf8(mut bytes: Vec<u8>) -> Result<String, String> {
    let nuls = memchr::memchr_iter(0, &bytes).count();
    if nuls > 0 && (nuls * NULS_OF > bytes.len() || std::str::from_utf8(&bytes).is_err()) {
        return Err("a binary file, not text".to_owned());
    }
    if nuls > 0 {
        // As wide as it was, so that offsets stay.
        bytes.iter_mut().filter(|byte| **byte == 0).for_each(|byte| *byte = b' ');
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!(
            "not valid UTF-8 (first fault at byte {at}); convert it first, as with `iconv -f WINDOWS-1256 -t UTF-8`"
        )
    })
}

fn unix_lines(text: String) -> String {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return text;
    }
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_with_their_marks() {
        let utf16: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("خبر".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for bytes in ["خبر".as_bytes().to_vec(), b"\xEF\xBB\xBF\xD8\xAE\xD8\xA8\xD8\xB1".to_vec(), utf16] {
            assert_eq!(decode(bytes).as_deref(), Ok("خبر"));
        }
    }

    #[test]
    fn line_ends_become_one() {
        assert_eq!(decode(b"a\r\nb\rc\n".to_vec()).as_deref(), Ok("a\nb\nc\n"));
    }

    #[test]
    fn a_stray_nul_is_a_space() {
        let text = format!("{}\0\n", "خبر ".repeat(50));
        assert_eq!(decode(text.clone().into_bytes()), Ok(text.replace('\0', " ")));
    }

    #[test]
    fn no_text_has_a_reason() {
        for (bytes, reason) in [
            (&b""[..], "empty"),
            (b"\xEF\xBB\xBF", "white space"),
            (b"\n \n", "white space"),
            (b"\x7fELF\x00\x01", "binary"),
            (b"\xCE\xC8\xD1 ab", "not valid UTF-8 (first fault at byte 0)"),
            (b"ab\xD8", "not valid UTF-8 (first fault at byte 2)"),
            (b"\xFF\xFE\x00\xD8", "not valid UTF-16LE"),
        ] {
            let error = decode(bytes.to_vec()).unwrap_err();
            assert!(error.contains(reason), "{error}");
        }
    }
}
