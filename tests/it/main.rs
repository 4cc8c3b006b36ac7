//! Black-box tests: the real program on real folders, spoken to over HTTP and the command line.
//!
//! `spawn` starts it; every file further down is one subject. What is asserted is the contract.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod ordinary_user;
mod receiver;
mod spawn;

mod access;
mod access_log;
mod access_pages;
mod accounts;
mod api_docs;
mod apps;
mod architecture;
mod batch;
mod browser;
mod browser_axe;
mod browser_keys;
mod browser_layout;
mod browser_live;
mod browser_login;
mod browser_rows;
mod browser_toast;
mod browser_views;
mod bulk_pages;
mod changes;
mod cli;
mod clients;
mod closed_folders;
mod conditional;
mod config_file;
mod contract;
mod crash;
mod data_folder;
mod dice;
mod document;
mod events;
mod failing_disk;
mod faults;
mod files;
mod files_secrets;
mod gallery;
mod hostile;
mod idempotency;
mod languages;
mod lighthouse;
mod links;
mod list_pages;
mod lists;
mod metrics;
mod needs_root;
mod other_folders;
mod overview_pages;
mod own_schema;
mod page_weight;
mod pages;
mod programs;
mod protocol;
mod push;
mod refused;
mod reload;
mod request_log;
mod roles;
mod rules;
mod screenshots;
mod session_pages;
mod sessions;
mod stopping;
mod storm;
mod transport;
mod watching;
mod webhooks;
