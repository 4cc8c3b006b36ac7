//! How this program is connected to 4D, for the pages that say so.

/// Where 4D takes pushes, unless --push-url says otherwise.
pub const PATH: &str = "/mobile-sessions/push";

/// The address to be used in the examples: the one that is set up, or a made-up one.
pub fn address(url: Option<&str>) -> String {
    url.map_or_else(|| format!("https://4d.example{PATH}"), str::to_owned)
}

/// How to start this program with a connection to this address.
pub fn start_line(address: &str) -> String {
    format!("mobile-sessions serve … --push-url {address} --push-secret-file FILE")
}
