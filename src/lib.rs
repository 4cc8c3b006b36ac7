//! A web panel and REST API over the *MobileApps* folder of a 4D server.
//!
//! `domain` <- `store` <- `services` <- `http`, `cli`: imports run one way. What holds everywhere
//! is written down in `ARCHITECTURE.md`.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod app;
pub mod cli;
pub mod config;
pub mod demo;
pub mod domain;
pub mod http;
pub mod i18n;
pub mod services;
pub mod store;
pub mod telemetry;
