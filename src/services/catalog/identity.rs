//! Whether the folder that stands at the path is the one that was served before. Another disk, another path and an empty
//! folder look like the end of all sessions: they are not taken for it until a person says so.

use std::collections::HashMap;
use std::io;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::blocking::off_thread;
use super::service::Catalog;
use crate::domain::app_id::AppId;
use crate::domain::session::SessionId;
use crate::store::database::root::{Root, Sample};
use crate::store::folder::{OpenFolder, is_exhausted};
use crate::store::root::{FolderChange, FolderId};

/// How many sessions are looked for to tell the same sessions on another disk.
const SAMPLE: u32 = 1000;

/// How long somebody who confirmed a folder waits for it to be read.
const LONGEST_LOOK: Duration = Duration::from_secs(5);

impl Catalog {
    /// Judges the directory that stands at the path now. One that may be worked on is remembered, and is the only one
    /// that anybody may work on from then on.
    pub(super) async fn take_root(&self) -> io::Result<FolderId> {
        let folder = self.folder.clone();
        let (open, found) = off_thread(move || {
            let open = folder.open_untrusted()?;
            let found = Root { path: folder.root().canonicalize()?, id: open.id(), file_system: open.file_system()? };
            Ok((open, found))
        })
        .await?;
        let before = self.database.root().await.map_err(io::Error::other)?;
        if !self.confirmed.load(Ordering::Acquire)
            && let Some(change) = self.change(open, &found, before.as_ref()).await?
        {
            self.folder.trust().nothing(change);
            return Err(io::Error::new(io::ErrorKind::NotFound, change));
        }
        if before.as_ref() != Some(&found) {
            self.database.set_root(&found).await.map_err(io::Error::other)?;
        }
        self.confirmed.store(false, Ordering::Release);
        self.folder.trust().only(found.id);
        Ok(found.id)
    }

    /// What a person has to confirm before this directory is taken for the one that was served.
    async fn change(&self, open: OpenFolder, found: &Root, before: Option<&Root>) -> io::Result<Option<FolderChange>> {
        if !self.database.knows_anything().await.map_err(io::Error::other)? {
            return Ok(None);
        }
        if before.is_some_and(|before| before.path != found.path) {
            return Ok(Some(FolderChange::OtherPath));
        }
        let (open, is_empty) = off_thread(move || open.apps().map(|apps| (open, apps.is_empty()))).await?;
        if is_empty {
            return Ok(Some(FolderChange::Empty));
        }
        // On the same disk, a new directory is what 4D makes after somebody deleted the old one to reset all sessions.
        // Where no folder was remembered, there is none that this one could differ from.
        let disk = |root: &Root| (root.id.device, root.file_system);
        if before.is_none_or(|before| disk(before) == disk(found)) {
            return Ok(None);
        }
        // A share can have another number each time it is mounted.
        let known = self.database.sample(SAMPLE).await.map_err(io::Error::other)?;
        let holds_half = off_thread(move || holds_half(&open, known)).await?;
        Ok((!holds_half).then_some(FolderChange::OtherDisk))
    }

    /// A person says that the folder that stands at the path is the right one: it is taken as it is.
    pub async fn confirm_folder(&self) {
        let mut looks = self.looks.subscribe();
        self.confirmed.store(true, Ordering::Release);
        self.look_now.notify_one();
        // Until then, the page would say again what was confirmed just now.
        let is_taken = looks.wait_for(|_| !self.confirmed.load(Ordering::Acquire));
        let _ = tokio::time::timeout(LONGEST_LOOK, is_taken).await;
    }
}

/// Whether at least half of what was known is there.
fn holds_half(open: &OpenFolder, known: Sample) -> io::Result<bool> {
    let Sample { apps, sessions } = known;
    let all = if sessions.is_empty() { apps.len() } else { sessions.len() };
    let mut by_app: HashMap<AppId, Vec<SessionId>> = HashMap::new();
    match sessions.is_empty() {
        true => by_app.extend(apps.into_iter().map(|app| (app, Vec::new()))),
        false => sessions.into_iter().for_each(|key| by_app.entry(key.app).or_default().push(key.id)),
    }
    let mut there = 0;
    for (app, ids) in by_app {
        match open.app(&app) {
            Ok(Some(_)) if ids.is_empty() => there += 1,
            Ok(Some(folder)) => there += ids.iter().filter(|id| matches!(folder.stat(id), Ok(Some(_)))).count(),
            Err(error) if is_exhausted(&error) => return Err(error),
            Ok(None) | Err(_) => {}
        }
    }
    Ok(there * 2 >= all)
}
