//! Whether sessions can be read at all: a disk that fails can go on listing their names for long.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::blocking::off_thread;
use super::reading::is_of_the_disk;
use super::service::Catalog;
use crate::services::error::Error;
use crate::store::folder::Content;

/// How many sessions are tried.
const PROBED: usize = 3;
/// They are tried no more often than this.
const PROBE_EVERY: Duration = Duration::from_secs(1);

impl Catalog {
    /// Whether the folder can be read, down to the disk. `Err` says why not.
    pub async fn check(self: &Arc<Self>) -> Result<(), Error> {
        self.availability()?;
        let mut probed = self.probed.lock().await;
        if probed.is_none_or(|at| at.elapsed() >= PROBE_EVERY) {
            *probed = Some(Instant::now());
            if let Err(error) = self.probe().await {
                self.root_failed(&error);
            }
        }
        self.availability()
    }

    /// Reads some of the sessions that could be read before; an error if none of them can be any more.
    pub(super) async fn probe(self: &Arc<Self>) -> io::Result<()> {
        let keys = self.files.read().sample(PROBED);
        let folder = self.folder.clone();
        off_thread(move || {
            let open = folder.open()?;
            let mut failed = None;
            for key in &keys {
                let content = open.app(&key.app).and_then(|app| app.map_or(Ok(None), |app| app.read(&key.id)));
                match content {
                    Ok(Some((_, Content::Unreadable(error)))) | Err(error) if is_of_the_disk(&error) => {
                        failed = Some(error);
                    }
                    _ => return Ok(()),
                }
            }
            failed.map_or(Ok(()), Err)
        })
        .await
    }
}
