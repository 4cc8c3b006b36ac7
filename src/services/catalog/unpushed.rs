//! What was changed here and 4D has not read yet: the net difference, not the number of changes.

use std::collections::HashMap;

use super::record::Record;
use super::table::Table;
use crate::domain::account::AppScope;
use crate::domain::change::{FileState, Values};
use crate::domain::session::SessionKey;
use crate::store::database::pushes::{Mark, Unpushed};

/// The sessions that were changed here since the last push that 4D answered.
#[derive(Debug, Default)]
pub(super) struct UnpushedChanges(HashMap<SessionKey, Waiting>);

/// The changes of one session.
#[derive(Debug)]
struct Waiting {
    newest: String,
    /// The file before the oldest change; `None` where there was none.
    before: Option<FileState>,
    /// The file after the newest.
    after: Option<FileState>,
    /// The file before the first change since a push last looked.
    before_since_look: Option<Option<FileState>>,
    /// Whether something of it is left in the folder.
    differs: bool,
}

impl Waiting {
    /// Whether something that was changed here is left, where the file is this one now. What somebody else made of it
    /// is not ours to tell.
    fn differs_from(&self, now: Option<&FileState>) -> bool {
        match (&self.before, &self.after, now) {
            // Restored, and gone again.
            (None, _, None) => false,
            (Some(_), after, None) => after.is_none(),
            // Deleted here, and made again by somebody else.
            (_, None, Some(_)) => false,
            (None, Some(_), Some(_)) => true,
            (Some(before), Some(after), Some(now)) => is_left(&before.values, &after.values, &now.values),
        }
    }
}

/// Whether a value is another than it was, and the one that was set here.
fn is_left(before: &Values, after: &Values, now: &Values) -> bool {
    let left = |before, after, now| now != before && now == after;
    left(&before.status, &after.status, &now.status) || left(&before.email, &after.email, &now.email)
}

impl UnpushedChanges {
    pub(super) fn new(all: Vec<Unpushed>) -> Self {
        let mut changes = Self::default();
        for one in all {
            changes.add(&one);
            // Until it is read, the folder is taken to hold nothing.
            changes.look_at(&one.key, None);
        }
        changes
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Adds a change that was made just now; whether something is left to push.
    pub(super) fn add(&mut self, made: &Unpushed) -> bool {
        let waiting = self.0.entry(made.key.clone()).or_insert_with(|| Waiting {
            newest: String::new(),
            before: made.before.clone(),
            after: None,
            before_since_look: None,
            differs: false,
        });
        waiting.before_since_look.get_or_insert_with(|| made.before.clone());
        if waiting.newest < made.newest {
            waiting.newest.clone_from(&made.newest);
            waiting.after.clone_from(&made.after);
        }
        waiting.differs = waiting.differs_from(waiting.after.as_ref());
        waiting.differs
    }

    /// Takes note of what the file of a session is now; whether something is left to push.
    pub(super) fn look_at(&mut self, key: &SessionKey, now: Option<&FileState>) -> bool {
        let Some(waiting) = self.0.get_mut(key) else { return false };
        waiting.differs = waiting.differs_from(now);
        waiting.differs
    }

    /// Whether something of a session is left to push, where its file is this one.
    pub(super) fn differs(&self, key: &SessionKey, now: &Record) -> bool {
        self.0.get(key).is_some_and(|waiting| waiting.differs_from(Some(&now.state())))
    }

    /// 4D has read what there was when a push looked; whether something is left to push.
    pub(super) fn pushed(&mut self, (key, newest): &Mark, table: &Table) -> bool {
        let Some(waiting) = self.0.get_mut(key) else { return false };
        if waiting.newest <= *newest {
            self.0.remove(key);
            return false;
        }
        if let Some(before) = waiting.before_since_look.clone() {
            waiting.before = before;
        }
        self.look_at(key, table.record_of(key).map(Record::state).as_ref())
    }

    /// All changes, each session with its newest and whether something of it is left; from now on it is known what is
    /// changed after this look.
    pub(super) fn look(&mut self) -> Vec<(Mark, bool)> {
        let mark = |(key, waiting): (&SessionKey, &mut Waiting)| {
            waiting.before_since_look = None;
            ((key.clone(), waiting.newest.clone()), waiting.differs)
        };
        let mut marks: Vec<(Mark, bool)> = self.0.iter_mut().map(mark).collect();
        marks.sort_unstable();
        marks
    }

    /// The sessions of which something is left to push.
    pub(super) fn left(&self, scope: &AppScope) -> impl Iterator<Item = (&SessionKey, &str)> {
        let left = self.0.iter().filter(|(key, waiting)| waiting.differs && scope.allows(&key.app));
        left.map(|(key, waiting)| (key, waiting.newest.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(status: &str) -> Option<FileState> {
        Some(FileState { content: 1, values: Values { status: Some(status.into()), email: None } })
    }

    fn change(n: u32, before: Option<FileState>, after: Option<FileState>) -> Unpushed {
        Unpushed { key: SessionKey::parse("app", "ab").unwrap(), newest: n.to_string(), before, after }
    }

    #[test]
    fn what_was_changed_back_is_nothing_to_push() {
        let mut changes = UnpushedChanges::default();
        assert!(changes.add(&change(1, file("pending"), file("accepted"))));
        assert!(!changes.add(&change(2, file("accepted"), file("pending"))));
        assert!(changes.add(&change(3, file("pending"), None)));
        assert!(!changes.add(&change(4, None, file("pending"))));
        assert_eq!(changes.left(&AppScope::all()).count(), 0);
        assert_eq!(changes.look().len(), 1, "its entries in the journal are still to be marked");
    }

    #[test]
    fn what_somebody_else_made_of_a_file_is_not_ours() {
        let key = change(1, None, None).key;
        let left = |before, after, now: Option<FileState>| {
            let mut changes = UnpushedChanges::new(vec![change(1, before, after)]);
            changes.look_at(&key, now.as_ref())
        };
        assert!(!left(file("pending"), file("accepted"), None), "deleted by somebody else");
        assert!(!left(file("pending"), None, file("pending")), "made again by somebody else");
        assert!(!left(file("pending"), file("accepted"), file("banned")), "overwritten");
        assert!(left(file("pending"), None, None));
        assert!(left(None, file("pending"), file("pending")), "restored after a push of its delete");
        assert!(!left(None, file("pending"), None));
    }

    #[test]
    fn a_change_during_a_push_is_compared_with_its_read() {
        let mut changes = UnpushedChanges::default();
        changes.add(&change(1, file("pending"), file("accepted")));
        let looked = changes.look();
        changes.add(&change(2, file("accepted"), file("pending")));
        let mut table = Table::default();
        table.put_app(&looked[0].0.0.app);
        changes.pushed(&looked[0].0, &table);
        assert!(changes.look_at(&looked[0].0.0, file("pending").as_ref()), "4D has read \"accepted\"");
        assert!(!changes.look_at(&looked[0].0.0, file("accepted").as_ref()));
        let looked = changes.look();
        changes.pushed(&looked[0].0, &table);
        assert!(changes.is_empty());
    }
}
