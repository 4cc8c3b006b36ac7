//! Hints of what changed on disk. Hints may come twice, late or never: the rescan is the truth.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::folder::{MANIFEST, was_away};
use crate::domain::app_id::AppId;
use crate::domain::session::{SessionId, SessionKey};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Hint {
    Session(SessionKey),
    /// An app's folder or its manifest.
    App(AppId),
    Everything,
}

/// Why a folder is not watched.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NotWatched(notify::Error);

impl NotWatched {
    /// Whether the folder could be watched and the system lets this program watch no more of them. All else says
    /// something of the folder.
    pub fn is_for_want_of_watches(&self) -> bool {
        use notify::ErrorKind::{Io, MaxFilesWatch, PathNotFound};
        match &self.0.kind {
            MaxFilesWatch => true,
            PathNotFound => false,
            Io(error) => !was_away(error) && error.kind() != std::io::ErrorKind::PermissionDenied,
            _ => true,
        }
    }
}

/// Watches the MobileApps folder and the app folders that it is told of.
pub struct Watcher {
    root: PathBuf,
    inner: RecommendedWatcher,
    apps: HashSet<AppId>,
}

impl Watcher {
    /// Watches the folder that stands at `root` now; `hint` is called from a thread of its own.
    pub fn new(root: &Path, hint: impl Fn(Hint) + Send + 'static) -> notify::Result<Self> {
        let base = root.to_owned();
        let mut inner = notify::recommended_watcher(move |event: notify::Result<Event>| match event {
            Ok(event) => hints_of(&base, &event).for_each(&hint),
            Err(_) => hint(Hint::Everything),
        })?;
        inner.watch(root, RecursiveMode::NonRecursive)?;
        Ok(Self { root: root.to_owned(), inner, apps: HashSet::new() })
    }

    /// Watches an app's folder too. To be called before the folder is listed, so that no file is
    /// missed in between. Whether it was not watched yet.
    pub fn watch(&mut self, app: &AppId) -> Result<bool, NotWatched> {
        if self.apps.contains(app) {
            return Ok(false);
        }
        self.inner.watch(&self.root.join(app.as_str()), RecursiveMode::NonRecursive).map_err(NotWatched)?;
        Ok(self.apps.insert(app.clone()))
    }

    /// The folder was removed or replaced: it must be watched anew.
    pub fn forget(&mut self, app: &AppId) {
        if self.apps.remove(app) {
            // An error says that the kernel has forgotten it already.
            let _ = self.inner.unwatch(&self.root.join(app.as_str()));
        }
    }
}

fn hints_of<'a>(root: &'a Path, event: &'a Event) -> Box<dyn Iterator<Item = Hint> + 'a> {
    if event.need_rescan() {
        return Box::new(std::iter::once(Hint::Everything));
    }
    // Our own reading opens files; only the end of writing is news.
    let is_news = match event.kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        _ => true,
    };
    Box::new(event.paths.iter().filter(move |_| is_news).filter_map(|path| hint_of(root, path)))
}

fn hint_of(root: &Path, path: &Path) -> Option<Hint> {
    let mut names = path.strip_prefix(root).ok()?.iter().map(|name| name.to_str());
    let (app, file) = (names.next(), names.next());
    match (app, file) {
        (None, _) => Some(Hint::Everything),
        (Some(app), None) => AppId::parse(app?).map(Hint::App),
        (Some(app), Some(file)) => {
            let (app, file) = (AppId::parse(app?)?, file?);
            match SessionId::parse(file) {
                Some(id) => Some(Hint::Session(SessionKey { app, id })),
                None => (file == MANIFEST).then_some(Hint::App(app)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_apps_and_sessions_are_worth_a_hint() {
        let hint = |path: &str| hint_of(Path::new("/m"), Path::new(path));
        let app = AppId::parse("com.a").unwrap();
        assert_eq!(hint("/m"), Some(Hint::Everything));
        assert_eq!(hint("/m/com.a"), Some(Hint::App(app.clone())));
        assert_eq!(hint("/m/com.a/manifest.json"), Some(Hint::App(app)));
        assert_eq!(hint("/m/com.a/70ab"), SessionKey::parse("com.a", "70ab").map(Hint::Session));
        assert_eq!(hint("/m/com.a/.70ab.tmp"), None);
        assert_eq!(hint("/elsewhere"), None);
    }
}
