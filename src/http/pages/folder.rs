//! `/folder/confirm`: an owner says that the folder that stands at the path is the right one.

use actix_web::HttpResponse;

use super::parts::forms::Form;
use super::parts::page::Page;
use super::parts::redirect::see;
use crate::domain::account::Permission;
use crate::services::error::Error;
use crate::store::root::Unavailable;

/// Takes the folder as it is now.
pub async fn confirm(page: Page, form: Form) -> HttpResponse {
    let answer = take(&page, &form).await;
    page.answer(answer).await
}

/// For owners of all apps: what is not in the folder any more counts as deleted then, in all of them.
async fn take(page: &Page, form: &Form) -> Result<HttpResponse, Error> {
    page.require(Permission::ReadAccessLog)?;
    form.prove(&page.csrf)?;
    if let Err(Error::FolderUnavailable { reason: Unavailable::Changed(_) }) = page.app.catalog.availability() {
        page.app.accounts.note_folder_confirmed(&page.by()?, &page.folder()).await?;
        page.app.catalog.confirm_folder().await;
    }
    Ok(see(form.back()))
}
