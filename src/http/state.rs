//! What the workers of a server share, besides the services.

use super::limits::Limits;
use super::ready::Ready;
use crate::config::Options;

pub struct Shared {
    /// How many requests a caller may make.
    pub limits: Limits,
    /// Lists that were answered a moment ago.
    pub ready: Ready,
}

impl Shared {
    /// As the options have it.
    pub fn new(options: &Options) -> Self {
        Self { limits: Limits::new(options.max_requests), ready: Ready::default() }
    }
}
