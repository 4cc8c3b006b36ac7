//! Which of very many apps a page shows, and the way to all.

use crate::domain::session::App;
use crate::i18n::Locale;

/// How many apps a page has.
pub const PAGE: usize = 50;
/// How many apps a choice has.
const CHOICES: usize = 200;

/// Of very many apps, those in which most wait, and then the largest; and the way to all.
pub fn most_important(l: Locale, mut apps: Vec<App>) -> (Vec<App>, Option<String>) {
    let every = every(l, apps.len(), PAGE);
    if every.is_some() {
        // Stable: apps with the same numbers stay in the order of their names.
        apps.sort_by_key(|app| std::cmp::Reverse((app.sessions.pending, app.sessions.total)));
        apps.truncate(PAGE);
    }
    (apps, every)
}

/// Apps to choose from; of very many the first and the one that is chosen. And the way to all.
pub fn to_choose_from(l: Locale, apps: Vec<App>, chosen: Option<&str>) -> (Vec<App>, Option<String>) {
    let every = every(l, apps.len(), CHOICES);
    let few = apps.into_iter().enumerate().filter(|(nth, app)| *nth < CHOICES || chosen == Some(app.id.as_str()));
    (few.map(|(_, app)| app).collect(), every)
}

fn every(l: Locale, all: usize, most: usize) -> Option<String> {
    (all > most).then(|| l.n("apps-every", all as u64))
}
