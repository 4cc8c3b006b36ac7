//! Names: what people call users, tokens, rules and webhooks.

use std::fmt;

use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory, GeneralCategoryGroup};
use icu_properties::{CodePointMapData, CodePointSetData};
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;
use unicode_security::confusable_detection::skeleton;
use unicode_security::{GeneralSecurityProfile, MixedScript};

/// The most characters of a name.
const LONGEST: usize = 64;

/// The name of a token, rule or webhook: 1 to 64 characters in NFC, each of which can be seen, no space at its ends and
/// no two together, which pages show as one, and no heap of marks on a letter.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Name(String);

impl Name {
    /// `None` for what is no name.
    pub fn parse(text: &str) -> Option<Self> {
        // Nobody's name grows by so much: huge texts are not normalised.
        if text.len() > 8 * LONGEST || !text.chars().all(is_visible) {
            return None;
        }
        let text: String = text.nfc().collect();
        let fits = (1..=LONGEST).contains(&text.chars().count()) && text.trim() == text && !text.contains("  ");
        (fits && marks_are_readable(&text)).then_some(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether marks stand on letters, as Unicode Technical Standard 39 has it (5.4): no more than four on one, none twice.
fn marks_are_readable(text: &str) -> bool {
    const MOST: usize = 4;
    let category = CodePointMapData::<GeneralCategory>::new();
    let mut before = ' ';
    let mut marks = 0;
    text.chars().all(|c| {
        let is_mark = matches!(category.get(c), GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark);
        let bearer = std::mem::replace(&mut before, c);
        marks = if is_mark { marks + 1 } else { 0 };
        !is_mark || bearer != ' ' && bearer != c && marks <= MOST
    })
}

/// Whether all digits are of one row, as 0 to 9: a 1 of another script can look like any letter.
fn digits_are_of_one_row(text: &str) -> bool {
    let category = CodePointMapData::<GeneralCategory>::new();
    // No row of ten crosses a block of 16.
    let mut rows =
        text.chars().filter(|&c| category.get(c) == GeneralCategory::DecimalNumber).map(|c| u32::from(c) >> 4);
    rows.next().is_none_or(|first| rows.all(|row| row == first))
}

/// Whether a character can be seen where it stands. Of the spaces, only the common one has a place in a name.
pub fn is_visible(c: char) -> bool {
    let blank = GeneralCategoryGroup::Separator.union(GeneralCategoryGroup::Other);
    let is_blank = blank.contains(CodePointMapData::<GeneralCategory>::new().get(c));
    let ignorable = CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c);
    // The empty pattern of Braille is a symbol in name only.
    c == ' ' || !(is_blank || ignorable || c == '\u{2800}')
}

/// The name of a user. Beside what holds for every [`Name`], it has letters and digits of one script and a few marks,
/// after the general profile of Unicode Technical Standard 39. Japanese mixes its scripts, as it is written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct UserName(Name);

impl UserName {
    /// `None` for what is no name of a user.
    pub fn parse(text: &str) -> Option<Self> {
        let Name(name) = Name::parse(text)?;
        let name = Name::parse(&compatible(&name))?;
        let text = name.as_str();
        let allowed = text.chars().all(|c| matches!(c, ' ' | '@') || c.identifier_allowed());
        let is_plain = text.is_single_script() && digits_are_of_one_row(text);
        let good = allowed && text.chars().any(char::is_alphanumeric) && is_plain;
        good.then_some(Self(name))
    }

    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether people would take this name for the other one, which may be older than these rules.
    pub fn looks_like(&self, other: &str) -> bool {
        let (one, other) = (self.as_str(), compatible(other));
        let lower = (one.to_lowercase(), other.to_lowercase());
        lower.0 == lower.1 || look(one) == look(&other) || look(&lower.0) == look(&lower.1)
    }
}

impl fmt::Display for UserName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The same for texts that look the same: what does not show is left out, and the digit 0 is an O.
fn look(text: &str) -> String {
    skeleton(text).filter(|c| is_visible(*c)).collect::<String>().to_lowercase()
}

/// A user's name in the form in which it is kept, as far as it can have that form: wide letters are plain ones.
pub fn compatible(name: &str) -> String {
    name.nfkc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const INVISIBLE: [&str; 16] = [
        "",
        " olga",
        "ol\0ga",
        "ol\nga",
        "ol\u{200b}ga",
        "\u{202e}agol",
        "olga\u{2066}",
        "\u{feff}olga",
        "ol\u{34f}ga",
        "\u{3164}",
        "ol\u{2800}ga",
        "ol\u{ad}ga",
        "ol\u{200d}ga",
        "ol\u{a0}ga",
        "ol\u{e0061}ga",
        "ol\u{e000}ga",
    ];

    #[test]
    fn no_name_hides_anything() {
        for good in ["olga", "Zoë", "山田", "a b", "👩💻", "..", "a/b", "CRM → 4D (Ночь)", &"x".repeat(64)]
        {
            assert_eq!(Name::parse(good).map(|name| name.to_string()).as_deref(), Some(good));
        }
        for bad in INVISIBLE {
            assert!(Name::parse(bad).is_none() && UserName::parse(bad).is_none(), "{bad:?}");
        }
        assert!(Name::parse(&"x".repeat(65)).is_none() && Name::parse(&"e\u{301}".repeat(64)).is_some());
        assert_eq!(Name::parse("Zoe\u{308}"), Name::parse("Zoë"));
    }

    #[test]
    fn names_have_few_marks_and_single_spaces() {
        for bad in ["a  b", "\u{301}a", "a \u{301}b", "x\u{338}\u{338}", "x\u{321}\u{322}\u{327}\u{328}\u{338}"] {
            assert!(Name::parse(bad).is_none(), "{bad:?}");
        }
        assert!(Name::parse("שָׁלוֹם").is_some() && Name::parse("x\u{338}").is_some());
        for good in ["กี่", "שלום", "Việt", "हिन्दी"] {
            assert!(UserName::parse(good).is_some(), "{good}");
        }
        assert!(UserName::parse("1\u{662}3").is_none() && UserName::parse("\u{967}\u{968}45").is_none());
        assert!(UserName::parse("\u{661}\u{662}").is_some());
    }

    #[test]
    fn a_user_has_letters_of_one_script() {
        for good in ["olga", "Zoë Ö'Neil-2", "山田 たろう", "カメラ係", "김철수", "Ольга", "o.k_2@example.org", "أحمد"]
        {
            assert_eq!(UserName::parse(good).map(|name| name.to_string()).as_deref(), Some(good));
        }
        for bad in ["\u{43e}lga", "olgа", "..", "a/b", "👩", "a<b>", "Ωmega", "x\u{2044}y", "@ ."] {
            assert!(UserName::parse(bad).is_none(), "{bad:?}");
        }
        assert_eq!(UserName::parse("ｏｌｇａ"), UserName::parse("olga"));
    }

    #[test]
    fn names_that_look_alike_are_found() {
        let alike = |one: &str, other: &str| UserName::parse(one).unwrap().looks_like(other);
        for (one, other) in [("olga", "OLGA"), ("user1", "userl"), ("o", "0"), ("сора", "copa"), ("Ivan", "lvan")] {
            assert!(alike(one, other), "{one} {other}");
        }
        assert!(alike("olga", "ol\u{200b}ga") && alike("Zoë", "Zoe\u{308}"));
        assert!(!alike("olga", "olgo") && !alike("user1", "user2") && !alike("Zoë", "Zoe"));
    }
}
