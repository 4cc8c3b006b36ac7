//! The connection token of a session, and the type of everything that must never be printed.

use std::fmt;

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::Deserialize;

/// A value that does not print: neither by `Debug` nor by `Display`, nor can it be serialized.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    /// Takes `value` out of sight.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The value itself. Every call is a place to think about where it goes.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What a connection token says of its session: base64 of
/// `{"appNameID":application.id,"id":session.id,"teamID":team.id}`.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ConnectionToken {
    /// The bundle id of the app.
    #[serde(rename = "appNameID")]
    pub application: String,
    #[serde(rename = "id")]
    pub session: String,
    /// The team's id; empty without one.
    #[serde(rename = "teamID", default)]
    pub team: Option<String>,
}

const CONFIG: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, CONFIG);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, CONFIG);

impl ConnectionToken {
    /// Both alphabets, padded or not; `None` for anything that does not decode.
    ///
    /// ```
    /// use mobile_sessions::domain::token::ConnectionToken;
    /// let token = ConnectionToken::decode("eyJhcHBOYW1lSUQiOiJhIiwiaWQiOiI3MCIsInRlYW1JRCI6IiJ9").unwrap();
    /// assert_eq!((token.application.as_str(), token.session.as_str()), ("a", "70"));
    /// ```
    pub fn decode(text: &str) -> Option<Self> {
        let engine = if text.contains(['-', '_']) { &URL_SAFE } else { &STANDARD };
        serde_json::from_slice(&engine.decode(text.trim_end()).ok()?).ok()
    }

    /// The token 4D would make for this session, as it is seen: without padding.
    pub fn encode(application: &str, session: &str, team: &str) -> String {
        let content = serde_json::json!({ "appNameID": application, "id": session, "teamID": team });
        STANDARD.encode(content.to_string()).trim_end_matches('=').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_token_decodes() {
        let text = ConnectionToken::encode("com.é?>", "ab12", "UTT7VDX8W5");
        let expected =
            ConnectionToken { application: "com.é?>".into(), session: "ab12".into(), team: Some("UTT7VDX8W5".into()) };
        let padded = format!("{text}{}", "=".repeat((4 - text.len() % 4) % 4));
        let url = text.replace('+', "-").replace('/', "_");
        for spelling in [text, padded, url] {
            assert_eq!(ConnectionToken::decode(&spelling).as_ref(), Some(&expected), "{spelling}");
        }
        assert_eq!(ConnectionToken::decode("not base64!"), None);
        assert_eq!(ConnectionToken::decode(""), None);
    }

    #[test]
    fn a_secret_does_not_print() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "Secret(…)");
    }
}
