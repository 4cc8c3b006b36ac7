//! Lists that were answered a moment ago, ready to be answered again while nothing has changed.

use std::collections::HashMap;

use actix_web::web::Bytes;
use parking_lot::Mutex;

use crate::domain::account::AppScope;

/// All answers that are kept take at most so many bytes.
const LARGEST: usize = 16 << 20;

/// Which list, for whom: callers who may see the same get the same answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Asked {
    scope: Vec<Vec<String>>,
    path: String,
    query: String,
}

impl Asked {
    /// By somebody with this scope.
    pub fn new(scope: &AppScope, path: &str, query: &str) -> Self {
        Self { scope: scope.lists().to_vec(), path: path.to_owned(), query: query.to_owned() }
    }
}

/// An answer, its entity tag, and where its next page is.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The JSON.
    pub body: Bytes,
    /// The header `ETag`.
    pub etag: String,
    /// The header `Link`.
    pub link: Option<String>,
}

/// The answers of one state of the catalog.
#[derive(Default)]
struct Kept {
    generation: u64,
    bytes: usize,
    answers: HashMap<Asked, Answered>,
}

#[derive(Default)]
pub struct Ready(Mutex<Kept>);

impl Ready {
    /// The answer, if it was given in this generation of the catalog.
    pub fn get(&self, generation: u64, asked: &Asked) -> Option<Answered> {
        let kept = self.0.lock();
        kept.answers.get(asked).filter(|_| kept.generation == generation).cloned()
    }

    /// Keeps an answer. `generation` is what the catalog had *before* it was asked.
    pub fn keep(&self, generation: u64, asked: Asked, answered: Answered) {
        let mut kept = self.0.lock();
        if kept.generation > generation {
            return;
        }
        let size = answered.body.len();
        if kept.generation < generation || kept.bytes + size > LARGEST {
            *kept = Kept { generation, ..Kept::default() };
        }
        if size <= LARGEST {
            kept.bytes += size;
            kept.answers.insert(asked, answered);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(text: &'static str) -> Answered {
        Answered { body: Bytes::from_static(text.as_bytes()), etag: String::new(), link: None }
    }

    #[test]
    fn an_answer_is_reused_within_its_scope_until_something_changes() {
        let ready = Ready::default();
        let all = Asked::new(&AppScope::all(), "/sessions", "limit=1");
        let some = Asked::new(&AppScope::parse(&["com.a".into()]).unwrap(), "/sessions", "limit=1");
        ready.keep(1, all.clone(), answered("all"));
        assert_eq!(ready.get(1, &all).unwrap().body, "all");
        assert!(ready.get(1, &some).is_none());
        assert!(ready.get(2, &all).is_none());
        ready.keep(2, some.clone(), answered("some"));
        ready.keep(1, all.clone(), answered("old"));
        assert!(ready.get(2, &all).is_none() && ready.get(1, &all).is_none());
        assert_eq!(ready.get(2, &some).unwrap().body, "some");
    }

    #[test]
    fn answers_take_a_limited_memory() {
        let ready = Ready::default();
        for n in 0..100 {
            let asked = Asked::new(&AppScope::all(), "/sessions", &n.to_string());
            ready.keep(1, asked, Answered { body: vec![0; 1 << 20].into(), etag: String::new(), link: None });
            assert!(ready.0.lock().bytes <= LARGEST);
        }
    }
}
