//! The build script: lays the functions that a start runs beside each other in the program.
//!
//! Linux maps a program 64 KB at a time around whatever page is touched, and the few hundred KB that a start runs are strewn over 9 MB.
//! Together they cost half the memory, and the first screen comes a fifth sooner. Which functions those are is in `TARGET.order`, written
//! by `.ci/order`. A name there that the program lacks is passed over; a linker that takes no such list gets none. Names hold what the
//! compiler makes of them: with another compiler than that of the list's first line a warning says that the list does nothing.
use std::env;
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn main() -> io::Result<()> {
    let mut cargo = io::stdout().lock();
    writeln!(cargo, "cargo::rerun-if-changed=assets/link")?;
    for argument in arguments().unwrap_or_default() {
        writeln!(cargo, "cargo::rustc-link-arg-bins={argument}")?;
    }
    if let Some(compiler) = list().and_then(|list| other_compiler(&list)) {
        writeln!(
            cargo,
            "cargo::warning=assets/link was written with {compiler}: more memory is used until .ci/order is run"
        )?;
    }
    Ok(())
}

/// The list of the target: for a release only, and for a target that has one.
fn list() -> Option<PathBuf> {
    let folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR")?).join("assets/link");
    let list = folder.join(format!("{}.order", env::var("TARGET").ok()?));
    (env::var("PROFILE").ok()? == "release" && list.is_file()).then_some(list)
}

/// The compiler that the list was written with, where it is not the one that builds.
fn other_compiler(list: &Path) -> Option<String> {
    let told = Command::new(env::var_os("RUSTC")?).arg("--version").output().ok()?;
    let text = std::fs::read_to_string(list).ok()?;
    let written = text.lines().next()?.trim_start_matches("# ");
    (written != String::from_utf8(told.stdout).ok()?.trim()).then(|| written.to_owned())
}

/// What the linker is told: nothing without a list, or to a linker that takes none. Where the usual one does not, that of the toolchain
/// does.
fn arguments() -> Option<Vec<String>> {
    let (target, list) = (env::var("TARGET").ok()?, list()?);
    let plain =
        vec![format!("-Wl,--symbol-ordering-file={}", list.display()), "-Wl,--no-warn-symbol-ordering".to_owned()];
    let with_lld =
        || Some([plain.clone(), vec!["-fuse-ld=lld".to_owned(), format!("-B{}", lld()?.display())]].concat());
    match links(&target, &plain) {
        true => Some(plain),
        false => with_lld().filter(|arguments| links(&target, arguments)),
    }
}

/// The folder of the toolchain's own LLD.
fn lld() -> Option<PathBuf> {
    let told = Command::new(env::var_os("RUSTC")?).args(["--print", "sysroot"]).output().ok()?;
    let sysroot = String::from_utf8(told.stdout).ok()?;
    Some(Path::new(sysroot.trim()).join("lib/rustlib").join(env::var_os("HOST")?).join("bin/gcc-ld"))
}

/// Whether the smallest program links with them, as this one will be linked.
fn links(target: &str, arguments: &[String]) -> bool {
    let (Some(compiler), Some(folder)) = (env::var_os("RUSTC"), env::var_os("OUT_DIR")) else { return false };
    let mut command = Command::new(compiler);
    command.args(["--crate-name", "probe", "--crate-type", "bin", "--target", target]);
    if let Some(linker) = env::var_os("RUSTC_LINKER") {
        let mut option = OsString::from("linker=");
        option.push(linker);
        command.arg("-C").arg(option);
    }
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    command.args(flags.split('\u{1f}').filter(|flag| !flag.is_empty()));
    command.args(arguments.iter().flat_map(|argument| ["-C".to_owned(), format!("link-arg={argument}")]));
    command.arg("-o").arg(PathBuf::from(folder).join("probe")).arg("-");
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return false };
    let written = child.stdin.take().is_some_and(|mut source| source.write_all(b"fn main() {}").is_ok());
    child.wait().is_ok_and(|ended| written && ended.success())
}
