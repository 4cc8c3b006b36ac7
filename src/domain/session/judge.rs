//! What 4D would say of a session's file: the four codes of compliance.

use super::SessionKey;
use super::document::Document;
use super::fields::Fields;
use super::finding::{Finding, FindingKind};
use super::schema::Schema;
use crate::domain::app_id::Belongs;
use crate::domain::folding::alike;
use crate::domain::token::ConnectionToken;

/// All findings of one file's bytes, in the order of their codes, and its fields if it is an object.
pub fn judge<'a>(key: &SessionKey, bytes: &'a [u8], schema: &Schema) -> (Option<Fields<'a>>, Vec<Finding>) {
    match Document::parse(bytes) {
        Err(malformed) => (None, vec![malformed.into()]),
        Ok(document) => {
            let (fields, findings) = judge_document(key, &document, schema);
            (Some(fields), findings)
        }
    }
}

/// The same of a file that was parsed already.
pub fn judge_document<'a>(key: &SessionKey, document: &Document<'a>, schema: &Schema) -> (Fields<'a>, Vec<Finding>) {
    let fields = document.fields();
    let mut findings = Vec::new();
    check_location(key, &fields, &mut findings);
    check_schema(schema, document, &mut findings);
    check_token(&fields, &mut findings);
    (fields, findings)
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
