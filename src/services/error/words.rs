//! What is said of an error: the messages `error-CODE` with `.what`, `.kept` and `.todo` for readers of pages, and
//! `problem-CODE` where programs are told otherwise.

use std::fmt;

use super::code::Code;
use super::kinds::{BodyFault, Conflict, Error, TokenFault};
use crate::i18n::{Locale, Message};
use crate::store::root::Unavailable;

impl Code {
    /// The title of its problems, the same for every occurrence.
    pub fn title(self) -> String {
        let message = |kind: &str| Message::new(format!("{kind}-{}", self.as_str()));
        let own = message("problem").find(Locale::default());
        own.unwrap_or_else(|| message("error").to_string())
    }

    /// What a program does about it, for the page that explains the problem.
    pub fn help(self) -> Option<String> {
        let problem = Message::new(format!("problem-{}", self.as_str()));
        ["help", "todo"].iter().find_map(|part| problem.attribute(part).find(Locale::default()))
    }
}

impl TokenFault {
    /// In a sentence, for programs.
    pub fn message(&self) -> Message {
        Message::new(format!("token-{}", <&str>::from(self)))
    }
}

impl BodyFault {
    /// Why the body cannot be read, for programs, without a full stop.
    pub fn message(&self) -> Message {
        let message = Message::new(format!("body-{}", <&str>::from(self)));
        match self {
            BodyFault::Unreadable(detail) => message.with("detail", detail.clone()),
            _ => message,
        }
    }
}

impl Conflict {
    /// What stands against the request, and what to do.
    pub fn message(&self) -> Message {
        let message = Message::new(format!("conflict-{}", <&str>::from(self)));
        match self {
            Conflict::FileUnreadable(detail) => message.with("detail", detail.clone()),
            _ => message,
        }
    }
}

impl Error {
    /// What is said of it and of no other error of its code, if there is such a message.
    pub fn reason(&self) -> Option<Message> {
        Some(match self {
            Error::InvalidToken(fault) => fault.message(),
            Error::Forbidden(permission) => Message::new(format!("forbidden-{}", permission.as_str())),
            Error::CrossOrigin(why) => Message::new(format!("cross-origin-{}", <&str>::from(why))),
            Error::Conflict(conflict) => conflict.message(),
            Error::PushFailed { failure, .. } => failure.message(),
            Error::FolderUnavailable { reason: Unavailable::Changed(change) } => {
                Message::new(format!("folder-changed-{}", change.as_str()))
            }
            _ => return None,
        })
    }

    /// The message `KIND-CODE`, with what its attributes put in.
    pub fn message(&self, kind: &str) -> Message {
        let message = Message::new(format!("{kind}-{}", self.code().as_str()));
        match self {
            Error::FolderUnavailable { reason } => message.with("detail", reason.to_string()),
            Error::StoreUnavailable { reason } | Error::NotWritable { reason } | Error::Unsure { reason, .. } => {
                message.with("detail", reason.clone())
            }
            Error::OwnerCannotBeKept { run_as } => message.with("detail", run_as.clone()),
            Error::DuplicateKeys { pointer } => message.with("detail", pointer.clone()),
            Error::MethodNotAllowed { method, allow } => {
                message.with("detail", method.clone()).with("allow", allow.clone())
            }
            Error::TooMany { seconds } => message.with("detail", *seconds),
            Error::TooLarge { limit } => message.with("limit", *limit as u64),
            Error::Query(error) => message.with("detail", error.key.clone()),
            Error::MalformedBody(why) => message.with("detail", why.message().to_string()),
            Error::NotFound(what) => message.with("detail", Message::new(format!("missing-{what}")).to_string()),
            Error::UnsupportedMediaType { expected } => {
                message.with("detail", Message::new(format!("body-type-{}", <&str>::from(expected))).to_string())
            }
            Error::TotalDiffers { expected, found } => message.with("expected", *expected).with("found", *found),
            Error::PushWouldDrop { named, more, others } => message
                .with("count", named.len() as u64)
                .with("detail", named.join(", "))
                .with("more", *more as u64)
                .with("others", u64::from(*others)),
            _ => message,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Query(error) => return f.write_str(&error.detail),
            Error::Invalid(errors) if !errors.is_empty() => return f.write_str(&errors[0].detail),
            _ => {}
        }
        let (page, program) = (self.message("error"), self.message("problem"));
        let english = Locale::default();
        let what = self.reason().or_else(|| {
            [&program, &page]
                .map(|message| message.attribute("what"))
                .into_iter()
                .find(|what| what.find(english).is_some())
        });
        let parts = [what, Some(page.attribute("kept")), Some(program.attribute("todo"))];
        let sentences: Vec<String> = parts.into_iter().flatten().filter_map(|part| part.find(english)).collect();
        f.write_str(&sentences.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::push::FailureKind;

    #[test]
    fn every_code_is_explained_to_programs() {
        for code in Code::ALL {
            assert!(code.help().is_some_and(|help| help.ends_with('.')), "{code:?}");
            assert!(!code.title().contains("error-"), "{code:?}");
        }
    }

    #[test]
    fn a_detail_says_what_happened_what_was_kept_and_what_to_do() {
        for (error, detail) in [
            (
                Error::PreconditionFailed,
                "Somebody changed the session in the meantime. Nothing of yours was written. Read it again, and send \
                 the new ETag.",
            ),
            (
                Error::TotalDiffers { expected: 2, found: 1200 },
                "1,200 sessions match, not 2. Nothing was changed. List them, then send the number that you mean as \
                 if_total.",
            ),
            (
                Error::PushWouldDrop { named: vec!["a/1".into(), "a/2".into()], more: 3, others: false },
                "Nothing was pushed: 4D would drop these sessions, whose files it does not take, and log their devices \
                 out: a/1, a/2, 3 more. Mend or delete the files, or push with \"allow_noncompliant\": true.",
            ),
            (
                Error::PushWouldDrop { named: Vec::new(), more: 0, others: true },
                "Nothing was pushed: 4D would drop these sessions, whose files it does not take, and log their devices \
                 out: none in your apps and others in other apps. Ask somebody who may see all apps to mend the files, \
                 or to allow it.",
            ),
            (
                Error::PushFailed { failure: FailureKind::Broken.into(), push_errors: Vec::new() },
                "The connection to 4D broke before the whole answer had come: push again. Everything stays as not \
                 pushed.",
            ),
        ] {
            assert_eq!(error.to_string(), detail);
        }
    }
}
