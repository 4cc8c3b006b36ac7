//! What becomes of deliveries over days, without waiting for them.

use super::outbox::settle;
use super::send::Reply;
use super::*;
