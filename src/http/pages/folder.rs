//! `/folder/confirm`: an owner of all apps says that the folder that stands at the path is the right one.

use super::parts::{Authorized, NoFields, Verified, see};
use crate::http::extract::ReadAccessLog;
use crate::http::failure::Answer;
use crate::services::error::Error;
use crate::store::root::Unavailable;

/// Takes the folder as it is now: what is not in it any more counts as deleted, in all apps.
pub async fn confirm(Authorized { page, .. }: Authorized<ReadAccessLog>, form: Verified<NoFields>) -> Answer {
    if let Err(Error::FolderUnavailable { reason: Unavailable::Changed(_) }) = page.app.catalog.availability() {
        page.app.accounts.note_folder_confirmed(&page.by(), &page.folder()).await?;
        page.app.catalog.confirm_folder().await;
    }
    Ok(see(&form.back))
}
