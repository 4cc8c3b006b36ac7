//! The JSON Schema of a session's file: 4D's own where it is given, or else a guess at it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use jsonschema::Validator;
use jsonschema::error::{TypeKind, ValidationError, ValidationErrorKind};
use parking_lot::RwLock;

use super::document::{BYTE_ORDER_MARK, Document};
use super::finding::{Finding, FindingKind};
use super::known::Shape;

/// What files are validated by.
#[derive(Default)]
pub struct Schema {
    /// 4D's own, as far as this program is told; `None` for the guess.
    given: Option<Validator>,
}

impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.given.is_some() { "Schema(given)" } else { "Schema(assumed)" })
    }
}

impl Schema {
    /// 4D's own, from its text. Nothing that it refers to is fetched. `Err` says why it is none.
    ///
    /// ```
    /// use mobile_sessions::domain::session::schema::Schema;
    /// assert!(Schema::compile(br#"{ "required": ["status"] }"#).is_ok());
    /// assert!(Schema::compile(br#"{ "type": "text" }"#).is_err());
    /// ```
    pub fn compile(text: &[u8]) -> Result<Self, String> {
        let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
        let schema: serde_json::Value = serde_json::from_slice(text).map_err(|error| {
            format!("it is not JSON: reading stopped at line {}, column {}", error.line(), error.column())
        })?;
        // `true` and `false` are schemas too, and no one's own.
        if !schema.is_object() {
            return Err("it is JSON, but no object".to_owned());
        }
        let given = jsonschema::validator_for(&schema).map_err(|error| refused(&error))?;
        Ok(Self { given: Some(given) })
    }

    /// What does not hold in a document. Only the findings of a given schema are 4D's.
    pub fn findings(&self, document: &Document<'_>) -> Vec<Finding> {
        match &self.given {
            None => guess(document.shape()),
            Some(validator) => ask(validator, &document.tree()),
        }
    }
}

fn refused(error: &ValidationError<'_>) -> String {
    match error.kind() {
        ValidationErrorKind::Referencing(error) => {
            format!("it refers to what is not in it, and nothing is fetched ({error})")
        }
        _ => format!("it is no JSON Schema: at \"{}\", {error}", error.instance_path()),
    }
}

/// The guess; the reason why it cannot be built is a programming error that the tests would show, and is then reported
/// on every file rather than hidden.
static ASSUMED: LazyLock<Result<Validator, String>> = LazyLock::new(|| {
    let schema = serde_json::from_str(include_str!("session.schema.json")).map_err(|e| e.to_string())?;
    jsonschema::validator_for(&schema).map_err(|e| e.to_string())
});

/// The guess looks at types alone, so files of one shape are judged alike: it is asked once.
fn guess(shape: Shape) -> Vec<Finding> {
    static JUDGED: RwLock<BTreeMap<Shape, Vec<Finding>>> = RwLock::new(BTreeMap::new());
    /// Whoever makes up shapes gets them judged again, and no more of our memory.
    const MOST: usize = 1000;
    if let Some(findings) = JUDGED.read().get(&shape) {
        return findings.clone();
    }
    let findings: Vec<Finding> = match &*ASSUMED {
        Ok(validator) => ask(validator, &shape.outline()).into_iter().map(Finding::guessed).collect(),
        Err(why) => vec![Finding::whole_file(FindingKind::SchemaKeyword(why.clone())).guessed()],
    };
    let mut judged = JUDGED.write();
    if judged.len() < MOST {
        judged.insert(shape, findings.clone());
    }
    findings
}

/// A finding for each error, which names keys and keywords and never a value.
fn ask(validator: &Validator, document: &serde_json::Value) -> Vec<Finding> {
    /// A list of thousands of wrong values is wrong; nobody reads of each.
    const MOST: usize = 20;
    let errors = validator.iter_errors(document).take(MOST).map(|error| {
        let at = error.instance_path().as_str().to_owned();
        match error.kind() {
            ValidationErrorKind::Required { property } => {
                let name = property.as_str().unwrap_or_default();
                Finding::new(FindingKind::Missing, format!("{at}/{name}"))
            }
            ValidationErrorKind::Type { kind } => Finding::new(FindingKind::WrongType(names(kind)), at),
            other => Finding::new(FindingKind::SchemaKeyword(other.keyword().to_owned()), at),
        }
    });
    errors.collect()
}

fn names(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(one) => one.to_string(),
        TypeKind::Multiple(many) => many.iter().map(|one| one.to_string()).collect::<Vec<_>>().join(" or "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(schema: &str, file: &str) -> Vec<(String, bool)> {
        let schema = Schema::compile(schema.as_bytes()).unwrap();
        let document = Document::parse(file.as_bytes()).unwrap();
        schema.findings(&document).iter().map(|finding| (finding.to_string(), finding.assumed())).collect()
    }

    #[test]
    fn what_a_given_schema_finds_is_no_guess() {
        let schema = r#"{ "$schema": "http://json-schema.org/draft-04/schema#",
            "properties": { "status": { "enum": ["accepted", "pending"] }, "x": { "maximum": 5 } },
            "required": ["email"] }"#;
        let all = found(schema, r#"{"status":"banned","x":1e400}"#);
        assert!(all.iter().all(|(_, assumed)| !assumed));
        let all: Vec<_> = all.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(all.len(), 3, "{all:?}");
        assert!(all.contains(&"The value /email is missing."), "{all:?}");
        assert!(all.iter().any(|text| text.contains(" enum ")) && !all.concat().contains("banned"), "{all:?}");
        assert_eq!(found(schema, r#"{"email":"","status":"pending","x":5}"#), []);
    }

    #[test]
    fn what_no_value_can_hold_is_judged_by_its_type() {
        let deep = format!("{}{}", "[".repeat(500), "]".repeat(500));
        let schema = r#"{ "properties": { "s": { "type": "string", "maxLength": 1 }, "n": { "type": "number" },
            "d": { "type": "array" }, "o": { "required": ["a"] } } }"#;
        let file = format!(r#"{{"s":"\ud800","n":-1e400,"d":{deep},"o":{{"a":1,"a":2}}}}"#);
        assert_eq!(found(schema, &file), []);
        let wrong =
            r#"{ "properties": { "s": { "type": "number" }, "n": { "minimum": 0 }, "d": { "type": "object" } } }"#;
        assert_eq!(found(wrong, &file).len(), 3);
    }

    #[test]
    fn a_schema_that_is_none_is_refused_with_the_reason() {
        for (text, reason) in [
            ("{", "line 1"),
            ("true", "no object"),
            (r#"{ "type": "text" }"#, "/type"),
            (r##"{ "$ref": "#/definitions/nothing" }"##, "refers"),
            (r#"{ "$ref": "https://example.com/schema.json" }"#, "nothing is fetched"),
            (r#"{ "properties": { "a": { "pattern": "(" } } }"#, "pattern"),
        ] {
            let why = Schema::compile(text.as_bytes()).unwrap_err();
            assert!(why.contains(reason), "{text}: {why}");
        }
        assert!(Schema::compile(b"\xEF\xBB\xBF{}").is_ok());
    }

    #[test]
    fn a_list_of_wrong_values_is_one_finding() {
        let file = format!(r#"{{"list":[{}0]}}"#, "0,".repeat(10_000));
        let schema = r#"{ "properties": { "list": { "items": { "type": "string" } } } }"#;
        assert_eq!(found(schema, &file).len(), 20);
    }
}
