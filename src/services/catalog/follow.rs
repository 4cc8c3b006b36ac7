//! Keeps the catalog true: hints of what changed, rescans, and a root that goes and comes back.

use std::collections::{HashMap, HashSet};
use std::io;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use tokio::sync::mpsc;
use tokio::time::{Instant as TokioInstant, MissedTickBehavior, interval, sleep, sleep_until, timeout};

use super::blocking::off_thread;
use super::look::LONGEST_WAIT;
use super::service::Catalog;
use crate::domain::app_id::AppId;
use crate::domain::session::SessionKey;
use crate::store::root::FolderId;
use crate::store::watcher::{Hint, Watcher};

/// Hints that come within this time are looked at together.
const COALESCE: Duration = Duration::from_millis(50);
/// How often the root itself is looked at.
const LOOK_AT_ROOT: Duration = Duration::from_secs(1);
/// How often everything is looked at where there are no hints.
const POLL: Duration = Duration::from_millis(500);
/// From this many hints for one app on, the whole app is looked at.
const MANY_HINTS: usize = 200;

impl Catalog {
    /// Watches the root that stands there now, if the file system gives hints.
    pub(super) fn new_watcher(&self) -> Option<Watcher> {
        if self.options.poll {
            return None;
        }
        let hints = self.hints.clone();
        // The receiver is gone only when the catalog is.
        let watcher = Watcher::new(self.folder.root(), move |hint| drop(hints.send(hint)));
        watcher.inspect_err(|error| tracing::warn!(%error, "no hints from the file system: looking all the time")).ok()
    }

    /// Watches the apps that are not watched yet; whether there were any.
    pub(super) fn watch_new_apps(&self) -> bool {
        let apps = self.listed();
        let mut watcher = self.watcher.lock();
        let Some(watcher) = watcher.as_mut() else { return false };
        let (mut any, mut all) = (false, true);
        for app in apps {
            match watcher.watch(&app) {
                Ok(fresh) => any |= fresh,
                // One that is gone, or cannot be looked into, is the scan's matter.
                Err(error) if !error.is_for_want_of_watches() => {}
                Err(error) => {
                    if all && self.all_watched.load(Ordering::Acquire) {
                        tracing::warn!(%error, %app, "no hints for this app, and perhaps others: looking all the time");
                    }
                    all = false;
                }
            }
        }
        self.all_watched.store(all, Ordering::Release);
        any
    }

    /// Whether every change on disk gives a hint, as far as can be known.
    pub(super) fn is_hinted(&self) -> bool {
        self.watcher.lock().is_some() && self.all_watched.load(Ordering::Acquire)
    }

    /// Looks at what hints are about.
    async fn follow(self: &Arc<Self>, hints: HashSet<Hint>) -> io::Result<()> {
        if hints.contains(&Hint::Everything) {
            return self.rescan_in_time().await;
        }
        let mut apps: HashSet<AppId> = HashSet::new();
        let mut sessions: HashMap<AppId, Vec<SessionKey>> = HashMap::new();
        for hint in hints {
            match hint {
                Hint::App(app) => drop(apps.insert(app)),
                Hint::Session(key) => sessions.entry(key.app.clone()).or_default().push(key),
                Hint::Everything => {}
            }
        }
        for app in &apps {
            // The folder may be another one of the same name.
            if let Some(watcher) = self.watcher.lock().as_mut() {
                watcher.forget(app);
                // Any other error says that the folder is gone again, which the scan will find too.
                if watcher.watch(app).is_err_and(|error| error.is_for_want_of_watches()) {
                    let _ = self.hints.send(Hint::Everything);
                }
            }
        }
        let mut few = Vec::new();
        for (app, keys) in sessions {
            if keys.len() > MANY_HINTS {
                apps.insert(app);
            } else if !apps.contains(&app) {
                few.extend(keys);
            }
        }
        let (mut unfinished, mut failed) = self.look_at_all(few).await;
        if !apps.is_empty() {
            match self.scan_and_apply(Some(apps.into_iter().collect())).await {
                Ok(scanned) => unfinished.extend(scanned.unfinished),
                Err(error) => failed = Some(error),
            }
        }
        if !unfinished.is_empty() {
            let this = self.clone();
            // Other hints do not wait for these files.
            tokio::spawn(async move {
                if this.settle(unfinished).await.is_err() {
                    let _ = this.hints.send(Hint::Everything);
                }
            });
        }
        failed.map_or(Ok(()), Err)
    }
}

impl Catalog {
    /// Looks at everything; where one file takes long, its end is not waited for.
    async fn rescan_in_time(self: &Arc<Self>) -> io::Result<()> {
        // One that runs and one that waits for it are enough.
        let Ok(permit) = self.rescans.clone().try_acquire_owned() else { return Ok(()) };
        let this = self.clone();
        let scan = tokio::spawn(async move {
            let _permit = permit;
            this.rescan_all().await.map(drop)
        });
        match timeout(LONGEST_WAIT, scan).await {
            Ok(done) => done.map_err(io::Error::other)?,
            Err(_) => Ok(()),
        }
    }
}

/// Looks at what hints are about, and at everything now and then.
pub(super) async fn follow_hints(catalog: Weak<Catalog>, mut hinted: mpsc::UnboundedReceiver<Hint>) {
    let Some(options) = catalog.upgrade().map(|catalog| catalog.options) else { return };
    let mut next_rescan = TokioInstant::now() + options.rescan;
    loop {
        let hint = tokio::select! {
            hint = hinted.recv() => hint,
            () = sleep_until(next_rescan) => Some(Hint::Everything),
        };
        let (Some(hint), true) = (hint, catalog.strong_count() > 0) else { return };
        let mut hints = HashSet::from([hint]);
        if !hints.contains(&Hint::Everything) {
            sleep(COALESCE).await;
        }
        while let Ok(hint) = hinted.try_recv() {
            hints.insert(hint);
        }
        let Some(catalog) = catalog.upgrade() else { return };
        let everything = hints.contains(&Hint::Everything);
        let start = Instant::now();
        let failed = catalog.follow(hints).await.err();
        if let Some(error) = &failed {
            // A root that is gone is said by who looks at the root.
            tracing::debug!(%error, "a rescan did not finish");
        }
        if everything || failed.is_some() || next_rescan <= TokioInstant::now() {
            let often = match &failed {
                Some(_) => LOOK_AT_ROOT,
                None if catalog.is_hinted() => options.rescan,
                None => POLL,
            };
            // A slow folder is not looked at more than half of the time.
            next_rescan = TokioInstant::now() + often.min(options.rescan).max(start.elapsed());
        }
    }
}

/// Looks at the root itself, which may go and come back.
pub(super) async fn follow_root(catalog: Weak<Catalog>, mut root: Option<FolderId>) {
    let Some(look_now) = catalog.upgrade().map(|catalog| catalog.look_now.clone()) else { return };
    let mut ticks = interval(LOOK_AT_ROOT);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            () = look_now.notified() => {}
        }
        let Some(catalog) = catalog.upgrade() else { return };
        let folder = catalog.folder.clone();
        match off_thread(move || folder.standing_id()).await {
            Ok(id) if root == Some(id) && catalog.availability().is_ok() => {
                // A confirmation is of the folder that stood there then, not of one that comes later.
                catalog.confirmed.store(false, Ordering::Release);
            }
            Ok(_) => root = catalog.read_anew().await,
            Err(error) => {
                catalog.set_availability(Some(&error));
                root = None;
            }
        }
    }
}
