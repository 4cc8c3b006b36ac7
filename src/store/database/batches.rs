//! Batches that run on without their client, and the answers kept for an `Idempotency-Key`.
