//! What handlers are given: who asks and what they may do, then the query, then the body.

pub mod address;
mod body;
mod call;
mod facts;
mod guard;
mod handler;
mod identity;
mod input;
mod node;
mod query;
mod strict;

pub use body::{LARGEST_BODY, in_time, read_body};
pub use call::{Anybody, Call};
pub use facts::{ChangesNothing, Claimed, Counted, Elsewhere, HeadAlone, Identified, Needed, RequestId};
pub use guard::{Administer, Change, Guard, OwnLogin, Read, ReadAccessLog, ReadMetrics, ReadSecrets};
pub use handler::resource;
pub use identity::{Identity, identify, proof, who};
pub use input::{Input, Json, Query};
pub use node::{Node, Refusal, pointer};
pub use query::parse;
