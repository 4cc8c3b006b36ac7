//! Style sheet and scripts as browsers get them: the modules of a page in one file, all without comments and room.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

/// The scripts that pages name; each brings the modules that it imports.
const SCRIPTS: [&str; 2] = ["panel.js", "docs.js"];

/// Writes the folder `static` that `src/http/assets.rs` includes.
pub fn build() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=static");
    println!("cargo:rerun-if-changed=build/assets.rs");
    let folder = Path::new(&env::var("OUT_DIR")?).join("static");
    fs::create_dir_all(&folder)?;
    let mut used = Vec::new();
    for script in SCRIPTS {
        let mut bundle = Bundle::default();
        bundle.add(script)?;
        fs::write(folder.join(script), minifier::js::minify(&bundle.code)?.to_string())?;
        used.extend(bundle.modules.into_keys());
    }
    let css = fs::read_to_string("static/app.css")?;
    fs::write(folder.join("app.css"), minifier::css::minify(&css)?.to_string().trim())?;
    fs::copy("static/icon.svg", folder.join("icon.svg"))?;
    for file in fs::read_dir("static")? {
        let name = file?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".js") && !used.contains(&name) {
            return Err(format!("static/{name} is in no script of a page").into());
        }
    }
    Ok(())
}

/// Modules in the order in which they run. Each is a function that gives what it exports: its own names stay its own.
#[derive(Default)]
struct Bundle {
    code: String,
    /// By file name; whether all of it is in `code`.
    modules: BTreeMap<String, bool>,
}

impl Bundle {
    /// Adds a module behind those that it imports.
    fn add(&mut self, file: &str) -> Result<(), Box<dyn Error>> {
        match self.modules.get(file) {
            Some(true) => return Ok(()),
            Some(false) => return Err(format!("static/{file} imports itself by way of others").into()),
            None => self.modules.insert(file.to_owned(), false),
        };
        let source = fs::read_to_string(Path::new("static").join(file))?;
        let (mut body, mut exports) = (String::new(), Vec::new());
        for line in source.lines() {
            if line.starts_with("import ") {
                let (names, from) = import(line).ok_or_else(|| format!("static/{file}: not understood: {line}"))?;
                self.add(from)?;
                if let Some(names) = names {
                    writeln!(body, "const {names} = {};", variable(from))?;
                }
            } else if let Some(declaration) = line.strip_prefix("export ") {
                let name = declared(declaration).ok_or_else(|| format!("static/{file}: not understood: {line}"))?;
                exports.push(name);
                writeln!(body, "{declaration}")?;
            } else {
                writeln!(body, "{line}")?;
            }
        }
        let (name, exports) = (variable(file), exports.join(", "));
        writeln!(self.code, "const {name} = (() => {{\n{body}return {{ {exports} }};\n}})();")?;
        self.modules.insert(file.to_owned(), true);
        Ok(())
    }
}

/// What `import { a, b as c } from "./file.js";` takes, as a pattern, and the file.
fn import(line: &str) -> Option<(Option<String>, &str)> {
    let (names, file) = line.strip_prefix("import ")?.strip_suffix("\";")?.split_once("\"./")?;
    match names.strip_suffix(" from ") {
        Some(names) => Some((Some(names.replace(" as ", ": ")), file)),
        None => names.is_empty().then_some((None, file)),
    }
}

/// The name that a declaration gives to what stays the same.
fn declared(declaration: &str) -> Option<&str> {
    let kinds = ["const ", "function ", "async function "];
    let rest = kinds.iter().find_map(|kind| declaration.strip_prefix(kind))?;
    let name = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()?;
    (!name.is_empty()).then_some(name)
}

/// What holds the exports of a module: no module has a name like it.
fn variable(file: &str) -> String {
    format!("${}", file.trim_end_matches(".js"))
}
