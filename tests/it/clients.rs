//! Tools that read the API's document: those that judge it, and those that make clients of it, which are compiled and
//! used. `tests/run` installs them below `target/python` and `target/node`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::programs::{python, works};
use crate::spawn::*;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
/// What the Python program does beyond importing everything stands in tests/programs/approve.py.
const IMPORT_ALL: &str = "
import importlib, pkgutil, sys, mobile_sessions_client as client
names = [found.name for found in pkgutil.walk_packages(client.__path__, client.__name__ + '.')]
for name in names:
    importlib.import_module(name)
print(len(names))
";
/// Every pattern of the document, to be compiled: by the name of the file on the command line.
const COMPILE_ALL: &str = "
const visit = (part) => {
  if (typeof part?.pattern === 'string') { new RegExp(part.pattern); new RegExp(part.pattern, 'u'); found += 1; }
  if (typeof part === 'object' && part !== null) Object.values(part).forEach(visit);
};
let found = 0;
visit(JSON.parse(require('node:fs').readFileSync(process.argv[1], 'utf8')));
console.log(found);
";
const COMPILE_ALL_IN_PYTHON: &str = "
import json, re, sys
def visit(part):
    if isinstance(part, dict):
        if isinstance(part.get('pattern'), str):
            re.compile(part['pattern'])
        part = list(part.values())
    for value in part if isinstance(part, list) else []:
        visit(value)
visit(json.load(open(sys.argv[1])))
";

fn modules() -> PathBuf {
    Path::new(ROOT).join("target/node/node_modules")
}

/// A program of the packages of Node.js, in this folder.
#[track_caller]
fn node(program: &str, folder: &Path) -> Command {
    let path = modules().join(".bin").join(program);
    assert!(path.exists(), "{} is missing: tests/run installs it", path.display());
    let mut command = Command::new(path);
    // Neither asks for a newer version of itself, nor tells anybody that it runs.
    command.current_dir(folder).env("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true").env("REDOCLY_TELEMETRY", "off");
    command
}

/// A folder of its own with the document in it.
fn with_document(site: &Site, server: &Server<'_>) -> PathBuf {
    let folder = site.temp().join("clients");
    fs::create_dir(&folder).unwrap();
    let document = server.anonymous().get("/api/v1/openapi.json").status(200).body;
    fs::write(folder.join("openapi.json"), document).unwrap();
    folder
}

fn waiting() -> Site {
    Site::with(&[session(CONTACT, &id(1)).status("pending"), session(TASKS, &id(2)).status("banned")])
}

#[test]
fn spectral_and_redocly_find_no_error_in_the_document() {
    let site = Site::new();
    let server = site.serve();
    let folder = with_document(&site, &server);
    fs::write(folder.join("rules.yaml"), "extends: [\"spectral:oas\"]\n").unwrap();
    let mut spectral = node("spectral", &folder);
    spectral.args(["lint", "openapi.json", "--ruleset", "rules.yaml", "--fail-severity", "warn"]);
    works(spectral);
    let mut redocly = node("redocly", &folder);
    redocly.args(["lint", "openapi.json", "--extends", "recommended", "--format", "stylish"]);
    works(redocly);
}

#[test]
fn every_module_of_a_python_client_imports() {
    let site = Site::new();
    let server = site.serve();
    let folder = with_document(&site, &server);
    let mut generate = python("openapi-python-client");
    generate.args(["generate", "--meta", "none", "--fail-on-warning", "--path", "openapi.json"]);
    generate.args(["--output-path", "mobile_sessions_client"]).current_dir(&folder);
    works(generate);
    let mut import = python("python");
    import.args(["-c", IMPORT_ALL]).current_dir(&folder);
    let modules: usize = works(import).trim().parse().unwrap();
    assert!(modules > 100, "only {modules}");
}

#[test]
fn clients_in_typescript_compile_strictly_and_work() {
    let site = waiting();
    let server = site.serve();
    let operator = server.operator();
    let folder = with_document(&site, &server);
    let sources = Path::new(ROOT).join("tests/programs/clients");
    for name in names(&sources) {
        fs::copy(sources.join(&name), folder.join(&name)).unwrap();
    }
    std::os::unix::fs::symlink(modules(), folder.join("node_modules")).unwrap();
    works(node("openapi-ts", &folder));
    let mut types = node("openapi-typescript", &folder);
    types.args(["openapi.json", "--output", "schema.ts"]);
    works(types);
    works(node("tsc", &folder));
    let mut used = Command::new("node");
    used.arg("built/use.js").args([server.url(""), operator.secret.clone()]).current_dir(&folder);
    assert_eq!(works(used).trim(), "done");
    let one = operator.json(&session_path(CONTACT, &id(1)));
    assert_eq!((one["status"].as_str(), one["email"].as_str()), (Some("accepted"), Some("hey@example.org")));
    let reasons: Vec<String> =
        journal(&operator, "").into_iter().map(|(_, change)| change["reason"].to_string()).collect();
    assert_eq!(reasons, ["null", "\"by openapi-fetch\"", "null", "\"by hey-api\""]);
}

#[test]
fn every_pattern_is_one_in_javascript_and_python() {
    let site = Site::new();
    let server = site.serve();
    let folder = with_document(&site, &server);
    let mut javascript = Command::new("node");
    javascript.args(["-e", COMPILE_ALL, "openapi.json"]).current_dir(&folder);
    let found: usize = works(javascript).trim().parse().unwrap();
    assert!(found > 10, "only {found}");
    let mut compile = python("python");
    compile.args(["-c", COMPILE_ALL_IN_PYTHON, "openapi.json"]).current_dir(&folder);
    works(compile);
}
