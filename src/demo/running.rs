//! The demo's stand-in of 4D: takes pushes on a port of its own, and lets devices sign in now and then.

use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::web;
use tokio::task::JoinHandle;

use super::sample::Arrivals;
use super::stand_in::{self, StandIn};
use crate::config::Options;
use crate::domain::session::SessionKey;
use crate::domain::token::Secret;

/// How many devices sign in at most: a demo that is left running does not fill the disk.
const MOST: usize = 48;

pub struct Running {
    pub url: String,
    handle: ServerHandle,
    devices: Option<JoinHandle<()>>,
}

/// Starts it on this folder, and sets the options so that pushes go there. With a seed, devices sign in.
pub fn start(folder: &Path, options: &mut Options, devices: Option<u64>) -> io::Result<Running> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(io::Error::other)?;
    let secret = Secret::new(hex::encode(random));
    let state = web::Data::new(StandIn::new(folder.to_owned(), secret.clone())?);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let url = format!("http://{}{}", listener.local_addr()?, stand_in::PATH);
    let server = stand_in::server(state.clone(), listener)?;
    let handle = server.handle();
    tokio::spawn(server);
    let arrivals = devices.map(|seed| (Arrivals::new(folder, seed), folder.to_owned()));
    let devices = arrivals.map(|(arrivals, folder)| tokio::spawn(let_sign_in(state, arrivals, folder)));
    options.push_url = Some(url.clone());
    options.push_secret = Some(secret);
    options.push_secret_file = None;
    options.push_is_stand_in = true;
    Ok(Running { url, handle, devices })
}

impl Running {
    pub async fn stop(self) {
        if let Some(devices) = self.devices {
            devices.abort();
        }
        self.handle.stop(false).await;
    }
}

async fn let_sign_in(four_d: web::Data<StandIn>, mut arrivals: Arrivals, folder: std::path::PathBuf) {
    for _ in 0..MOST {
        tokio::time::sleep(Duration::from_secs(arrivals.pause())).await;
        match arrivals.next(&folder) {
            Ok(Some((app, id, bytes))) => {
                let Some(key) = SessionKey::parse(&app, &id) else { continue };
                tracing::info!(app, "the stand-in of 4D: a device signed in, and waits to be let in");
                four_d.signed_in(key, bytes);
            }
            Ok(None) => return,
            Err(error) => tracing::warn!(%error, "the stand-in of 4D cannot write a session"),
        }
    }
}
