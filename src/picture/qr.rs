//! A link as a QR code, for slides and paper.

use qrcodegen::{QrCode, QrCodeEcc};
use std::fmt::Write;

/// More than this a camera does not read well from a screen; the code has 117 dots a side then.
pub const LONGEST: usize = 1_273;

/// The quiet ground around a code, in dots.
const QUIET: i32 = 4;

/// A code as one path, black on white wherever it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// How many dots wide and high it is, with the ground around it.
    pub side: i32,
    /// The dots, as the path of an SVG file.
    pub path: String,
}

/// The code of an address; `None` if it is too long for one.
pub fn code(address: &str) -> Option<Code> {
    if address.len() > LONGEST {
        return None;
    }
    let code = QrCode::encode_text(address, QrCodeEcc::Low).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let length = (x..code.size()).take_while(|x| code.get_module(*x, y)).count() as i32;
            if length > 0 {
                // Writing to a String cannot fail.
                let _ = write!(path, "M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET);
            }
            x += length.max(1);
        }
    }
    Some(Code { side: code.size() + 2 * QUIET, path })
}

impl Code {
    /// As a file.
    pub fn svg(&self) -> String {
        let Code { side, path } = self;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{0}\" viewBox=\"0 0 {side} {side}\" \
             shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}h-{side}z\"/><path d=\"{path}\"/></svg>\n",
            side * 4
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_as_large_as_its_address_is_long() {
        let side = |length: usize| code(&"a".repeat(length)).map(|code| code.side);
        assert_eq!((side(17), side(18)), (Some(21 + 8), Some(25 + 8)), "versions 1 and 2");
        assert_eq!((side(LONGEST), side(LONGEST + 1)), (Some(117 + 8), None));
    }

    #[test]
    fn three_corners_show_where_it_is() {
        let code = code("https://example.org/#v1.abc").expect("it is short");
        let row = |y: i32| format!("M4 {y}h7v1h-7z");
        assert!(code.path.starts_with(&row(4)), "{}", code.path);
        for (y, x) in [(4, code.side - 11), (code.side - 11, 4)] {
            assert!(code.path.contains(&format!("M{x} {y}h7v1h-7z")), "{x} {y}");
        }
        assert!(code.svg().starts_with("<svg xmlns") && code.svg().contains("#fff"));
    }
}
