//! Names where blanks part things: bytes as `%20`.

use std::fmt::Write as _;

/// `name` with blanks, control characters, `%` and the characters of `also` as percent codes of their
/// UTF-8 bytes.
pub(super) fn escape(name: &str, also: &str) -> String {
    name.chars().fold(String::new(), |mut out, c| {
        if c.is_whitespace() || c.is_control() || c == '%' || also.contains(c) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
        out
    })
}

/// What [`escape`] was made of.
pub(super) fn unescape(name: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = name.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let code = tail.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        if let Some(code) = code.filter(|_| byte == b'%') {
            bytes.push(code);
            rest = &tail[2..];
        } else {
            bytes.push(byte);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
