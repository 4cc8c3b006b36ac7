//! Parts of a batch.

use std::collections::HashSet;

use crate::domain::session::SessionKey;

/// How many sessions share a synced commit.
pub(super) const CHUNK: usize = 256;

/// Cuts a list so that no session stands twice in a part.
pub(super) fn distinct_chunks<'a, T>(
    list: &'a [T],
    keys: impl Fn(&'a T) -> [Option<&'a SessionKey>; 2],
) -> Vec<&'a [T]> {
    let mut chunks = Vec::new();
    let (mut start, mut seen) = (0, HashSet::new());
    for (n, one) in list.iter().enumerate() {
        let mut here = keys(one).into_iter().flatten().peekable();
        let again = keys(one).into_iter().flatten().any(|key| seen.contains(key));
        if n > start && (again || n - start >= CHUNK) {
            chunks.push(&list[start..n]);
            start = n;
            seen.clear();
        }
        seen.extend(here.by_ref());
    }
    if start < list.len() {
        chunks.push(&list[start..]);
    }
    chunks
}
