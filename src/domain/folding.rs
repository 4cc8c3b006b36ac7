//! Text as 4D compares it: letter case and accents aside (source: its language reference).

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The text without letter case and accents.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase).collect()
}

/// Whether 4D probably takes the two for the same.
pub fn alike(one: &str, other: &str) -> bool {
    one == other || fold(one) == fold(other)
}
