//! What people decide on a session beside its file: that its device is not let in, and what they call it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::account::Actor;
use super::timestamp::Timestamp;

/// That a pending session is not let in: for 4D it stays pending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Declined {
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    pub by: Actor,
    /// Why, in the words of who declined it.
    pub reason: Option<String>,
}

/// What people call a device, and say of it: one of the two at least.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Note {
    /// A name for the device, as "second phone of the depot".
    pub name: Option<String>,
    /// Anything worth knowing, on one line or several.
    pub note: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    pub by: Actor,
}

/// A name for a device, on one line. The empty one is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeviceName(String);

impl DeviceName {
    /// The longest one, in characters.
    pub const LONGEST: usize = 64;

    /// Without the white space at its ends. `None` for a longer text, or one with a control character.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = text.chars().count() <= Self::LONGEST && !text.contains(char::is_control);
        fits.then(|| Self(text.to_owned()))
    }

    /// `None` for the empty one.
    pub fn into_text(self) -> Option<String> {
        Some(self.0).filter(|text| !text.is_empty())
    }
}

/// What is said of a device, on one line or several. The empty text is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteText(String);

impl NoteText {
    /// The longest one, in characters.
    pub const LONGEST: usize = 1000;

    /// Without the white space at its ends, each line ended by a line feed alone. `None` for a longer text, or one with
    /// any other control character.
    ///
    /// ```
    /// use mobile_sessions::domain::decision::NoteText;
    /// assert_eq!(NoteText::parse(" two\r\nlines ").unwrap().into_text().unwrap(), "two\nlines");
    /// assert!(NoteText::parse("a\0b").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.replace("\r\n", "\n");
        let text = text.trim();
        let is_refused = |c: char| c.is_control() && c != '\n';
        let fits = text.chars().count() <= Self::LONGEST && !text.contains(is_refused);
        fits.then(|| Self(text.to_owned()))
    }

    /// `None` for the empty one.
    pub fn into_text(self) -> Option<String> {
        Some(self.0).filter(|text| !text.is_empty())
    }
}

/// What the journal keeps of a decision: what stood before it, and what stands since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    Declined(Declined),
    Note(Note),
}

impl Decision {
    pub fn declined(&self) -> Option<&Declined> {
        match self {
            Self::Declined(declined) => Some(declined),
            Self::Note(_) => None,
        }
    }

    pub fn note(&self) -> Option<&Note> {
        match self {
            Self::Note(note) => Some(note),
            Self::Declined(_) => None,
        }
    }

    /// Whether it leaves all as another one did, whoever decided that, and when.
    pub fn is_as(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Note(one), Self::Note(other)) => one.name == other.name && one.note == other.note,
            (Self::Declined(_), Self::Declined(_)) => true,
            _ => false,
        }
    }
}
