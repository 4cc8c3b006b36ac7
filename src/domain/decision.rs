//! What people decide on a session beside its file: that its device is not let in.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::account::Actor;
use super::timestamp::Timestamp;

/// That a pending session is not let in: for 4D it stays pending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Declined {
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    pub by: Actor,
    /// Why, in the words of who declined it.
    pub reason: Option<String>,
}

/// What the journal keeps of a decision: what stood before it, and what stands since.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    Declined(Declined),
}

impl Decision {
    pub fn declined(&self) -> Option<&Declined> {
        match self {
            Self::Declined(declined) => Some(declined),
        }
    }

    pub fn into_declined(self) -> Option<Declined> {
        match self {
            Self::Declined(declined) => Some(declined),
        }
    }
}
