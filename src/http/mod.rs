//! Both faces over the same services.

pub mod api;
pub mod assets;
pub mod base_path;
pub mod client;
pub mod connections;
pub mod extract;
pub mod failure;
pub mod gzip;
pub mod idempotency;
pub mod limits;
pub mod links;
pub mod metrics;
pub mod pages;
pub mod problem;
pub mod ready;
pub mod request_log;
pub mod routes;
pub mod security;
pub mod server;
pub mod signals;
pub mod state;
pub mod tls;
