//! `/checklist/dismiss`: an owner of all apps needs the list of what is to be set up no more.

use super::parts::{Authorized, NoFields, Verified, see_message};
use crate::http::extract::ReadAccessLog;
use crate::http::failure::Answer;

pub async fn dismiss(Authorized { page, .. }: Authorized<ReadAccessLog>, form: Verified<NoFields>) -> Answer {
    page.app.checklist.end().await?;
    Ok(see_message(&form.back, "told-checklist"))
}
