//! How far an accepted device is on its way into 4D, and what is said of it.

use crate::i18n::{Html, Locale};
use crate::services::push::Push;

/// How far an accepted device is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// 4D has read that it is accepted.
    In,
    /// A push that nobody has to ask for tells 4D of it.
    Soon,
    /// Somebody has to push.
    NotYet,
    /// Somebody has to run the refresh in 4D.
    Unconnected,
}

impl Reach {
    /// `is_read`: whether 4D has read the change; `unpushed`: whether the session is another than 4D has read.
    pub fn of(push: &Push, is_read: bool, unpushed: bool) -> Self {
        match push.is_configured() {
            _ if is_read => Self::In,
            true if !unpushed => Self::In,
            true if push.pushes_soon() => Self::Soon,
            true => Self::NotYet,
            false => Self::Unconnected,
        }
    }

    /// Whether it goes on by itself: what is said of it is not the last word.
    pub fn is_final(self) -> bool {
        self == Self::In
    }

    /// What became of a device that was accepted.
    pub fn sentence(self, l: Locale, device: Html) -> Html {
        let key = match self {
            Self::In => "accept-in",
            Self::Soon => "accept-soon",
            Self::NotYet => "accept-not-yet",
            Self::Unconnected => "accept-unconnected",
        };
        l.html(key, &[("device", device)])
    }

    /// The same of many.
    pub fn sentence_of_many(self, l: Locale, count: u64) -> String {
        let key = match self {
            Self::In => "accept-many-in",
            Self::Soon => "accept-many-soon",
            Self::NotYet => "accept-many-not-yet",
            Self::Unconnected => "accept-many-unconnected",
        };
        l.n(key, count)
    }

    /// What is said of one that somebody else accepted.
    pub fn of_another(self, l: Locale) -> String {
        l.t(match self {
            Self::In => "accepted-in",
            Self::Soon => "accepted-soon",
            Self::NotYet => "accepted-not-yet",
            Self::Unconnected => "accepted-unconnected",
        })
    }

    /// The word for a row.
    pub fn word(self, l: Locale) -> String {
        l.t(if self == Self::In { "row-in" } else { "status-accepted" })
    }
}
