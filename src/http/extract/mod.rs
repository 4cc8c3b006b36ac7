//! What handlers are given: who asks and what they may do, then the query, then the body.

mod body;
mod call;
mod facts;
mod guard;
mod handler;
mod identity;
mod node;
mod query;
mod strict;

pub use body::{Input, Json, LARGEST_BODY, in_time, read_body, read_json};
pub use call::{Anybody, Call};
pub use facts::{ChangesNothing, Claimed, Counted, HeadAlone, Identified, Needed, RequestId};
pub use guard::{Administer, Change, Guard, OwnLogin, Read, ReadAccessLog, ReadMetrics, ReadSecrets};
pub use handler::{Handler, Resource, resource};
pub use identity::{Identity, identify, proof, who};
pub use node::{Node, Refusal, pointer};
pub use query::{Query, pairs, parse};
