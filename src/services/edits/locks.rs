//! One change of a session at a time: a lock for each session that somebody holds or waits for.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::OwnedMutexGuard;

use crate::domain::session::SessionKey;

type Lock = Arc<tokio::sync::Mutex<()>>;

/// The locks of all sessions that are being changed.
#[derive(Debug, Default)]
pub(super) struct Locks {
    held: Mutex<HashMap<SessionKey, Lock>>,
}

/// The right to change some sessions, until it is dropped.
pub(super) struct Held<'a> {
    locks: &'a Locks,
    guards: Vec<(SessionKey, OwnedMutexGuard<()>)>,
}

impl Locks {
    /// Waits for these sessions. Whoever takes more than one takes them here, in one order, so
    /// that nobody waits in a circle.
    pub(super) async fn take<'a>(&self, keys: impl IntoIterator<Item = &'a SessionKey>) -> Held<'_> {
        let mut keys: Vec<_> = keys.into_iter().cloned().collect();
        keys.sort();
        keys.dedup();
        let mut held = Held { locks: self, guards: Vec::with_capacity(keys.len()) };
        for key in keys {
            let lock = self.held.lock().entry(key.clone()).or_default().clone();
            held.guards.push((key, lock.lock_owned().await));
        }
        held
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let mut table = self.locks.held.lock();
        for (key, guard) in self.guards.drain(..) {
            drop(guard);
            // Locks are cloned only under the table's own lock: one left means that nobody waits.
            if table.get(&key).is_some_and(|lock| Arc::strong_count(lock) == 1) {
                table.remove(&key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test]
    async fn one_holder_at_a_time_and_nothing_is_left_behind() {
        let locks = Arc::new(Locks::default());
        let inside = Arc::new(AtomicUsize::new(0));
        let keys: Vec<_> = ["a", "b", "c"].map(|id| SessionKey::parse("app", id).unwrap()).into();
        let tasks: Vec<_> = (0..64)
            .map(|n| {
                let (locks, inside, mut keys) = (locks.clone(), inside.clone(), keys.clone());
                keys.rotate_left(n % 3);
                tokio::spawn(async move {
                    let _held = locks.take(&keys[..2]).await;
                    assert!(inside.fetch_add(1, Ordering::SeqCst) == 0, "any two of three share one");
                    tokio::task::yield_now().await;
                    inside.fetch_sub(1, Ordering::SeqCst);
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        assert!(locks.held.lock().is_empty());
    }
}
