//! What MOBILE APP REFRESH SESSIONS would report of a file, as findings: never an error.
//!
//! The codes 1 to 4 are those of 4D's component `mobi` (source: the command's reference).

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize, Serializer};
use strum::{EnumIter, IntoStaticStr};
use utoipa::ToSchema;

use super::document::Malformed;
use crate::i18n::Message;

/// One thing that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub kind: FindingKind,
    /// Where in the document, as a JSON pointer.
    pub pointer: Option<Cow<'static, str>>,
    assumed: bool,
}

/// What can be wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, EnumIter, IntoStaticStr, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum FindingKind {
    /// The folder is not that of the file's team and application.
    WrongFolder,
    /// The file's name is not its session id.
    WrongName,
    /// The file could not be read, in the operating system's words.
    Unreadable(String),
    /// The file has no content: often it is being written.
    Empty,
    /// The file is larger than this many bytes, and was not read.
    TooLarge(u64),
    /// The first byte that is not UTF-8, counted from 0.
    #[strum(serialize = "not-utf8")]
    NotUtf8(usize),
    /// Not JSON: the line and column where reading stopped.
    NotJson(usize, usize),
    NotAnObject,
    /// The schema asks for a value that is not there.
    Missing,
    /// The schema asks for another type (its name).
    WrongType(String),
    /// Another keyword of the schema does not hold.
    SchemaKeyword(String),
    /// A known key stands twice; which one 4D reads is unknown.
    Doubled,
    /// The connection token is no base64 of a JSON object.
    TokenUnreadable,
    /// The connection token names another value than the document, which stands at the pointer.
    TokenDisagrees,
}

impl Finding {
    pub(super) fn new(kind: FindingKind, pointer: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, pointer: Some(pointer.into()), assumed: false }
    }

    /// As it was kept.
    pub fn stored(kind: FindingKind, pointer: Option<Cow<'static, str>>, assumed: bool) -> Self {
        Self { kind, pointer, assumed }
    }

    /// Of no value in the document.
    pub fn whole_file(kind: FindingKind) -> Self {
        Self { kind, pointer: None, assumed: false }
    }

    pub(super) fn guessed(self) -> Self {
        Self { assumed: true, ..self }
    }

    /// The file could not be read at all.
    pub fn unreadable(error: &std::io::Error) -> Self {
        Self::whole_file(FindingKind::Unreadable(error.kind().to_string()))
    }

    /// The file is over the limit and was not read.
    pub fn too_large(limit: u64) -> Self {
        Self::whole_file(FindingKind::TooLarge(limit))
    }

    /// 4D's error code, 1 to 4.
    pub fn code(&self) -> u8 {
        use FindingKind::*;
        match self.kind {
            WrongFolder | WrongName => 1,
            Unreadable(_) | Empty | TooLarge(_) | NotUtf8(_) | NotJson(..) | NotAnObject => 2,
            Missing | WrongType(_) | SchemaKeyword(_) | Doubled => 3,
            TokenUnreadable | TokenDisagrees => 4,
        }
    }

    /// Whether this is a guess: 4D's own schema is not public, and was not given; and a name that differs in letter
    /// case or accents alone is probably the same to 4D.
    pub fn assumed(&self) -> bool {
        self.assumed
    }

    /// What is wrong, in a sentence that holds no value of the document. Its attribute `mend` says what to do.
    pub fn message(&self) -> Message {
        use FindingKind::*;
        let (number, text) = match &self.kind {
            TooLarge(limit) => (*limit, String::new()),
            NotUtf8(offset) => (*offset as u64, String::new()),
            NotJson(line, column) => (*line as u64, column.to_string()),
            Unreadable(text) | WrongType(text) | SchemaKeyword(text) => (0, text.clone()),
            _ => (0, String::new()),
        };
        let pointer = self.pointer.clone().unwrap_or_default();
        Message::new(format!("finding-{}", <&str>::from(&self.kind)))
            .with("field", pointer.trim_start_matches('/').to_owned())
            .with("pointer", pointer)
            .with("number", number)
            .with("text", text)
    }

    /// 4D's condition for the code, in a few words. Its attribute `effect` says what 4D does.
    pub fn title(&self) -> Message {
        Message::new(format!("code-{}", self.code()))
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

/// A finding as the API shows it.
// An error is a Problem too, and one name of the document is one schema.
#[derive(Serialize, ToSchema)]
#[schema(as = SessionProblem)]
pub struct Problem {
    /// 4D's error code of component `mobi`.
    #[schema(minimum = 1, maximum = 4)]
    pub code: u8,
    /// 4D's condition for the code.
    pub title: String,
    /// What is wrong with this file.
    pub detail: String,
    /// Where in the document, as a JSON pointer.
    pub pointer: Option<String>,
    /// A guess: found by this project's own schema and not by 4D's (see `--schema`), or a name that differs in letter
    /// case or accents alone, which 4D probably takes for the same.
    pub assumed: bool,
}

impl From<&Finding> for Problem {
    fn from(finding: &Finding) -> Self {
        Self {
            code: finding.code(),
            title: finding.title().to_string(),
            detail: finding.to_string(),
            pointer: finding.pointer.as_deref().map(str::to_owned),
            assumed: finding.assumed(),
        }
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Problem::from(self).serialize(serializer)
    }
}

impl From<Malformed> for Finding {
    fn from(malformed: Malformed) -> Self {
        Self::whole_file(match malformed {
            Malformed::Empty => FindingKind::Empty,
            Malformed::NotUtf8 { offset } => FindingKind::NotUtf8(offset),
            Malformed::NotJson { line, column } => FindingKind::NotJson(line, column),
            Malformed::NotAnObject => FindingKind::NotAnObject,
        })
    }
}
