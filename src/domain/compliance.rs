//! What MOBILE APP REFRESH SESSIONS would report of a file, as findings: never an error.
//!
//! The codes 1 to 4 are those of 4D's component `mobi` (source: the command's reference).

use std::borrow::Cow;
use std::fmt;

use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use super::app_id::Belongs;
use super::document::{Document, Malformed};
use super::folding::alike;
use super::schema::Schema;
use super::session::{Fields, SessionKey};
use super::token::ConnectionToken;

/// One thing that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong.
    pub kind: FindingKind,
    /// Where in the document, as a JSON pointer.
    pub pointer: Option<Cow<'static, str>>,
    assumed: bool,
}

/// What can be wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    NotUtf8(usize),
    /// Not JSON: the line and column where reading stopped.
    NotJson(usize, usize),
    /// JSON, but no object.
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

    /// A stable name for translations.
    pub fn key(&self) -> &'static str {
        use FindingKind::*;
        match self.kind {
            WrongFolder => "wrong-folder",
            WrongName => "wrong-name",
            Unreadable(_) => "unreadable",
            Empty => "empty",
            TooLarge(_) => "too-large",
            NotUtf8(_) => "not-utf8",
            NotJson(..) => "not-json",
            NotAnObject => "not-an-object",
            Missing => "missing",
            WrongType(_) => "wrong-type",
            SchemaKeyword(_) => "schema-keyword",
            Doubled => "doubled",
            TokenUnreadable => "token-unreadable",
            TokenDisagrees => "token-disagrees",
        }
    }

    /// 4D's condition for the code, in a few words.
    pub fn title(&self) -> &'static str {
        match self.code() {
            1 => "The file's location does not match its content",
            2 => "The file is not well-formed JSON",
            3 => "The file does not validate against the session schema",
            _ => "The connection token does not agree with the content",
        }
    }
}

/// The finding in one English sentence. It never holds a value of the document.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use FindingKind::*;
        let pointer = self.pointer.as_deref().unwrap_or("");
        match &self.kind {
            WrongFolder => f.write_str(
                "The folder's name is not the team id and application id that the file holds: 4D does not find the session.",
            ),
            WrongName => {
                f.write_str("The file's name is not the session id that the file holds: 4D does not find the session.")
            }
            Unreadable(why) => write!(f, "The file cannot be read: {why}."),
            Empty => f.write_str("The file is empty."),
            TooLarge(limit) => write!(f, "The file is larger than the limit of {limit} bytes and was not read."),
            NotUtf8(offset) => write!(f, "The file is not UTF-8 text: byte {offset} does not belong there."),
            NotJson(line, column) => write!(f, "The file is not JSON: reading stopped at line {line}, column {column}."),
            NotAnObject => f.write_str("The file is JSON but not an object."),
            Missing => write!(f, "The value {pointer} is missing."),
            WrongType(expected) => write!(f, "The value {pointer} is not of type {expected}."),
            SchemaKeyword(keyword) => {
                write!(f, "The value {pointer} does not hold to the schema's keyword \"{keyword}\".")
            }
            Doubled => write!(f, "The key {pointer} stands twice; which of the two 4D reads is not known."),
            TokenUnreadable => f.write_str("The connection token is not base64 of a JSON object with the three ids."),
            TokenDisagrees => write!(f, "The connection token names another value than {pointer}."),
        }
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
    pub title: &'static str,
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
            title: finding.title(),
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

/// All findings of one file's bytes, in the order of their codes, and its fields if it is an object.
pub fn judge<'a>(key: &SessionKey, bytes: &'a [u8], schema: &Schema) -> (Option<Fields<'a>>, Vec<Finding>) {
    match Document::parse(bytes) {
        Err(malformed) => (None, vec![malformed.into()]),
        Ok(document) => {
            let fields = document.fields();
            let mut findings = Vec::new();
            check_location(key, &fields, &mut findings);
            check_schema(schema, &document, &mut findings);
            check_token(&fields, &mut findings);
            (Some(fields), findings)
        }
    }
}

fn check_location(key: &SessionKey, fields: &Fields<'_>, findings: &mut Vec<Finding>) {
    if let Some(application) = &fields.application_id {
        let finding = Finding::new(FindingKind::WrongFolder, "/application/id");
        match key.app.belongs_to(fields.team_id.as_deref(), application) {
            Belongs::Exactly => {}
            Belongs::CaseAside => findings.push(finding.guessed()),
            Belongs::Not => findings.push(finding),
        }
    }
    if let Some(id) = &fields.session_id
        && id != key.id.as_str()
    {
        let finding = Finding::new(FindingKind::WrongName, "/session/id");
        findings.push(if alike(id, key.id.as_str()) { finding.guessed() } else { finding });
    }
}

fn check_schema(schema: &Schema, document: &Document<'_>, findings: &mut Vec<Finding>) {
    findings.extend(schema.findings(document));
    if let Some(pointer) = document.duplicate() {
        findings.push(Finding::new(FindingKind::Doubled, pointer).guessed());
    }
}

fn check_token(fields: &Fields<'_>, findings: &mut Vec<Finding>) {
    let Some(token) = &fields.token else { return };
    let Some(token) = ConnectionToken::decode(token.expose()) else {
        return findings.push(Finding::new(FindingKind::TokenUnreadable, "/token"));
    };
    let team = Some(fields.team_id.as_deref().unwrap_or_default());
    let pairs = [
        ("/application/id", token.application.as_str(), fields.application_id.as_deref()),
        ("/session/id", token.session.as_str(), fields.session_id.as_deref()),
        ("/team/id", token.team.as_deref().unwrap_or_default(), team),
    ];
    let disagreeing = pairs.into_iter().filter_map(|(pointer, token, value)| {
        let value = value.filter(|value| *value != token)?;
        Some((pointer, alike(token, value)))
    });
    // One that 4D probably takes must not hide one that it does not.
    if let Some((pointer, alike)) = disagreeing.min_by_key(|(_, alike)| *alike) {
        let finding = Finding::new(FindingKind::TokenDisagrees, pointer);
        findings.push(if alike { finding.guessed() } else { finding });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const APP: &str = "UTT7VDX8W5.com.a";
    const ID: &str = "70ab";

    fn file(change: impl Fn(&mut serde_json::Value)) -> Vec<u8> {
        let mut file = serde_json::json!({
            "application": { "id": "com.a" }, "team": { "id": "UTT7VDX8W5" }, "session": { "id": ID },
            "status": "accepted", "token": ConnectionToken::encode("com.a", ID, "UTT7VDX8W5"),
        });
        change(&mut file);
        file.to_string().into_bytes()
    }

    fn found(bytes: &[u8]) -> Vec<(u8, Option<String>)> {
        let (_, findings) = judge(&SessionKey::parse(APP, ID).unwrap(), bytes, &Schema::default());
        findings.iter().map(|f| (f.code(), f.pointer.as_deref().map(str::to_owned))).collect()
    }

    fn at(code: u8, pointer: &str) -> Vec<(u8, Option<String>)> {
        vec![(code, Some(pointer.to_owned()))]
    }

    #[test]
    fn a_good_file_has_no_finding() {
        assert_eq!(found(&file(|_| ())), []);
        assert_eq!(found(&file(|f| f["status"] = "banned".into())), [], "any status string passes");
    }

    #[test]
    fn code_1_is_a_location_that_does_not_match() {
        let moved = file(|f| {
            f["application"]["id"] = "com.b".into();
            f["token"] = ConnectionToken::encode("com.b", ID, "UTT7VDX8W5").into();
        });
        assert_eq!(found(&moved), at(1, "/application/id"));
        let renamed = file(|f| {
            f["session"]["id"] = "70ac".into();
            f["token"] = ConnectionToken::encode("com.a", "70ac", "UTT7VDX8W5").into();
        });
        assert_eq!(found(&renamed), at(1, "/session/id"));
    }

    #[test]
    fn code_2_is_what_cannot_be_read() {
        for bytes in [&b""[..], b"{", b"[]", b"\xff{}", b"null"] {
            assert_eq!(found(bytes), [(2, None)]);
        }
    }

    #[test]
    fn code_3_is_the_schema_and_assumed() {
        let missing = file(|f| drop(f.as_object_mut().unwrap().remove("status")));
        assert_eq!(found(&missing), at(3, "/status"));
        assert_eq!(found(&file(|f| f["email"] = 5.into())), at(3, "/email"));
        assert_eq!(found(&file(|f| f["device"] = "x".into())), at(3, "/device"));
        let (_, findings) =
            judge(&SessionKey::parse(APP, ID).unwrap(), &file(|f| f["status"] = 5.into()), &Schema::default());
        assert!(findings[0].assumed());
        assert_eq!(findings[0].to_string(), "The value /status is not of type string.");
    }

    #[test]
    fn code_4_is_a_token_of_another_session() {
        assert_eq!(found(&file(|f| f["token"] = "%%%".into())), at(4, "/token"));
        let other = ConnectionToken::encode("com.a", "ffff", "UTT7VDX8W5");
        assert_eq!(found(&file(|f| f["token"] = other.clone().into())), at(4, "/session/id"));
        let team = ConnectionToken::encode("com.a", ID, "");
        assert_eq!(found(&file(|f| f["token"] = team.clone().into())), at(4, "/team/id"));
    }

    #[test]
    fn what_differs_in_case_alone_is_assumed() {
        let folder = |f: &mut serde_json::Value| {
            f["application"]["id"] = "com.A".into();
            f["token"] = ConnectionToken::encode("com.A", ID, "UTT7VDX8W5").into();
        };
        let name = |f: &mut serde_json::Value| {
            f["session"]["id"] = "70AB".into();
            f["token"] = ConnectionToken::encode("com.a", "70AB", "UTT7VDX8W5").into();
        };
        let token =
            |f: &mut serde_json::Value| f["token"] = ConnectionToken::encode("com.á", "70AB", "utt7vdx8w5").into();
        for (change, code) in [(&folder as &dyn Fn(&mut serde_json::Value), 1), (&name, 1), (&token, 4)] {
            let (_, findings) = judge(&SessionKey::parse(APP, ID).unwrap(), &file(change), &Schema::default());
            let found: Vec<_> = findings.iter().map(|finding| (finding.code(), finding.assumed())).collect();
            assert_eq!(found, [(code, true)]);
        }
        let other = file(|f| f["token"] = ConnectionToken::encode("com.A", "ffff", "UTT7VDX8W5").into());
        let (_, findings) = judge(&SessionKey::parse(APP, ID).unwrap(), &other, &Schema::default());
        assert_eq!((findings[0].pointer.as_deref(), findings[0].assumed()), (Some("/session/id"), false));
    }

    #[test]
    fn a_finding_never_quotes_a_secret() {
        let (_, findings) =
            judge(&SessionKey::parse(APP, ID).unwrap(), &file(|f| f["token"] = "hunter2".into()), &Schema::default());
        assert!(!serde_json::to_string(&findings).unwrap().contains("hunter2"));
    }
}
