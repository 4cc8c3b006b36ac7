//! What a list showed when all that match are meant: whether any of those that match now was not among them.

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::page::Page;
use crate::domain::event::{Event, EventKind};
use crate::domain::query::Filter;
use crate::domain::session::{SessionKey, Status, StatusClass};
use crate::services::error::Error;

/// A list as it was shown, as `12~457`: how many matched, and which event was the newest one by then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListState {
    pub count: u64,
    /// From before the list was read: what had happened by then stands in it.
    pub event: u64,
}

impl ListState {
    /// What a form carries; `None` for what no page of ours puts there.
    pub fn parse(text: &str) -> Option<Self> {
        let (count, event) = text.split_once('~')?;
        Some(Self { count: count.parse().ok()?, event: event.parse().ok()? })
    }

    /// Those of `keys`, which match now, that did not when the list was shown, but for those that are as `wanted`
    /// already. `None` where that is not known any more.
    pub async fn came_since(
        &self,
        page: &Page,
        filter: &Filter,
        keys: &[SessionKey],
        wanted: Option<Status>,
    ) -> Result<Option<HashSet<SessionKey>>, Error> {
        let Some(first) = keys.first() else { return Ok(Some(HashSet::new())) };
        page.app.catalog.rescan(first, false).await?;
        let Some(events) = page.app.events.since(self.event) else { return Ok(None) };
        let mut came = arrivals(events.iter().map(|told| &told.event), filter);
        let scope = &page.caller.apps;
        let new: Vec<SessionKey> = came.iter().cloned().collect();
        let now = page.app.catalog.sessions(scope, &new).await;
        let matching: HashSet<&SessionKey> = keys.iter().collect();
        came.retain(|key| {
            let status = now.get(key).and_then(|session| session.status.as_deref());
            let is_so = wanted.is_some_and(|wanted| status == Some(wanted.as_str()));
            matching.contains(key) && !is_so
        });
        // More than can have come by what was told.
        let before = (keys.len() - came.len()) as u64;
        Ok(Some(came).filter(|_| before <= self.count))
    }
}

impl fmt::Display for ListState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}~{}", self.count, self.event)
    }
}

/// The sessions of these events that may not have matched before the first of them.
fn arrivals<'e>(events: impl Iterator<Item = &'e Event>, filter: &Filter) -> HashSet<SessionKey> {
    // What else a filter asks for may have been another before.
    let matched = |event: &Event| {
        let class = StatusClass::of(event.previous_status.as_deref());
        filter.is_indexed() && (filter.status.is_empty() || filter.status.contains(&class))
    };
    let mut is_new: HashMap<SessionKey, bool> = HashMap::new();
    for event in events {
        let (Some(app), Some(id)) = (&event.app, &event.id) else { continue };
        let key = SessionKey { app: app.clone(), id: id.clone() };
        match event.kind {
            EventKind::SessionCreated => drop(is_new.insert(key, true)),
            EventKind::SessionChanged => drop(is_new.entry(key).or_insert_with(|| !matched(event))),
            EventKind::SessionDeclined | EventKind::SessionUndeclined => {
                is_new.entry(key).or_insert(filter.declined == Some(event.declined));
            }
            // What a search looks at is another.
            EventKind::SessionNoted => drop(is_new.entry(key).or_insert(filter.q.is_some())),
            _ => {}
        }
    }
    is_new.into_iter().filter_map(|(key, is_new)| is_new.then_some(key)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::timestamp::Timestamp;

    fn event(kind: EventKind, id: &str, previous: Option<&str>) -> Event {
        let key = SessionKey::parse("x", id).unwrap();
        let previous_status = previous.map(str::to_owned);
        let at = Timestamp::from_millis(0);
        Event { app: Some(key.app), id: Some(key.id), previous_status, ..Event::new(kind, at) }
    }

    #[test]
    fn only_arrivals_and_new_matches_are_new() {
        use EventKind::{SessionChanged, SessionCreated, SessionDeleted};
        let events = [
            event(SessionCreated, "a1", None),
            event(SessionChanged, "a2", Some("accepted")),
            event(SessionChanged, "a3", Some("pending")),
            event(SessionDeleted, "a4", Some("pending")),
            // It waited, was let in, and waits again.
            event(SessionChanged, "a5", Some("pending")),
            event(SessionChanged, "a5", Some("accepted")),
            // Another file of the same name.
            event(SessionDeleted, "a6", Some("pending")),
            event(SessionCreated, "a6", None),
            event(SessionChanged, "a6", Some("pending")),
            event(SessionChanged, "a7", Some("banned")),
            Event::new(EventKind::PushCompleted, Timestamp::from_millis(0)),
        ];
        let new = |filter: &Filter| {
            let mut ids: Vec<String> = arrivals(events.iter(), filter).iter().map(|key| key.id.to_string()).collect();
            ids.sort();
            ids
        };
        let pending = Filter { status: vec![StatusClass::Pending], ..Filter::default() };
        assert_eq!(new(&pending), ["a1", "a2", "a6", "a7"]);
        assert_eq!(new(&Filter::default()), ["a1", "a6"]);
        let searched = Filter { q: Some("x".into()), ..pending };
        assert_eq!(new(&searched), ["a1", "a2", "a3", "a5", "a6", "a7"], "what was searched may have come with it");
    }

    #[test]
    fn what_a_form_carries_is_read_back() {
        let shown = ListState { count: 12, event: 457 };
        assert_eq!(ListState::parse(&shown.to_string()), Some(shown));
        for text in ["", "12", "12~", "~457", "12~x", "x~457", "12~457~1"] {
            assert_eq!(ListState::parse(text), None, "{text}");
        }
    }
}
