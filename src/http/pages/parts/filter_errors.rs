//! What of an address a list cannot go by: it stands in the list's form again, marked, with the reason.

use crate::domain::query::QueryError;
use crate::http::links::Pairs;
use crate::i18n::Locale;
use crate::services::error::Error;

/// The conditions that a form of the panel has, or that stand in its links; in the order in which a form has them.
const FIELDS: [&str; 13] = [
    "action",
    "status",
    "since",
    "until",
    "compliant",
    "unpushed",
    "declined",
    "simulator",
    "jailbroken",
    "modified_since",
    "modified_before",
    "sort",
    "limit",
];

/// A value that cannot be understood, as it was typed.
pub struct FilterError {
    pub key: String,
    pub name: String,
    pub value: String,
    pub why: String,
    /// Where one begins to mend.
    pub first: bool,
}

#[derive(Default)]
pub struct FilterErrors(Vec<FilterError>);

impl FilterErrors {
    /// Whether the list can be shown.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn in_order(mut self) -> Self {
        self.0.sort_by_key(|wrong| FIELDS.iter().position(|field| *field == wrong.key));
        if let Some(first) = self.0.first_mut() {
            first.first = true;
        }
        self
    }

    /// All, in the order of the fields.
    pub fn all(&self) -> &[FilterError] {
        &self.0
    }

    pub fn of(&self, key: &str) -> Option<&FilterError> {
        self.0.iter().find(|wrong| wrong.key == key)
    }

    /// Those that the form has no field for.
    pub fn beside(&self, fields: &[&str]) -> Vec<&FilterError> {
        self.0.iter().filter(|wrong| !fields.contains(&wrong.key.as_str())).collect()
    }
}

/// Reads what the pairs of an address ask for: the query, the pairs that it goes by, and what it cannot go by. What no
/// field could hold, as an unknown key, one that stands twice, or a place in another list, is an error.
pub fn read_filters<Q>(
    l: Locale,
    pairs: &Pairs,
    parse: impl Fn(&Pairs) -> Result<Q, QueryError>,
) -> Result<(Q, Pairs, FilterErrors), Error> {
    let (mut rest, mut wrong) = (pairs.clone(), FilterErrors::default());
    loop {
        let error = match parse(&rest) {
            Ok(query) => return Ok((query, rest, wrong.in_order())),
            Err(error) => error,
        };
        let mut values = rest.0.iter().filter(|(key, _)| *key == error.key);
        let (Some((_, value)), None, true) = (values.next(), values.next(), FIELDS.contains(&error.key.as_str()))
        else {
            return Err(error.into());
        };
        wrong.0.push(FilterError::new(l, &error.key, value));
        rest = rest.without(&["cursor", &error.key]);
    }
}

impl FilterError {
    fn new(l: Locale, key: &str, value: &str) -> Self {
        let is_day = matches!(key, "since" | "until" | "modified_since" | "modified_before");
        let name = match key {
            "action" => l.t("col-action"),
            "since" => l.t("since"),
            "status" => l.t("col-status"),
            "until" => l.t("until"),
            // As it stands in the address.
            _ => key.to_owned(),
        };
        let why = l.t(if is_day { "invalid-day" } else { "invalid-filter" });
        Self { key: key.to_owned(), name, value: value.to_owned(), why, first: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::query::Query;
    use crate::http::api::session_query;

    fn read_list(query: &str) -> Result<(Query, Pairs, FilterErrors), Error> {
        read_filters(Locale::default(), &Pairs::parse(query), |pairs| {
            session_query(pairs.0.iter().map(|(k, v)| (k, v)))
        })
    }

    #[test]
    fn an_unusable_filter_is_left_out_and_kept_as_typed() {
        let (query, rest, wrong) = read_list("limit=many&q=a&status=blue&sort=email&cursor=x").unwrap();
        assert_eq!((query.filter.q.as_deref(), rest.query()), (Some("a"), "q=a&sort=email".to_owned()));
        let typed: Vec<_> = wrong.all().iter().map(|one| (one.key.as_str(), one.value.as_str(), one.first)).collect();
        assert_eq!(typed, [("status", "blue", true), ("limit", "many", false)]);
        assert!(read_list("q=a").unwrap().2.is_empty());
    }

    #[test]
    fn what_no_field_could_hold_is_an_error() {
        for query in ["colour=red", "status=pending&status=blue", "cursor=x"] {
            assert!(read_list(query).is_err(), "{query}");
        }
    }
}
