//! The ways from one page of a list to its others.

use crate::http::links::Pairs;
use crate::i18n::Locale;

/// Keys of an address that say something of the page, not of the list.
const PAGE_KEYS: [&str; 3] = ["back", "from", "edit"];
/// How many pages back the address remembers.
const TRAIL: usize = 6;

/// The pairs of the address that say which list: a form also sends the fields left empty.
pub fn list_pairs(query: &Pairs) -> Pairs {
    let mut pairs = query.without(&PAGE_KEYS);
    pairs.0.retain(|(_, value)| !value.is_empty());
    pairs
}

/// The ways from this page of a list to its others. A cursor only leads on, so the address carries
/// the cursors of the pages before.
pub struct Pager {
    /// Which of how many rows are shown, in words.
    pub range: String,
    pub first: Option<String>,
    pub previous: Option<String>,
    pub next: Option<String>,
}

/// What of a list is on its page.
pub struct Shown<'a> {
    pub limit: usize,
    pub count: usize,
    pub total: u64,
    /// The cursor of the next page.
    pub next: Option<&'a str>,
}

/// The ways from the page at `query`; `pairs` are those of it that say which list.
pub fn pager(l: Locale, query: &Pairs, base: &str, pairs: &Pairs, shown: &Shown<'_>) -> Pager {
    let limit = shown.limit as u64;
    let cursor = pairs.get("cursor");
    let before: u64 =
        if cursor.is_some() { query.get("from").and_then(|from| from.parse().ok()).unwrap_or(limit) } else { 0 };
    let trail: Vec<&str> = query.get("back").unwrap_or_default().split('.').filter(|part| !part.is_empty()).collect();
    let clean = pairs.without(&["cursor"]);
    let to = |cursor: &str, from: u64, trail: &[&str]| {
        let back = Some(trail.join(".")).filter(|back| !back.is_empty());
        clean
            .with("cursor", Some(cursor))
            .with("from", Some(&from.to_string()))
            .with("back", back.as_deref())
            .link(base)
    };
    let previous = cursor.and_then(|_| match trail.split_last() {
        Some((last, rest)) => Some(to(last, before.saturating_sub(limit), rest)),
        None if before <= limit => Some(clean.link(base)),
        None => None,
    });
    let next = shown.next.map(|next| {
        let mut trail = trail.clone();
        trail.extend(cursor);
        let oldest = trail.len().saturating_sub(TRAIL);
        to(next, before.saturating_add(limit), &trail[oldest..])
    });
    let first = cursor.filter(|_| before > limit).map(|_| clean.link(base));
    Pager { range: range(l, before, shown.count as u64, shown.total), first, previous, next }
}

/// Which of how many rows are shown, in words.
pub fn range(l: Locale, before: u64, count: u64, total: u64) -> String {
    l.args("range", &[("from", (before + 1).into()), ("to", (before + count).into()), ("total", total.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_walked_on_and_back() {
        let step = |address: &str, next: Option<&str>| {
            let query = Pairs::parse(address.split_once('?').map_or("", |(_, query)| query));
            let clean = list_pairs(&query);
            let shown = Shown { limit: 50, count: 50, total: 120, next };
            pager(Locale::default(), &query, "/sessions", &clean, &shown)
        };
        let one = step("/sessions?sort=email", Some("A"));
        assert_eq!((one.range.as_str(), one.first, one.previous), ("1–50 of 120", None, None));
        let two = step(&one.next.clone().unwrap(), Some("B"));
        assert_eq!(two.range, "51–100 of 120");
        assert_eq!(two.previous.as_deref(), Some("/sessions?sort=email"));
        let three = step(&two.next.unwrap(), None);
        assert_eq!((three.range.as_str(), three.next), ("101–150 of 120", None));
        assert_eq!(three.previous, one.next, "back to the second page as it was reached");
        assert_eq!(three.first.as_deref(), Some("/sessions?sort=email"));
    }
}
