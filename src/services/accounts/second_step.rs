//! The second step of a login: a code of the user's app, or a recovery code, after the right password.

use super::attempts::Guess;
use super::by::By;
use super::common::now;
use super::half_logins::HalfLogin;
use super::model::{NewLogin, Origin};
use super::secrets::{digest, new_secret};
use super::service::Accounts;
use super::totp::Typed;
use crate::domain::account::{Actor, ActorKind};
use crate::domain::token::Secret;
use crate::services::error::Error;
use crate::services::measures;
use crate::store::database::accounts::UserRow;

/// What came of a password.
pub enum FirstStep {
    In(NewLogin),
    /// A code is asked for. The cookie's value goes to the browser and nowhere else.
    CodeNeeded(Secret<String>),
}

/// What came of a code.
pub enum SecondStep {
    In(NewLogin),
    Wrong,
    /// It took too long, or too many tries: the password comes first again.
    Over,
}

impl Accounts {
    /// Remembers that this user's password was right.
    pub(super) fn go_halfway(&self, user: &UserRow, password: String, guess: Guess) -> Result<FirstStep, Error> {
        let cookie = new_secret()?;
        self.half_logins.add(&cookie, HalfLogin::new(user.id.clone(), password, guess));
        Ok(FirstStep::CodeNeeded(cookie))
    }

    /// The second step of a login: a code of the user's app, or a recovery code. Each code counts once.
    pub async fn log_in_by_code(
        &self,
        cookie: &Secret<String>,
        code: &str,
        origin: &Origin,
    ) -> Result<SecondStep, Error> {
        let key = digest(cookie.expose());
        let Some(half) = self.half_logins.get(&key) else { return Ok(SecondStep::Over) };
        let Some((user, _)) = self.database.user_by_id(&half.user).await? else { return Ok(SecondStep::Over) };
        let guess = self.guess_at_code(&user, origin).await?;
        self.attempts.begin(&guess)?;
        let login = self.try_code(&half, &user, code, origin).await?;
        let Some(login) = login else {
            measures::login(false);
            let is_over = self.half_logins.note_wrong(&key);
            return Ok(if is_over { SecondStep::Over } else { SecondStep::Wrong });
        };
        self.half_logins.remove(&key);
        measures::login(true);
        self.attempts.succeeded(&guess);
        self.attempts.succeeded(&half.guess);
        Ok(SecondStep::In(login))
    }

    /// Codes are guessed at by whoever has the password, from anywhere: they count by user, and by themselves in a
    /// browser where the user has logged in before.
    async fn guess_at_code(&self, user: &UserRow, origin: &Origin) -> Result<Guess, Error> {
        if let Some(browser) = &origin.browser {
            let browser = digest(browser.expose());
            if self.database.is_known_browser(&user.id, &browser).await? {
                return Ok(Guess::at_code_in_known_browser(&user.id, &browser));
            }
        }
        Ok(Guess::at_code(&user.id))
    }

    /// `None` for a code that is wrong or used up, and where the password has changed meanwhile.
    async fn try_code(
        &self,
        half: &HalfLogin,
        user: &UserRow,
        code: &str,
        origin: &Origin,
    ) -> Result<Option<NewLogin>, Error> {
        let typed = Typed::parse(code, &user.id);
        let step = match &typed {
            Typed::Code(code) => self.step_of_user(&user.id, code).await?,
            Typed::Recovery(_) => None,
        };
        let actor = Actor { kind: ActorKind::User, name: user.name.clone() };
        let by = By { actor, from: origin.address, ..By::cli() };
        let mut change = self.database.change_accounts().await?;
        let is_right = match (&typed, step) {
            (Typed::Code(_), Some(step)) => change.use_factor_step(&user.id, step).await?,
            (Typed::Code(_), None) => false,
            (Typed::Recovery(hash), _) => change.use_recovery_code(&user.id, hash).await?,
        };
        if !is_right || !change.has_password(&user.id, &half.password).await? {
            drop(change);
            self.database.note_access(&by.access("factor_failed", None)).await?;
            return Ok(None);
        }
        let login = self.add_login(&mut change, user, origin, now()).await?;
        if matches!(typed, Typed::Recovery(_)) {
            change.note(&by.access("recovery_code_used", None)).await?;
        }
        change.note(&by.access("login", None)).await?;
        change.commit().await?;
        Ok(Some(login))
    }
}
