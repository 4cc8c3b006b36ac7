//! Query strings: every key known, every key once.

use actix_web::HttpRequest;
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::node::Node;
use crate::domain::query::QueryError;

/// Refuses every query but an empty one.
pub(super) fn no_query(req: &HttpRequest) -> Result<(), QueryError> {
    match pairs(req.query_string())?.first() {
        None => Ok(()),
        Some((key, _)) => Err(QueryError::of(key, "unknown")),
    }
}

/// Reads the pairs of a query. The error names the key that is unknown or doubled, or whose value is not acceptable.
pub fn parse<T: DeserializeOwned>(
    pairs: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
) -> Result<T, QueryError> {
    let mut members = Map::new();
    for (key, value) in pairs {
        let key = key.into();
        if members.contains_key(&key) {
            return Err(QueryError::of(&key, "repeated"));
        }
        members.insert(key, Value::String(value.into()));
    }
    Ok(Node::new(members.into()).read()?)
}

/// The pairs of a query string or form, decoded.
pub fn pairs(query: &str) -> Result<Vec<(String, String)>, QueryError> {
    query.split('&').filter(|pair| !pair.is_empty()).map(pair).collect()
}

fn pair(pair: &str) -> Result<(String, String), QueryError> {
    let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
    let key = decode(key).ok_or_else(|| QueryError::of("", "key-not-utf-8"))?;
    match decode(value) {
        Some(value) => Ok((key, value)),
        None => Err(QueryError::of(&key, "not-utf-8")),
    }
}

fn decode(text: &str) -> Option<String> {
    let text = text.replace('+', " ");
    percent_decode_str(&text).decode_utf8().ok().map(|text| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_decoded_or_refused() {
        assert_eq!(
            pairs("a=b+c&&d=%C3%A9&e").unwrap(),
            [("a", "b c"), ("d", "é"), ("e", "")].map(|(k, v)| (k.into(), v.into()))
        );
        assert_eq!(pairs("a=%FF").unwrap_err().key, "a");
    }
}
