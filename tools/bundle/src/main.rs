//! Prepares the browser's files: makes the JavaScript side of the WebAssembly, joins the style sheets, names each file by
//! its content, compresses it, and writes down in `manifest.json` which name became which.

mod glue;
mod optimizer;
mod script;
mod site;
mod sizes;
mod sources;
mod style;

use std::{env, path::PathBuf, process::ExitCode};

const USAGE: &str = "usage:
  bundle --glue MODULE.wasm --name NAME --out FOLDER [--small]  makes NAME.js and NAME_bg.wasm
  bundle --from FOLDER... --style FOLDER --out FOLDER           makes the folder the server embeds
  bundle --check --out FOLDER                                   fails when a file is heavier than its budget";

#[derive(Default)]
struct Arguments {
    glue: Option<PathBuf>,
    name: Option<String>,
    from: Vec<PathBuf>,
    style: Option<PathBuf>,
    out: Option<PathBuf>,
    check: bool,
    small: bool,
}

fn main() -> ExitCode {
    match read_arguments(env::args().skip(1)).and_then(run) {
        Ok(report) => {
            #[expect(clippy::print_stdout, reason = "the report is what this program is run for")]
            {
                print!("{report}");
            }
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("bundle: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<String, String> {
    let out = arguments.out.ok_or(USAGE)?;
    if let Some(module) = arguments.glue {
        let name = arguments.name.ok_or(USAGE)?;
        glue::write(&module, &name, !arguments.small, &out)?;
        if arguments.small {
            optimizer::run(&out.join(format!("{name}_bg.wasm")))?;
        }
        return Ok(String::new());
    }
    if !arguments.check {
        let mut files = sources::collect(&arguments.from)?;
        if let Some(folder) = arguments.style {
            files.insert("site.css".to_owned(), style::join(&folder)?.into_bytes());
        }
        site::write(files, &out)?;
    }
    let table = sizes::table(&out)?;
    if arguments.check {
        sizes::check_budget(&out).map_err(|over| format!("{over}\n\n{table}"))?;
    }
    Ok(table)
}

fn read_arguments(mut words: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let mut arguments = Arguments::default();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(USAGE);
        match word.as_str() {
            "--check" => arguments.check = true,
            "--small" => arguments.small = true,
            "--glue" => arguments.glue = Some(value()?.into()),
            "--name" => arguments.name = Some(value()?),
            "--from" => arguments.from.push(value()?.into()),
            "--style" => arguments.style = Some(value()?.into()),
            "--out" => arguments.out = Some(value()?.into()),
            _ => return Err(USAGE.to_owned()),
        }
    }
    Ok(arguments)
}
